package pg

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// checkTime compares clocks and zones. A legal day begins at midnight of the
// town, and both Go and PostgreSQL compute with it: they must mean the same.
func (db *DB) checkTime(ctx context.Context) Findings {
	return Findings{db.checkClock(ctx), db.checkZone(ctx, "Europe/Vilnius"), db.checkZone(ctx, "Europe/Sofia")}
}

// maxSkew is what throttles and leases, which use the database's clock, bear.
const maxSkew = 30 * time.Second

func (db *DB) checkClock(ctx context.Context) Finding {
	var theirs time.Time
	err := db.bare(ctx, func(tx *sqlx.Tx) error { return tx.GetContext(ctx, &theirs, `SELECT clock_timestamp()`) })
	if err != nil {
		return Finding{"clock", Warn, "The clock of the database could not be read: " + err.Error(), ""}
	}
	skew := db.options.Clock().Sub(theirs).Round(time.Second)
	if skew.Abs() > maxSkew {
		return Finding{"clock", Warn, fmt.Sprintf("The clocks of the service and of the database differ by %s.", skew),
			"Synchronise both with NTP (and mind CHARTER_CLOCK)."}
	}
	return Finding{"clock", OK, "The clocks agree.", ""}
}

// changes are the seconds around each change of summer time in 2026 and 2027:
// the last Sundays of March and October, at 01:00 UTC.
func changes() []time.Time {
	var all []time.Time
	for _, day := range []time.Time{
		time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC),
		time.Date(2027, 3, 28, 1, 0, 0, 0, time.UTC), time.Date(2027, 10, 31, 1, 0, 0, 0, time.UTC),
	} {
		all = append(all, day.Add(-time.Second), day)
	}
	return all
}

func (db *DB) checkZone(ctx context.Context, name string) Finding {
	code := "zone " + name
	const update = "Update the time zone data of the service (tzdata) and of the database server."
	zone, err := time.LoadLocation(name)
	if err != nil {
		return Finding{code, Fail, fmt.Sprintf("The service does not know the time zone %s.", name), update}
	}
	instants := changes()
	texts := make([]string, len(instants))
	for i, at := range instants {
		texts[i] = at.Format(time.RFC3339)
	}
	var theirs []int
	err = db.bare(ctx, func(tx *sqlx.Tx) error {
		return tx.SelectContext(ctx, &theirs, `SELECT extract(epoch FROM (at AT TIME ZONE $2) - (at AT TIME ZONE 'UTC'))::int
			FROM unnest($1::timestamptz[]) WITH ORDINALITY AS i (at, n) ORDER BY n`, texts, name)
	})
	if err != nil {
		return Finding{code, Fail, fmt.Sprintf("The database does not know the time zone %s: %v", name, err), update}
	}
	for i, at := range instants {
		if _, ours := at.In(zone).Zone(); i >= len(theirs) || theirs[i] != ours {
			return Finding{code, Fail, fmt.Sprintf("The service and the database disagree about %s at %s.", name, texts[i]), update}
		}
	}
	return Finding{code, OK, fmt.Sprintf("The service and the database agree about %s.", name), ""}
}
