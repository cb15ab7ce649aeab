package public

import (
	"charterhouse/internal/deadline"
	"charterhouse/internal/results"
)

// columns draw the months of a period: a bar for the cases received and an
// outlined one for those finished. Wide and narrow are the same drawing with room
// for other labels; a month that shows nothing has no bar and says so in the table.
type columns struct {
	Wide, Narrow columnSheet
	Any          bool
}

type columnSheet struct {
	Width, Height, Base, Left string
	Bars                      []column
	Grid                      []mark
}

type column struct {
	Month                     deadline.Date
	Label                     string // "" = no room
	X, Middle, Width          string
	ReceivedY, ReceivedHeight string // "" = nothing to be seen
	FinishedX                 string
	FinishedY, FinishedHeight string
}

// mark is a line of the grid with its value.
type mark struct {
	Y     string
	Value float64
}

// sheetSize is the room of a drawing; every is which labels of the time it has.
type sheetSize struct {
	width, height, left, right float64
	every                      int
}

var (
	wideSheet   = sheetSize{960, 300, 54, 70, 1}
	narrowSheet = sheetSize{340, 260, 46, 12, 3}
)

// full is the size for a drawing without labels at its right side.
func (s sheetSize) full() sheetSize {
	s.right = 0
	return s
}

const (
	sheetTop    = 26.0 // above the highest line
	sheetBottom = 40.0 // for the labels of the time
)

func columnsOf(months []results.MonthLine) columns {
	most := int64(0)
	for _, m := range months {
		most = max(most, m.Received.Den, m.Finished.Den)
	}
	return columns{Wide: columnsIn(wideSheet.full(), months, most), Narrow: columnsIn(narrowSheet.full(), months, most), Any: most > 0}
}

// columnsIn draws the months from left to right; they come with the newest first.
func columnsIn(size sheetSize, months []results.MonthLine, most int64) columnSheet {
	to := roundUp(float64(most))
	base := size.height - sheetBottom
	y := func(v float64) float64 { return base - (base-sheetTop)*v/to }
	out := columnSheet{
		Width: coordinate(size.width), Height: coordinate(size.height), Base: coordinate(base), Left: coordinate(size.left),
	}
	for _, v := range []float64{0, to / 2, to} {
		out.Grid = append(out.Grid, mark{coordinate(y(v)), v})
	}
	step := (size.width - size.left - size.right) / float64(max(len(months), 1))
	bar := min(step*0.36, 28)
	for i := range months {
		m := months[len(months)-1-i]
		x := size.left + float64(i)*step + step/2
		c := column{Month: m.Month, X: coordinate(x - bar), FinishedX: coordinate(x), Middle: coordinate(x), Width: coordinate(bar)}
		if i%size.every == 0 || len(months) <= size.every {
			c.Label = m.Month.String()[:len("2026-10")]
		}
		if m.Received.State == results.Shown {
			c.ReceivedY, c.ReceivedHeight = coordinate(y(float64(m.Received.Den))), coordinate(base-y(float64(m.Received.Den)))
		}
		if m.Finished.State == results.Shown {
			c.FinishedY, c.FinishedHeight = coordinate(y(float64(m.Finished.Den))), coordinate(base-y(float64(m.Finished.Den)))
		}
		out.Bars = append(out.Bars, c)
	}
	return out
}
