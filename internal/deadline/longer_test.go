package deadline

import "testing"

func TestLonger(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"20 working days", "10 working days", true}, {"10 working days", "10 working days", false}, {"9 working days", "10 working days", false},
		{"same working day", "less than 3 working days", false}, {"3 working days", "less than 3 working days", true}, {"1 working day", "same working day", true},
		{"15 days", "14 days", true}, {"2 months", "1 month", true}, {"1 month", "1 month", false},
		{"20 working days", "14 days", true}, {"10 working days", "14 days", false}, {"14 days", "3 working days", true},
		{"1 month", "20 working days", false}, {"1 month", "14 days", true}, {"30 days", "1 month", false}, {"2 months", "20 working days", true},
	} {
		a, err := ParseTerm(c.a)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ParseTerm(c.b)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Longer(b); got != c.want {
			t.Errorf("%s longer than %s: %v", c.a, c.b, got)
		}
	}
}
