package casework

import (
	"encoding/json"
	"fmt"

	"charterhouse/internal/deadline"
)

// stored is an explanation as it is kept with a case for as long as the case is:
// the calendar may be corrected later, but what the citizen was told stays. Most
// of its days say nothing (a worked day that counts, a weekend), so only what
// cannot be told from the rest is written.
type stored struct {
	Calendar string          `json:"cal"`
	Version  string          `json:"ver"`
	Term     deadline.Term   `json:"term"`
	Policy   deadline.Policy `json:"policy"`
	Outside  bool            `json:"outside,omitempty"`
	Received deadline.Date   `json:"received"`
	Shift    deadline.Shift  `json:"shift,omitempty"`
	Zero     deadline.Date   `json:"zero"`
	First    deadline.Date   `json:"first,omitempty"`
	End      deadline.Date   `json:"end"`
	Clipped  bool            `json:"clipped,omitempty"`
	Due      deadline.Date   `json:"due"`
	Days     []storedDay     `json:"days"`
}

type storedDay struct {
	Date deadline.Date `json:"d"`
	Role deadline.Role `json:"r"`
	// Weekend stands for the one reason that needs no words.
	Weekend bool               `json:"w,omitempty"`
	Reasons []deadline.Holiday `json:"why,omitempty"`
}

// keep writes an explanation for the table.
func keep(e deadline.Explanation) (string, error) {
	s := stored{
		e.Calendar, e.Version, e.Term, e.Policy, e.Outside, e.Received, e.Shift, e.Zero, e.First, e.End, e.Clipped, e.Due, nil,
	}
	for _, d := range e.Days {
		if d.Role == deadline.Counted && len(d.Reasons) == 0 {
			continue
		}
		day := storedDay{Date: d.Date, Role: d.Role, Reasons: d.Reasons}
		if len(d.Reasons) == 1 && d.Reasons[0].Kind == deadline.Weekend {
			day.Weekend, day.Reasons = true, nil
		}
		s.Days = append(s.Days, day)
	}
	raw, err := json.Marshal(s)
	return string(raw), err
}

// told reads an explanation back; the zero Explanation for the empty string.
func told(raw string) (deadline.Explanation, error) {
	if raw == "" {
		return deadline.Explanation{}, nil
	}
	var s stored
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		return deadline.Explanation{}, fmt.Errorf("casework: read an explanation: %w", err)
	}
	e := deadline.Explanation{
		Calendar: s.Calendar, Version: s.Version, Term: s.Term, Policy: s.Policy, Outside: s.Outside, Received: s.Received,
		Shift: s.Shift, Zero: s.Zero, First: s.First, End: s.End, Clipped: s.Clipped, Due: s.Due,
	}
	if s.Due.IsZero() {
		return e, nil
	}
	rest, counted := s.Days, 0
	for d := s.Received; d <= s.Due; d++ {
		day := deadline.Day{Date: d, Role: deadline.Counted}
		if len(rest) > 0 && rest[0].Date == d {
			day.Role, day.Reasons = rest[0].Role, rest[0].Reasons
			if rest[0].Weekend {
				day.Reasons = []deadline.Holiday{{Date: d, Kind: deadline.Weekend, Scope: deadline.Country}}
			}
			rest = rest[1:]
		}
		if day.Role == deadline.Counted && s.Term.Unit() != deadline.Months {
			counted++
			day.Number = counted
		}
		e.Days = append(e.Days, day)
	}
	return e, nil
}
