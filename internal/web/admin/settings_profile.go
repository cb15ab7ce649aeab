package admin

import (
	"errors"
	"fmt"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// amendProfile changes one part of the town's profile, when the whole passes the
// check of a package. below is the path of what the form edits: faults in other
// parts of the profile are not the form's.
func (s *Site) amendProfile(r *web.Request, next tenant.Profile, key, below string, value any, texts ...string) error {
	if err := s.checkProfile(r, next, below, texts...); err != nil {
		return err
	}
	return tenant.Amend(r.Ctx, r.Tx, r.Actor(), key, seen(r), value)
}

// checkProfile is the check of a package over a profile as it would be.
func (s *Site) checkProfile(r *web.Request, next tenant.Profile, below string, texts ...string) error {
	c := &tenant.Checker{Langs: next.Languages}
	next.Check(c)
	f := fault.New(fault.Invalid, casework.KeyRuleFaults)
	for _, field := range c.Fields {
		if field.Name == below || strings.HasPrefix(field.Name, below+".") {
			f.Fields = append(f.Fields, field)
		}
	}
	if len(f.Fields) > 0 {
		return onFields(r, f, below, texts...)
	}
	return nil
}

// checkCalendar refuses days that contradict the country's calendar.
func (s *Site) checkCalendar(r *web.Request, next tenant.Profile) error {
	err := provision.CheckCalendar(next, s.packs[r.Town.Country])
	if err == nil {
		return nil
	}
	return calendarFault(err)
}

// calendarFault words what a calendar refuses, in the reader's language.
func calendarFault(err error) error {
	var refused *deadline.Error
	if !errors.As(err, &refused) {
		return fmt.Errorf("admin: the town's calendar: %w", err)
	}
	key := KeyDayContradicts
	switch {
	case refused.Code == deadline.SpecConflict && strings.Contains(refused.Hint, "holiday"):
		key = KeyDayHoliday
	case refused.Code == deadline.SpecConflict:
		key = KeyDayWorkedAlready
	}
	f := fault.New(fault.Invalid, casework.KeyRuleFaults)
	return f.On("date", string(key))
}
