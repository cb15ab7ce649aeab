package deadline_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"charterhouse/internal/deadline"
)

// table reads a CSV of testdata; lines that begin with # are for its readers.
func table(t *testing.T, name string, columns, atLeast int) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment, r.FieldsPerRecord = '#', columns
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < atLeast {
		t.Fatalf("%s: %d rows, want %d or more", name, len(rows), atLeast)
	}
	return rows
}

func TestDueDatesWorkedOutByHand(t *testing.T) {
	calendars := map[string]*deadline.Calendar{"lt": pack(t, "lt"), "bg": pack(t, "bg")}
	for _, row := range table(t, "due.csv", 6, 150) {
		outside, policy := false, deadline.SameDay
		if row[3] != "" {
			outside = true
			var err error
			if policy, err = deadline.ParsePolicy(row[3]); err != nil {
				t.Fatal(err)
			}
		}
		c, received, term := calendars[row[0]], date(t, row[1]), term(t, row[2])
		if got := c.Due(received, outside, policy, term); got.String() != row[4] {
			t.Errorf("%v: got %v", row, got)
		}
		if e := c.Explain(received, outside, policy, term); e.Due.String() != row[4] {
			t.Errorf("%v: explained as %v", row, e.Due)
		}
	}
}

// Every weekday of ten years of each country against the printed calendars.
func TestDaysOffOfPrintedCalendars(t *testing.T) {
	printed := map[string]map[string]string{"lt": {}, "bg": {}}
	years := map[string]map[int]bool{"lt": {}, "bg": {}}
	for _, row := range table(t, "daysoff.csv", 4, 180) {
		d := date(t, row[1])
		if got := d.Weekday().String()[:3]; got != row[2] {
			t.Errorf("%v: is a %s", row, got)
		}
		printed[row[0]][row[1]] = row[3]
		years[row[0]][d.Year()] = true
	}
	for country, days := range printed {
		c, seen := pack(t, country), 0
		for d := deadline.First; d <= deadline.Last; d++ {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			if !years[country][d.Year()] {
				continue
			}
			why, off := days[d.String()]
			if off {
				seen++
			}
			if want := !off && !weekend; c.IsWorking(d) != want {
				t.Errorf("%s %v %v: working %v, the printed calendar says %v %s", country, d, d.Weekday(), !want, want, why)
			}
		}
		if seen != len(days) {
			t.Errorf("%s: compared %d of %d printed days", country, seen, len(days))
		}
	}
}
