package results

import "charterhouse/internal/deadline"

// Least is how many cases a figure has at least that anybody outside the town
// sees. Fewer would say little, and could point to a person.
const Least = 5

// Counted is one month of a series as it was counted.
type Counted struct {
	Month  deadline.Date
	Figure Figure
	// with is the month with which the total of it was shown already; zero = not yet.
	with deadline.Date
}

// Visible is one month of a series as it may be seen: what has been waiting since
// an earlier month is in it. A month that shows nothing is not among them.
type Visible struct {
	Month, Since deadline.Date
	Figure       Figure
}

// Show goes through the months of a series in their order. A month with too few
// cases waits for the next one, so that every sum of what is shown, and every
// difference of two such sums of which one contains the other, is nothing or at
// least Least. Of a stock each month stands for itself.
func Show(stock bool, months []Counted) []Visible {
	var all []Visible
	var held Figure
	var since deadline.Date
	for _, m := range months {
		if stock {
			held, since = Figure{}, 0
		}
		if m.Figure.Den == 0 {
			continue
		}
		if held.Den == 0 {
			since = m.Month
		}
		held.add(m.Figure.clone())
		if held.Den >= Least {
			held.LeftOut = nil
			all = append(all, Visible{Month: m.Month, Since: since, Figure: held})
			held = Figure{}
		}
	}
	return all
}
