package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

// Recurring is work that every realm does on a calendar: a job of its Kind is
// enqueued once for each occurrence, however often the service was restarted.
type Recurring struct {
	Kind string
	// Hour of the day in the realm's zone, 0 to 23. A kind with several hours a
	// day stands in the timetable once for each.
	Hour int
	// Hourly: with every hour that begins, by UTC so that no hour comes twice. Hour
	// and On are left alone.
	Hourly bool
	// On chooses the days; nil = every day.
	On func(deadline.Date) bool
	// EachMissed: after a standstill every occurrence that was missed is made up
	// for, not only the last. Leave it for work that finds all that is due by now,
	// such as reminders.
	EachMissed bool
	// Towns: not for the portal, which has none of the tables.
	Towns bool
}

// Occurrence is what the job of a Recurring is given as arguments.
type Occurrence struct {
	DueOn deadline.Date `json:"due_on"`
	Hour  int           `json:"hour"`
}

// farthest bounds how far back a missed occurrence is made up for.
const farthest = 400

// at is the line as it stands at a moment: an hourly one is that of the hour, and
// its days are those of UTC.
func (r Recurring) at(now time.Time, zone *time.Location) (Recurring, *time.Location) {
	if !r.Hourly {
		return r, zone
	}
	r.Hour = now.UTC().Hour()
	return r, time.UTC
}

// standing is the timetable at a moment.
func standing(timetable []Recurring, now time.Time) []Recurring {
	all := make([]Recurring, len(timetable))
	for i, r := range timetable {
		all[i], _ = r.at(now, nil)
	}
	return all
}

func (r Recurring) subject() string { return fmt.Sprintf("at %02d", r.Hour) }

func (r Recurring) on(d deadline.Date) bool { return r.On == nil || r.On(d) }

// latest is the last day whose occurrence has come; zero when there was none in
// a whole year.
func (r Recurring) latest(now time.Time, zone *time.Location) deadline.Date {
	today := deadline.Of(now, zone)
	y, m, d := today.Civil()
	if now.Before(time.Date(y, m, d, r.Hour, 0, 0, 0, zone)) {
		today = today.AddDays(-1)
	}
	for range farthest {
		if r.on(today) {
			return today
		}
		today = today.AddDays(-1)
	}
	return 0
}

// missing are the occurrences up to latest that have no row, when done is the
// last one up to there that has. A realm that never did it begins with latest.
func (r Recurring) missing(done, latest deadline.Date) []deadline.Date {
	if latest.IsZero() || done == latest {
		return nil
	}
	if !r.EachMissed || done.IsZero() {
		return []deadline.Date{latest}
	}
	var all []deadline.Date
	for d := max(done.AddDays(1), latest.AddDays(-farthest)); d <= latest; d++ {
		if r.on(d) {
			all = append(all, d)
		}
	}
	return all
}

// wanted is one line of the timetable as the database is asked about it.
type wanted struct {
	N       int           `json:"n"`
	Kind    string        `json:"kind"`
	Subject string        `json:"subject"`
	Latest  deadline.Date `json:"latest"`
}

// due finds which occurrences are due and not done. It looks for the row of the
// occurrence itself and not for the newest row of all: a clock that ran ahead for
// a while has left newer ones.
func due(ctx context.Context, tx *pg.Tx, timetable []Recurring, zone *time.Location) (map[int][]deadline.Date, error) {
	ask := make([]wanted, 0, len(timetable))
	for i, r := range timetable {
		if r.Towns && !tx.Realm.IsTown() {
			continue
		}
		r, zone := r.at(tx.Now, zone)
		if latest := r.latest(tx.Now, zone); !latest.IsZero() {
			ask = append(ask, wanted{N: i, Kind: r.Kind, Subject: r.subject(), Latest: latest})
		}
	}
	if len(ask) == 0 {
		return nil, nil
	}
	raw, err := json.Marshal(ask)
	if err != nil {
		return nil, fmt.Errorf("jobs: timetable: %w", err)
	}
	var rows []struct {
		N    int
		Done deadline.Date
	}
	err = tx.Select(ctx, &rows, `SELECT w.n, (SELECT max(d.due_on) FROM due_work d
			WHERE d.kind = w.kind AND d.subject = w.subject AND d.due_on <= w.latest) AS done
		FROM jsonb_to_recordset($1::jsonb) AS w (n int, kind text, subject text, latest date)`, string(raw))
	if err != nil {
		return nil, fmt.Errorf("jobs: what is due of the timetable: %w", err)
	}
	missing := map[int][]deadline.Date{}
	for _, row := range rows {
		r, zone := timetable[row.N].at(tx.Now, zone)
		if days := r.missing(row.Done, r.latest(tx.Now, zone)); len(days) > 0 {
			missing[row.N] = days
		}
	}
	return missing, nil
}

// plan enqueues what is due of the timetable. Two that plan at once plan once.
func plan(ctx context.Context, tx *pg.Tx, timetable []Recurring, missing map[int][]deadline.Date) error {
	for i, r := range timetable { // in one order, so that two planners do not lock each other out
		for _, day := range missing[i] {
			todo, err := Once(ctx, tx, r.Kind, r.subject(), day)
			if err != nil {
				return err
			}
			if !todo {
				continue
			}
			if err := Enqueue(ctx, tx, Job{Kind: r.Kind, Args: Occurrence{DueOn: day, Hour: r.Hour}}); err != nil {
				return err
			}
		}
	}
	return nil
}
