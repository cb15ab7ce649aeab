package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"text/tabwriter"

	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// DueOptions are the flags of charter due for one date.
type DueOptions struct {
	Calendar string // a country: lt, bg
	Received string // ISO date
	Term     string // as package deadline reads it
	// OutsideHours is set when the case came outside office hours: same_day or
	// next_working_day says what it then counts as. Empty = within hours.
	OutsideHours string
	Lang         string // of the explanation
	JSON         bool
}

// DueFiles are the files that charter due needs: no database, no settings.
type DueFiles struct {
	Packs   fs.FS // with packs/{country}/calendar.yaml
	Locales fs.FS
}

// Due prints the date, alone on the first line, and its explanation. It refuses a
// calendar, date, term or policy that cannot be read with an error that says how
// to write it.
func Due(o DueOptions, files DueFiles, out io.Writer) error {
	calendars := calendarShelf{files: files.Packs}
	e, err := calendars.explain(o)
	if err != nil {
		return err
	}
	catalog, err := i18n.Load(files.Locales)
	if err != nil {
		return err
	}
	if !catalog.Has(o.Lang) {
		return fmt.Errorf("no language %q; there are %s", o.Lang, strings.Join(catalog.Languages(), ", "))
	}
	say := func(key i18n.Key, args map[string]any) string { return catalog.Say(o.Lang, key, args) }
	steps := tenant.Explain(e, o.Lang, say)
	if o.JSON {
		return printJSON(e, steps, out)
	}
	var page bytes.Buffer
	fmt.Fprintf(&page, "%v\n%s\n", e.Due, tenant.AnswerBy(e, say))
	w := tabwriter.NewWriter(&page, 0, 0, 2, ' ', 0)
	for i, s := range steps {
		if s.Date.IsZero() {
			fmt.Fprintf(&page, "%s\n", s.Text) // of the whole term; these come first
			continue
		}
		if i == 0 || steps[i-1].Date.IsZero() {
			fmt.Fprintln(&page)
		}
		fmt.Fprintf(w, "  %v\t%s\t%s\n", s.Date, catalog.Weekday(o.Lang, s.Date.Weekday()), s.Text)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(&page, "\n%s\n", say(tenant.KeyDueCalendar, i18n.Args{"Calendar": e.Calendar, "Version": e.Version}))
	if _, err := out.Write(page.Bytes()); err != nil {
		return fmt.Errorf("print the explanation: %w", err)
	}
	return nil
}

// dueJSON is what --json prints.
type dueJSON struct {
	Due         deadline.Date `json:"due"`
	Received    deadline.Date `json:"received"`
	CountedFrom deadline.Date `json:"counted_from"` // day zero; itself not counted
	Term        deadline.Term `json:"term"`
	Calendar    string        `json:"calendar"`
	Version     string        `json:"version"`
	Steps       []stepJSON    `json:"steps"`
}

type stepJSON struct {
	Date deadline.Date `json:"date,omitzero"`
	Role deadline.Role `json:"role,omitempty"`
	Kind deadline.Kind `json:"kind,omitempty"`
	Text string        `json:"text"`
}

func printJSON(e deadline.Explanation, steps []tenant.Step, out io.Writer) error {
	all := make([]stepJSON, len(steps))
	for i, s := range steps {
		all[i] = stepJSON{Date: s.Date, Role: s.Role, Kind: s.Kind, Text: s.Text}
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(dueJSON{
		Due: e.Due, Received: e.Received, CountedFrom: e.Zero, Term: e.Term,
		Calendar: e.Calendar, Version: e.Version, Steps: all,
	})
}

// calendarShelf compiles each country's calendar once.
type calendarShelf struct {
	files    fs.FS
	compiled map[string]*deadline.Calendar
}

func (s *calendarShelf) explain(o DueOptions) (deadline.Explanation, error) {
	q, err := s.question(o.Calendar, o.Received, o.Term, o.OutsideHours)
	if err != nil {
		return deadline.Explanation{}, err
	}
	e := q.calendar.Explain(q.received, q.outside, q.policy, q.term)
	if e.Due.IsZero() {
		return e, errBeyond
	}
	return e, nil
}

var errBeyond = fmt.Errorf("the term ends after %v, where the calendar ends", deadline.Last)

// question is one asked date, read.
type question struct {
	calendar *deadline.Calendar
	received deadline.Date
	term     deadline.Term
	outside  bool
	policy   deadline.Policy
}

func (s *calendarShelf) question(country, received, term, outside string) (q question, err error) {
	if q.calendar, err = s.find(country); err != nil {
		return q, err
	}
	if q.received, err = deadline.ParseDate(received); err != nil {
		return q, fmt.Errorf("received: %w", err)
	}
	if q.term, err = deadline.ParseTerm(term); err != nil {
		return q, fmt.Errorf("term: %w", err)
	}
	if outside != "" {
		q.outside = true
		if q.policy, err = deadline.ParsePolicy(outside); err != nil {
			return q, fmt.Errorf("outside hours: %w", err)
		}
	}
	return q, nil
}

func (s *calendarShelf) find(country string) (*deadline.Calendar, error) {
	if c := s.compiled[country]; c != nil {
		return c, nil
	}
	known, err := s.countries()
	if err != nil {
		return nil, err
	}
	// Only a name from the list becomes a path.
	if !slices.Contains(known, country) {
		return nil, fmt.Errorf("no calendar %q; there are %s", country, strings.Join(known, ", "))
	}
	raw, err := fs.ReadFile(s.files, "packs/"+country+"/calendar.yaml")
	if err != nil {
		return nil, fmt.Errorf("calendar %s: %w", country, err)
	}
	spec, err := tenant.DecodeCalendar(raw)
	if err != nil {
		return nil, fmt.Errorf("calendar %s: %w", country, err)
	}
	c, err := deadline.Compile(spec)
	if err != nil {
		return nil, fmt.Errorf("calendar %s: %w", country, err)
	}
	if s.compiled == nil {
		s.compiled = map[string]*deadline.Calendar{}
	}
	s.compiled[country] = c
	return c, nil
}

func (s *calendarShelf) countries() ([]string, error) {
	paths, err := fs.Glob(s.files, "packs/*/calendar.yaml")
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("no country packs: %w", err)
	}
	for i, p := range paths {
		paths[i] = strings.Split(p, "/")[1]
	}
	return paths, nil
}
