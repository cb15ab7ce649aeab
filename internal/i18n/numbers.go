package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// numberMarks are a language's ways with figures, lists and quotations.
type numberMarks struct {
	decimal, group, minus string
	// groupFrom is the number of digits from which thousands are set apart:
	// Bulgarian writes 1234 and 12 345, Lithuanian 1 234.
	groupFrom      int
	percent, quote [2]string
	and, or        string
}

// Number writes n with so many decimals (-1 = as many as it has), in the
// language's marks: 1 234,5. Not a number and infinite are written as a dash.
func (c *Catalog) Number(lang string, n float64, decimals int) string {
	v := c.voice(lang)
	s, err := decimalString(n, decimals)
	if err != nil {
		return "–"
	}
	return v.marks.write(s)
}

// Int writes a whole number, grouped.
func (c *Catalog) Int(lang string, n int) string {
	return c.voice(lang).marks.write(strconv.Itoa(n))
}

// Percent writes a share that is already in percent: 87.3 -> „87,3 %“.
func (c *Catalog) Percent(lang string, percent float64, decimals int) string {
	return c.voice(lang).percentOf(c.Number(lang, percent, decimals))
}

// List joins the items: „a, b ir c“.
func (c *Catalog) List(lang string, items []string) string {
	v := c.voice(lang)
	return v.list(items, v.marks.and)
}

// Choice joins the items as alternatives: „a, b arba c“.
func (c *Catalog) Choice(lang string, items []string) string {
	v := c.voice(lang)
	return v.list(items, v.marks.or)
}

// Quote puts s between the language's quotation marks.
func (c *Catalog) Quote(lang, s string) string { return c.voice(lang).quote(s) }

func (v *voice) quote(s string) string     { return v.marks.quote[0] + s + v.marks.quote[1] }
func (v *voice) percentOf(n string) string { return v.marks.percent[0] + n + v.marks.percent[1] }

func (v *voice) list(items []string, last string) string {
	n := len(items)
	if n < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:n-1], ", ") + last + items[n-1]
}

// decimalString gives -1234.5, rounding half away from zero as people do on
// paper: strconv alone would round 2.675, stored a little lower, down.
func decimalString(n float64, decimals int) (string, error) {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return "", fmt.Errorf("%v is no number", n)
	}
	if decimals >= 0 && math.Abs(n) < 1e12 {
		// The shortest form that means n is what its writer saw.
		scale := math.Pow10(decimals)
		shortest, _ := strconv.ParseFloat(strconv.FormatFloat(n*scale, 'g', 15, 64), 64)
		n = math.Round(shortest) / scale
	}
	s := strconv.FormatFloat(n, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-") // a rounded nothing has no sign
	}
	return s, nil
}

// write turns -1234.5 into the language's figures.
func (m *numberMarks) write(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	var b strings.Builder
	b.Grow(len(plain) + 8)
	if negative {
		b.WriteString(m.minus)
	}
	grouped := len(whole) >= m.groupFrom
	for i := range len(whole) {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(m.group)
		}
		b.WriteByte(whole[i])
	}
	if fraction != "" {
		b.WriteString(m.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

func (v *voice) readMarks() (m numberMarks, err error) {
	from, err := strconv.Atoi(v.fixed[keyGroupFrom])
	if err != nil {
		return m, fmt.Errorf("%s: %w", keyGroupFrom, err)
	}
	m = numberMarks{
		decimal: v.fixed[keyDecimal], group: v.fixed[keyGroup], minus: v.fixed[keyMinus],
		groupFrom: from, and: v.fixed[keyAnd], or: v.fixed[keyOr],
	}
	for _, part := range []string{m.decimal, m.group, m.minus, m.and, m.or} {
		if part == "" {
			return m, fmt.Errorf("one of number.decimal, .group, .minus, list.and, .or is missing")
		}
	}
	if m.percent, err = v.around(keyPercent, "Number"); err != nil {
		return m, err
	}
	m.quote, err = v.around(keyQuote, "Text")
	return m, err
}

// around gives what a message says before and after its one argument.
func (v *voice) around(key Key, name string) (parts [2]string, err error) {
	s, err := v.say(key, Args{name: "\x00"})
	if err != nil {
		return parts, err
	}
	before, after, found := strings.Cut(s, "\x00")
	if !found {
		return parts, fmt.Errorf("%s: {{.%s}} is missing", key, name)
	}
	return [2]string{before, after}, nil
}
