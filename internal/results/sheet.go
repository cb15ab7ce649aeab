package results

import (
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// Sheet is one table to be downloaded: a page shows it, and CSV, XLSX and JSON
// have the same rows. Columns are named alike in every language, so that a
// program that reads them goes on working.
type Sheet struct {
	Name    string
	Columns []string
	// Rows hold strings, int64, float64, bool, deadline.Date, i18n.Text, or nil where
	// there is nothing to be said.
	Rows [][]any
}

// ShareColumns are the columns of a share, behind a name: own_state, own_part, …
func ShareColumns(name string) []string {
	return []string{name + "_state", name + "_part", name + "_whole", name + "_share", name + "_low", name + "_high"}
}

// ShareCells are the cells under them: state, part, whole, and in per cent the share
// with its interval. What is not shown has its state and no number.
func ShareCells(v Value) []any {
	if v.State != Shown {
		return []any{string(v.State), nil, nil, nil, nil, nil}
	}
	share, _ := v.Share()
	low, high, _ := v.Interval()
	return []any{string(v.State), v.Num, v.Den, share, low, high}
}

// countCells are the cells of a count: its state and the number.
func countCells(v Value) []any {
	if v.State != Shown {
		return []any{string(v.State), nil}
	}
	return []any{string(v.State), v.Den}
}

// Sheets lays the report out for the downloads.
func (r *Report) Sheets() []Sheet {
	return []Sheet{r.promiseSheet(), r.timelySheet(), r.monthSheet(), r.countSheet(), r.otherSheet()}
}

func (r *Report) promiseSheet() Sheet {
	s := Sheet{Name: "promises", Columns: []string{
		"commitment", "text", "promisor", "state", "period", "from", "to", "value", "part", "whole", "target", "scale", "sample",
	}}
	for _, g := range r.Promises {
		for _, p := range g.Promises {
			s.Rows = append(s.Rows, p.cells(g.Promisor))
		}
	}
	return s
}

func (p PromiseLine) cells(promisor string) []any {
	row := []any{p.Key, p.Text, promisor, string(p.State), string(p.Period.Kind), p.Period.From, p.Period.To, nil, nil, nil, nil, string(p.Gauge.Scale), p.Value.Sample}
	if v, ok := p.Number(); ok {
		row[7] = v
	}
	if p.Value.State == Shown {
		row[8], row[9] = p.Value.Num, p.Value.Den
	}
	if p.Gauge.Aimed {
		row[10] = p.Gauge.Target
	}
	return row
}

func (r *Report) timelySheet() Sheet {
	s := Sheet{Name: "timeliness", Columns: join([]string{"kind"}, ShareColumns("own"), ShareColumns("law"), ShareColumns("unextended"))}
	for _, l := range r.Timely {
		s.Rows = append(s.Rows, joinCells([]any{orAll(l.Kind)}, ShareCells(l.Own), ShareCells(l.Law), ShareCells(l.First)))
	}
	return s
}

func (r *Report) monthSheet() Sheet {
	s := Sheet{Name: "months", Columns: join([]string{"month", "received_state", "received", "finished_state", "finished"},
		ShareColumns("own"), ShareColumns("law"), []string{"median_days"})}
	for _, m := range r.Months {
		s.Rows = append(s.Rows, joinCells([]any{m.Month}, countCells(m.Received), countCells(m.Finished), ShareCells(m.Own), ShareCells(m.Law),
			[]any{orNil(m.FirstAnswer.Median())}))
	}
	return s
}

func (r *Report) countSheet() Sheet {
	s := Sheet{Name: "counts", Columns: []string{"of", "key", "state", "cases"}}
	put := func(of string, total Value, parts []Part) {
		s.Rows = append(s.Rows, joinCells([]any{of, "all"}, countCells(total)))
		for _, p := range parts {
			s.Rows = append(s.Rows, joinCells([]any{of, p.Key}, countCells(p.Value)))
		}
	}
	put("received_by_kind", r.Received, r.Kinds)
	put("received_by_channel", r.Received, r.Channels)
	put("declined_by_ground", r.Declined, r.Grounds)
	return s
}

func (r *Report) otherSheet() Sheet {
	s := Sheet{Name: "others", Columns: join([]string{"indicator"}, ShareColumns("figure"), []string{"mean", "median", "ninetieth"})}
	for _, l := range []struct {
		name string
		v    Value
	}{
		{"acknowledged", r.Acknowledged}, {"overdue", r.Overdue}, {"extended", r.Extended}, {"extension_notified", r.Notified},
		{"sent_in_time", r.SentInTime},
	} {
		s.Rows = append(s.Rows, joinCells([]any{l.name}, ShareCells(l.v), []any{nil, nil, nil}))
	}
	for _, l := range []struct {
		name string
		v    Value
	}{{"first_answer", r.FirstAnswer}, {"satisfaction", r.Satisfaction}} {
		c := countCells(l.v)
		s.Rows = append(s.Rows, []any{l.name, c[0], nil, c[1], nil, nil, nil, orNil(l.v.Mean()), orNil(l.v.Median()), orNil(l.v.Ninetieth())})
	}
	return s
}

func orAll(kind string) string {
	if kind == "" {
		return "all"
	}
	return kind
}

func orNil(v float64, ok bool) any {
	if !ok {
		return nil
	}
	return v
}

func join(lists ...[]string) (all []string) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

func joinCells(lists ...[]any) (all []any) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// plain puts a cell into what every format has: a string, a number, a bool, nil.
// Content is given in lang, or in the language that has it.
func plain(cell any, lang string) any {
	switch v := cell.(type) {
	case deadline.Date:
		if v.IsZero() {
			return nil
		}
		return v.String()
	case i18n.Text:
		text, _ := v.In(lang)
		return text
	case string:
		if v == "" {
			return nil
		}
	}
	return cell
}
