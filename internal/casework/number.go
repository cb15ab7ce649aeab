package casework

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"charterhouse/internal/pg"
)

// Number is a case's public number in its parts: KL-2026-0978. It opens nothing.
type Number struct {
	Year int
	Seq  int
}

// written gives the number as it stands on letters.
func (n Number) written(prefix string) string {
	return fmt.Sprintf("%s-%d-%04d", prefix, n.Year, n.Seq)
}

// takeNumber takes the next number of the year. The row stays locked until the
// commit, so that a number is missing only if nobody ever had it: callers do this
// when nothing can be refused any more.
func takeNumber(ctx context.Context, tx *pg.Tx, year int) (Number, error) {
	n := Number{Year: year}
	err := tx.Get(ctx, &n.Seq, `INSERT INTO case_counters AS c (year, last) VALUES ($1, 1)
		ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last`, year)
	if err != nil {
		return n, fmt.Errorf("casework: take a number of %d: %w", year, err)
	}
	return n, nil
}

// ParseNumber reads a number as people type it: any dashes or spaces, with or
// without the letters and the leading zeros. False when it is none.
func ParseNumber(typed string) (Number, bool) {
	parts := strings.FieldsFunc(typed, func(c rune) bool { return strings.ContainsRune(" \t\u00a0-‐‑–—/._", c) })
	if len(parts) == 3 && !strings.ContainsAny(parts[0], "0123456789") && len(parts[0]) <= 16 {
		parts = parts[1:]
	}
	if len(parts) != 2 || len(parts[0]) != 4 || len(parts[1]) > 9 {
		return Number{}, false
	}
	year, err1 := strconv.ParseUint(parts[0], 10, 31)
	seq, err2 := strconv.ParseUint(parts[1], 10, 31)
	if err1 != nil || err2 != nil || seq == 0 {
		return Number{}, false
	}
	return Number{int(year), int(seq)}, true
}
