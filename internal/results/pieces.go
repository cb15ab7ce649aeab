package results

import (
	"cmp"
	"maps"
	"slices"

	"charterhouse/internal/deadline"
)

// part is a kind of case, or a channel, whose months wait to be shown beside those
// of the total.
type part struct {
	key  string
	held []Counted
}

func (p part) cases() (n int64) {
	for _, m := range p.held {
		n += m.Figure.Den
	}
	return n
}

// breakdown is what is shown of a total and of all its parts, month by month, and
// what of the parts waits.
type breakdown struct {
	total, parts []Visible
	held         []part
}

// lookback is over how many months a figure is held to those before it.
const lookback = 24

// showParts is Show for the parts of a total, of which all that is shown comes
// first. A part shows something only in a month in which the total does, and only
// as long as no stretch of months has one to four cases that the parts shown of it
// leave over from its total: the smallest part that could be shown waits too.
// oldTotal and oldParts are what was shown of the months before these.
func showParts(total, oldTotal, oldParts []Visible, parts map[string][]Counted) map[string][]Visible {
	out := map[string][]Visible{}
	b := breakdown{total: slices.Clone(oldTotal), parts: slices.Clone(oldParts)}
	for _, key := range slices.Sorted(maps.Keys(parts)) {
		b.held = append(b.held, part{key: key})
	}
	for _, t := range total {
		b.total = append(b.total, t)
		for n := range b.held {
			p := &b.held[n]
			rest := parts[p.key]
			for len(rest) > 0 && rest[0].Month <= t.Month {
				if rest[0].Figure.Den > 0 {
					m := rest[0]
					m.with = cmp.Or(m.with, t.Month)
					p.held = append(p.held, m)
				}
				rest = rest[1:]
			}
			parts[p.key] = rest
		}
		for _, n := range b.released(t.Month) {
			p := &b.held[n]
			v := p.piece(t.Month)
			b.parts = append(b.parts, v)
			out[p.key] = append(out[p.key], v)
			p.held = nil
		}
	}
	return out
}

// released chooses which parts are shown, by their place in the list.
func (b *breakdown) released(now deadline.Date) []int {
	all := b.held
	var chosen []int
	for n, p := range all {
		// It is shown with a month of its own, never with one that has none of it.
		if p.cases() >= Least && p.held[len(p.held)-1].Month == now {
			chosen = append(chosen, n)
		}
	}
	// The largest first: the smallest is the first to be taken back.
	slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(all[b].cases(), all[a].cases()) })
	for len(chosen) > 0 && (few(all, chosen) || some(all, chosen, now) || b.left(chosen, now)) {
		chosen = chosen[:len(chosen)-1]
	}
	return chosen
}

// few tells whether of any stretch that the total was shown for one to four cases
// wait, other than those of the chosen parts: they are what the total of it has
// more than the parts.
func few(all []part, chosen []int) bool {
	waits := map[deadline.Date]int64{}
	for n, p := range all {
		if slices.Contains(chosen, n) {
			continue
		}
		for _, m := range p.held {
			waits[m.with] += m.Figure.Den
		}
	}
	for _, cases := range waits {
		if isFew(cases) {
			return true
		}
	}
	return false
}

// isFew tells whether it is one to four.
func isFew(n int64) bool { return n > 0 && n < Least }

// some tells whether the stretch that ends now has one to four cases of the parts
// that are shown together with older ones: where these were all that waited, that
// is what they have more than it.
func some(all []part, chosen []int, now deadline.Date) bool {
	var cases int64
	for _, n := range chosen {
		p := all[n]
		for _, m := range p.held {
			if m.with == now && p.held[0].with != now {
				cases += m.Figure.Den
			}
		}
	}
	return isFew(cases)
}

// left tells whether of a run of months up to now the total leaves one to four
// cases over, beside the parts that are shown wholly within the run.
func (b *breakdown) left(chosen []int, now deadline.Date) bool {
	parts := slices.Clip(b.parts)
	for _, n := range chosen {
		parts = append(parts, b.held[n].piece(now))
	}
	var total int64
	for n := len(b.total) - 1; n > 0 && b.total[n-1].Month >= now.AddMonths(-lookback); n-- {
		total += b.total[n].Figure.Den
		rest, before := total, b.total[n-1].Month
		for _, p := range parts {
			if p.Since > before {
				rest -= p.Figure.Den
			}
		}
		if isFew(rest) {
			return true
		}
	}
	return false
}

// piece puts what is held together, to be shown with a month.
func (p part) piece(month deadline.Date) Visible {
	v := Visible{Month: month, Since: p.held[0].Month}
	for _, m := range p.held {
		v.Figure.add(m.Figure.clone())
	}
	v.Figure.LeftOut = nil
	return v
}
