package casework

import (
	"context"
	"fmt"
	"slices"

	"charterhouse/internal/i18n"
	"charterhouse/internal/jobs"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

const kindRemind = "casework.remind"

// remindHour is when the desk's letters of the day are written, local time.
const remindHour = 6

// Jobs are the kinds of job of this package.
func (d *Desk) Jobs() []jobs.Kind {
	return []jobs.Kind{
		jobs.InTx(kindAnnounce, d.sendNews),
		jobs.InTx(kindRemind, func(ctx context.Context, tx *pg.Tx, _ struct{}) error { return d.remind(ctx, tx) }),
	}
}

// Timetable is what is done every day.
func (d *Desk) Timetable() []jobs.Recurring {
	return []jobs.Recurring{{Kind: kindRemind, Hour: remindHour, Towns: true}}
}

// remind makes the reminders that are due and writes each officer one letter
// about them.
func (d *Desk) remind(ctx context.Context, tx *pg.Tx) error {
	town, err := d.Read(ctx, tx)
	if err != nil {
		return err
	}
	made, more, err := town.Remind(ctx, tx)
	if err != nil {
		return err
	}
	var order []recipient
	theirs := map[recipient][]Reminder{}
	type theirCase struct {
		assignee     int64
		confidential bool
	}
	who := map[theirCase][]recipient{}
	for _, r := range telling(made) {
		of := theirCase{r.Case.Assignee, r.Case.Confidential}
		to, known := who[of]
		if !known {
			if to, err = recipients(ctx, tx, &r.Case); err != nil {
				return err
			}
			who[of] = to
		}
		for _, one := range to {
			if theirs[one] == nil {
				order = append(order, one)
			}
			theirs[one] = append(theirs[one], r)
		}
	}
	for _, one := range order {
		if err := town.sendReminders(ctx, tx, one, theirs[one]); err != nil && !d.unwritable(tx, one, err) {
			return err
		}
	}
	if !more {
		return nil
	}
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: kindRemind, Args: struct{}{}})
}

// telling leaves out what another reminder of the same case and date says better:
// that a date is near when it has passed, and the law's where the town's own date
// is the same.
func telling(made []Reminder) []Reminder {
	says := func(r Reminder) int {
		return slices.Index([]ReminderKind{OwnPassed, LawPassed, OwnNear, LawNear}, r.Kind)
	}
	return slices.DeleteFunc(slices.Clone(made), func(r Reminder) bool {
		return r.Case.Sample || slices.ContainsFunc(made, func(o Reminder) bool {
			return o.Case.ID == r.Case.ID && o.DueOn == r.DueOn && says(o) < says(r)
		})
	})
}

// mostLines is how many cases a letter lists; the desk has the others.
const mostLines = 30

func (t *Town) sendReminders(ctx context.Context, tx *pg.Tx, to recipient, list []Reminder) error {
	slices.SortStableFunc(list, func(a, b Reminder) int { return int(a.DueOn - b.DueOn) })
	var body []notify.Paragraph
	late := false
	for _, r := range list[:min(len(list), mostLines)] {
		key := KeyMailDeskNear
		if r.Kind.Passed() {
			key = KeyMailDeskPassed
		}
		late = late || r.Late
		body = append(body, notify.Say(key, i18n.Args{"Number": r.Case.Number, "Due": r.DueOn, "Whose": whoseKey(r)}))
	}
	if late {
		body = append(body, notify.Say(KeyMailDeskLate, nil))
	}
	count := i18n.Args{"Count": len(list)}
	err := t.desk.Post.Queue(ctx, tx, notify.Message{
		To: to.email, Lang: to.lang, Subject: notify.Words{Key: KeyMailDeskDates, Args: count},
		Lead: notify.Words{Key: KeyMailDeskDatesLead, Args: count}, Body: body,
		Link: notify.Link{Label: KeyMailOpenDesk, Path: "/" + to.lang + "/admin/cases"}, About: "reminders",
	})
	if err != nil {
		return fmt.Errorf("casework: remind the desk: %w", err)
	}
	return nil
}

func whoseKey(r Reminder) i18n.Key {
	switch {
	case r.Kind == OwnNear || r.Kind == OwnPassed:
		return KeyMailDeskOwn
	case r.Case.LawVerified:
		return KeyMailDeskLaw
	}
	return KeyMailDeskLawUnverified
}
