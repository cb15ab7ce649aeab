package deadline

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// ParseDate reads 2026-01-31 and nothing else. It refuses with an *Error:
// DateForm, DateNone or DateRange.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, refuse(DateForm, s, "write the date as 2026-01-31")
	}
	var n [3]int
	for i, part := range [3]string{s[:4], s[5:7], s[8:]} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return 0, refuse(DateForm, s, "write the date as 2026-01-31")
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	return NewDate(n[0], time.Month(n[1]), n[2])
}

// String gives 2026-01-31; empty for the zero Date.
func (d Date) String() string {
	b, _ := d.AppendText(nil)
	return string(b)
}

// AppendText appends 2026-01-31; it never fails.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if !d.valid() {
		return b, nil
	}
	y, m, day := d.Civil()
	return append(b,
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-',
		byte('0'+day/10), byte('0'+day%10)), nil
}

// MarshalText serves JSON and YAML.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads 2026-01-31, or the empty string as the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores a Date in a column of type date; the zero Date as NULL.
func (d Date) Value() (driver.Value, error) {
	if !d.valid() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a column of type date; NULL is the zero Date. The driver gives such
// a column as midnight of a zone of its own, so the clock is not converted.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
		return nil
	case time.Time:
		y, m, day := v.Date()
		r, err := NewDate(y, m, day)
		*d = r
		return err
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("deadline.Date: cannot read a %T", src)
}

func civilString(y, m, d int) string { return fmt.Sprintf("%04d-%02d-%02d", y, m, d) }
