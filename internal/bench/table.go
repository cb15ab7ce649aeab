package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"text/tabwriter"
)

// sample is one figure as several runs gave it.
type sample []float64

func (s sample) median() float64 { return s.quantile(0.5) }

// quantile is between 0 and 1; between two values it takes their weighted mean.
func (s sample) quantile(q float64) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(s))
	at := q * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (sorted[high]-sorted[low])*(at-float64(low))
}

func (s sample) mean() float64 {
	sum := 0.0
	for _, v := range s {
		sum += v
	}
	return sum / float64(len(s))
}

// over divides run by run: neighbours in time share the noise of the machine.
func (s sample) over(other sample) sample {
	ratios := make(sample, min(len(s), len(other)))
	for i := range ratios {
		ratios[i] = s[i] / other[i]
	}
	return ratios
}

// figure is a line of the table before it is text.
type figure struct {
	what   string
	runs   sample
	unit   string
	digits int
	note   string // in the last column
	// aim is what is wanted: at most, or with atLeast at least. 0 = none, unless
	// exact.
	aim     float64
	atLeast bool
	exact   bool
}

type row struct{ what, measured, aim, verdict, note string }

// table collects what was measured, in the order of measuring.
type table struct{ rows []row }

func (t *table) add(f figure) {
	r := row{what: f.what, aim: "-", verdict: "-", note: f.note}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', f.digits, 64) }
	m := f.runs.median()
	r.measured = number(m) + f.unit
	if low, high := number(slices.Min(f.runs)), number(slices.Max(f.runs)); len(f.runs) > 1 && low != high {
		r.measured += " (" + low + " to " + high + ")"
	}
	aim := strconv.FormatFloat(f.aim, 'f', -1, 64) + f.unit
	switch {
	case f.aim == 0 && !f.exact:
	case f.atLeast:
		r.aim, r.verdict = "at least "+aim, verdict(m >= f.aim)
	default:
		r.aim, r.verdict = "at most "+aim, verdict(m <= f.aim)
	}
	t.rows = append(t.rows, r)
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "missed"
}

// lacking says why there is no figure.
func (t *table) lacking(what string, why error) {
	t.rows = append(t.rows, row{what, "not measured", "-", "-", why.Error()})
}

func (t *table) print(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "what\tmeasured\taim\tverdict\tbeside it")
	for _, r := range t.rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.what, r.measured, r.aim, r.verdict, r.note)
	}
	if err := w.Flush(); err != nil {
		fmt.Fprintln(out, err)
	}
	fmt.Fprintln(out)
}
