package admin

import (
	"strings"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// tried is what a rule that is only typed would promise a case received on a day.
type tried struct {
	Kind     string
	Received deadline.Date
	Hour     string // "" = within office hours
	Outside  bool
	Dates    []triedDate
}

// triedDate is one of the two dates with the way there.
type triedDate struct {
	Law      bool
	Verified bool
	Within   string
	Due      deadline.Date
	Steps    []tenant.Step
	// Weekends: Saturdays and Sundays were passed over; they are told in one line.
	Weekends bool
	Calendar string
}

// fillTry begins the panel with today.
func fillTry(r *web.Request, form web.Form) {
	form.Fill("try_date", r.Say(KeyTryToday, i18n.Args{"Today": r.Today})).Fill("try_kind", casework.Complaint)
}

// try computes both dates of a kind under other rules of the town and another
// profile, for the day and hour in the form. It refuses what cannot be read.
func try(r *web.Request, town *casework.Town, own casework.Rules, profile tenant.Profile, kind string) (*tried, error) {
	out := &tried{Kind: kind, Hour: strings.TrimSpace(r.Form.Get("try_hour"))}
	f := fault.New(fault.Invalid, casework.KeyRuleFaults)
	refuse := func(field string, key i18n.Key) {
		f.Fields = append(f.Fields, fault.Field{Name: field, Key: string(key)})
	}
	var err error
	if out.Received, err = i18n.ReadDate(r.Form.Get("try_date")); err != nil {
		refuse("try_date", KeyDateForm)
	}
	var hour time.Time
	if out.Hour != "" {
		if hour, err = readHour(out.Hour); err != nil {
			refuse("try_hour", KeyHourForm)
		}
	}
	if len(f.Fields) > 0 {
		return nil, f
	}
	would, err := town.Trying(own, profile)
	if err != nil {
		return nil, calendarFault(err)
	}
	if out.Hour != "" {
		y, m, d := out.Received.Civil()
		_, out.Outside = deadline.Received(time.Date(y, m, d, hour.Hour(), hour.Minute(), 0, 0, would.Zone), would.Zone, would.Hours)
	}
	terms, err := would.Rules.TermsFor(kind, out.Received, out.Outside, would.Calendar)
	if err != nil {
		return nil, err
	}
	unconfirmed := would.Rules.ShiftUnconfirmed(out.Received, out.Outside, would.Calendar)
	for i, d := range []*casework.Dated{terms.Own, terms.Law} {
		if d == nil {
			continue
		}
		date := triedDate{Law: i == 1, Verified: i == 0 || terms.Rule.Law.Verified, Within: r.Within(d.Term), Due: d.Due(), Calendar: d.Explain.Version}
		for _, step := range explained(r, d.Explain, unconfirmed) {
			if step.Kind == deadline.Weekend && step.Role == deadline.Skipped {
				date.Weekends = true
				continue
			}
			date.Steps = append(date.Steps, step)
		}
		out.Dates = append(out.Dates, date)
	}
	return out, nil
}

// readHour reads 9:05, 09.05 and 09:05.
func readHour(s string) (time.Time, error) {
	return time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(s), ".", ":"))
}
