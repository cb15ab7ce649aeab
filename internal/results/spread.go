package results

import (
	"database/sql/driver"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Spread is how often each value occurred, in the order of the values: days to an
// answer, points of a rating. It is written as 0:12,1:40.
type Spread []Step

// Step is one value with its count.
type Step struct{ Value, Count int64 }

// add counts n of a value.
func (s *Spread) add(value, n int64) {
	at, found := slices.BinarySearchFunc(*s, value, func(e Step, v int64) int { return int(e.Value - v) })
	if found {
		(*s)[at].Count += n
		return
	}
	*s = slices.Insert(*s, at, Step{value, n})
}

// merge adds another spread.
func (s *Spread) merge(o Spread) {
	for _, e := range o {
		s.add(e.Value, e.Count)
	}
}

// Count is how many values there are in all.
func (s Spread) Count() (n int64) {
	for _, e := range s {
		n += e.Count
	}
	return n
}

// Quantile is the smallest value that at least the share q of all do not exceed;
// the median of an even number lies midway between the two in the middle. False
// when there is nothing.
func (s Spread) Quantile(q float64) (float64, bool) {
	n := s.Count()
	if n == 0 {
		return 0, false
	}
	rank := int64(q * float64(n))
	if float64(rank) < q*float64(n) {
		return float64(s.Nth(rank + 1)), true
	}
	if q == 0.5 {
		return float64(s.Nth(rank)+s.Nth(rank+1)) / 2, true
	}
	return float64(s.Nth(max(rank, 1))), true
}

// Nth is the n-th value in order, from 1 to Count; there must be one.
func (s Spread) Nth(n int64) int64 {
	for _, e := range s {
		if n -= e.Count; n <= 0 {
			return e.Value
		}
	}
	return s[len(s)-1].Value
}

// Above tells how many values are at least v.
func (s Spread) Above(v int64) (n int64) {
	for _, e := range s {
		if e.Value >= v {
			n += e.Count
		}
	}
	return n
}

// String writes it as it is stored.
func (s Spread) String() string {
	var b []byte
	for i, e := range s {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, e.Value, 10)
		b = append(b, ':')
		b = strconv.AppendInt(b, e.Count, 10)
	}
	return string(b)
}

// dense is below which value counts are added up in an array: days and points are.
const dense = 512

// ParseSpread reads what String writes; several may follow one another, and their
// values are counted together.
func ParseSpread(text string) (Spread, error) {
	var s Spread
	var counts [dense]int64
	top := -1
	for text != "" {
		value, rest, ok1 := number(text, ':')
		count, after, ok2 := number(rest, ',')
		if !ok1 || !ok2 || rest == "" || value > math.MaxInt32 {
			entry, _, _ := strings.Cut(text, ",")
			return nil, fmt.Errorf("results: %q is no value with its count", entry)
		}
		text = after
		if value >= dense {
			s.add(value, count)
			continue
		}
		counts[value] += count
		top = max(top, int(value))
	}
	if top < 0 {
		return s, nil
	}
	few := make(Spread, 0, top+1+len(s))
	for value, count := range counts[:top+1] {
		if count > 0 {
			few = append(few, Step{int64(value), count})
		}
	}
	return append(few, s...), nil
}

// number reads digits up to a mark or the end of the text, and gives what follows.
func number(text string, mark byte) (n int64, rest string, ok bool) {
	for i := range len(text) {
		c := text[i]
		if c == mark {
			return n, text[i+1:], i > 0
		}
		if c < '0' || c > '9' || i >= 18 {
			return 0, "", false
		}
		n = n*10 + int64(c-'0')
	}
	return n, "", text != ""
}

// Value stores a Spread as text.
func (s Spread) Value() (driver.Value, error) { return s.String(), nil }

// Scan reads a column of type text.
func (s *Spread) Scan(src any) (err error) {
	switch v := src.(type) {
	case string:
		*s, err = ParseSpread(v)
	case []byte:
		*s, err = ParseSpread(string(v))
	default:
		err = fmt.Errorf("results: a spread is text, not %T", src)
	}
	return err
}
