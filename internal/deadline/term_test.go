package deadline_test

import (
	"strings"
	"testing"

	"charterhouse/internal/deadline"
)

func TestTermsAsPeopleWriteThem(t *testing.T) {
	cases := []struct {
		in, out string
		unit    deadline.Unit
		counted int
	}{
		{"3 working days", "3 working days", deadline.WorkingDays, 3},
		{"1 working day", "1 working day", deadline.WorkingDays, 1},
		{"1 working days", "1 working day", deadline.WorkingDays, 1},
		{"20 Working Days", "20 working days", deadline.WorkingDays, 20},
		{"  20  working days ", "20 working days", deadline.WorkingDays, 20},
		{"20\u00a0working days", "20 working days", deadline.WorkingDays, 20},
		{"366 working days", "366 working days", deadline.WorkingDays, 366},
		{"less than 3 working days", "less than 3 working days", deadline.WorkingDays, 2},
		{"Less than 1 working day", "less than 1 working day", deadline.WorkingDays, 0},
		{"same working day", "same working day", deadline.SameWorkingDay, 0},
		{"14 days", "14 days", deadline.CalendarDays, 14},
		{"14 calendar days", "14 days", deadline.CalendarDays, 14},
		{"1 day", "1 day", deadline.CalendarDays, 1},
		{"366 days", "366 days", deadline.CalendarDays, 366},
		{"1 month", "1 month", deadline.Months, 1},
		{"2 months", "2 months", deadline.Months, 2},
		{"24 months", "24 months", deadline.Months, 24},
	}
	for _, c := range cases {
		got, err := deadline.ParseTerm(c.in)
		if err != nil || got.String() != c.out || got.Unit() != c.unit || got.Counted() != c.counted {
			t.Errorf("%q: %q, unit %d, %d counted, %v", c.in, got, got.Unit(), got.Counted(), err)
		}
	}
}

func TestTermsThatAreRefused(t *testing.T) {
	cases := []struct {
		in   string
		code deadline.Code
		hint string
	}{
		{"", deadline.TermForm, "write a term such as"},
		{"soon", deadline.TermForm, "write a term such as"},
		{"3", deadline.TermForm, "write a term such as"},
		{"days", deadline.TermForm, "write a term such as"},
		{"three working days", deadline.TermForm, "in digits"},
		{"1.5 months", deadline.TermForm, "whole"},
		{"-3 days", deadline.TermForm, "digits"},
		{"+3 days", deadline.TermForm, "digits"},
		{"03 days", deadline.TermForm, "not begin with 0"},
		{"٣ days", deadline.TermForm, "digits"},
		{"3 working", deadline.TermForm, "write a term such as"},
		{"3 working days please", deadline.TermForm, "write a term such as"},
		{"same day", deadline.TermForm, "digits"},
		{"less than", deadline.TermForm, "write a term such as"},
		{"law", deadline.TermForm, "write a term such as"},
		{"20 darbo dienų", deadline.TermForm, "write a term such as"},
		{strings.Repeat("9", 200) + " days", deadline.TermForm, "write a term such as"},
		{"2 weeks", deadline.TermUnit, "14 days"},
		{"1 year", deadline.TermUnit, "12 months"},
		{"24 hours", deadline.TermUnit, "same working day"},
		{"3 business days", deadline.TermUnit, "working days"},
		{"less than 14 days", deadline.TermUnit, "working days only"},
		{"less than 1 month", deadline.TermUnit, "working days only"},
		{"0 days", deadline.TermZero, "same working day"},
		{"less than 0 working days", deadline.TermZero, "at least 1"},
		{"367 days", deadline.TermLong, "366 days"},
		{"367 working days", deadline.TermLong, "366 days"},
		{"25 months", deadline.TermLong, "24 months"},
		{"99999999999999999999 days", deadline.TermLong, "366 days"},
	}
	for _, c := range cases {
		v, err := deadline.ParseTerm(c.in)
		if code(err) != c.code || !v.IsZero() {
			t.Errorf("%q: %v, %v; want %s", c.in, v, err, c.code)
			continue
		}
		if !strings.Contains(err.Error(), c.hint) {
			t.Errorf("%q: %v does not say %q", c.in, err, c.hint)
		}
		if len(err.Error()) > 400 {
			t.Errorf("%q: shows back %d bytes", c.in, len(err.Error()))
		}
	}
}

func FuzzParseTerm(f *testing.F) {
	for _, s := range []string{"3 working days", "less than 3 working days", "same working day", "14 calendar days", "1 month", "0 days", "\x00", "less than less than 3 days"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := deadline.ParseTerm(s)
		if err != nil {
			if code(err) == "" || !v.IsZero() {
				t.Fatalf("%q: %v, %v", s, v, err)
			}
			return
		}
		if v.Counted() < 0 || v.Counted() > deadline.MaxDays || v.IsZero() {
			t.Fatalf("%q: %v counts %d", s, v, v.Counted())
		}
		if again, err := deadline.ParseTerm(v.String()); err != nil || again != v {
			t.Fatalf("%q is written %q and read as %v, %v", s, v, again, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-01-31", "2026-02-29", "2100-12-31", "1990-01-01", "0000-00-00", "2026-01-3\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := deadline.ParseDate(s)
		if err != nil {
			if code(err) == "" || d != 0 {
				t.Fatalf("%q: %v, %v", s, d, err)
			}
			return
		}
		if d.String() != s || d.Year() < deadline.FirstYear || d.Year() > deadline.LastYear {
			t.Fatalf("%q is read as %v", s, d)
		}
	})
}
