package casework

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Desk is what the casework of all towns has in common.
type Desk struct {
	Keys      *Keys
	Post      *notify.Post
	Countries map[string]Country
	// Log is told of officers whom no letter reaches; nil = nobody is.
	Log *slog.Logger
}

// Country is what its towns inherit.
type Country struct {
	Rules    Rules
	Calendar *deadline.Calendar
	Zone     *time.Location
}

// Town is what the verbs must know of the town whose cases they handle. It does
// not change and may be kept as long as the town's revision stands: a citizen is
// then promised what the page said, even if a rule changed a second ago.
type Town struct {
	Profile tenant.Profile
	Rules   Rules // in force: the town's own over its country's
	// Calendar and Hours decide what day it is and whether it counts.
	Calendar *deadline.Calendar
	Hours    deadline.Hours
	Zone     *time.Location
	// Charter is the number of the version in force; 0 = none is published.
	Charter int64

	desk    *Desk
	realm   string // its random identity
	country Rules
	own     Rules
	// versions of the town's own rules, by key of the table.
	versions map[string]int64
	pins     *pins
}

// Read puts together what the verbs must know of the transaction's town.
func (d *Desk) Read(ctx context.Context, tx *pg.Tx) (*Town, error) {
	t := &Town{desk: d, versions: map[string]int64{}, pins: &pins{}}
	var err error
	if t.realm, err = audit.RealmID(ctx, tx); err != nil {
		return nil, err
	}
	if t.Profile, err = tenant.Export(ctx, tx); err != nil {
		return nil, err
	}
	country, ok := d.Countries[t.Profile.Country]
	if !ok {
		return nil, fmt.Errorf("casework: no pack for the country %q of %s", t.Profile.Country, tx.Realm)
	}
	t.country, t.Zone = country.Rules, country.Zone
	if t.Calendar, err = t.Profile.CalendarOf(country.Calendar); err != nil {
		return nil, err
	}
	if t.Hours, err = t.Profile.OfficeHours(); err != nil {
		return nil, err
	}
	rows, err := current(ctx, tx)
	if err != nil {
		return nil, err
	}
	for key, r := range rows {
		t.versions[key] = r.Version
	}
	if t.own, err = own(rows); err != nil {
		return nil, err
	}
	t.Rules = t.own.Over(country.Rules)
	published, err := charter.List(ctx, tx, 0, 1)
	if err != nil {
		return nil, err
	}
	if len(published) > 0 {
		t.Charter = published[0].Number
	}
	return t, nil
}

// Own are the rules that the town has set itself.
func (t *Town) Own() Rules { return t.own }

// Today is the town's local date at the beginning of the transaction.
func (t *Town) Today(tx *pg.Tx) deadline.Date { return deadline.Of(tx.Now, t.Zone) }

// coarsen makes the local date of every time that the transaction stores from
// here on: an anonymous submitter leaves no hour behind, nor does the audit chain
// or the mail to the desk keep one.
func (t *Town) coarsen(tx *pg.Tx) { tx.Now = t.Today(tx).In(t.Zone).UTC() }

// department tells whether a case can be handed to a department.
func (t *Town) department(key string) bool {
	for _, d := range t.Profile.Departments {
		if d.Key == key && !d.Off {
			return true
		}
	}
	return false
}
