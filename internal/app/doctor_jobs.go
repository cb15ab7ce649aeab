package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// lookAtJobs tells where work was given up. Nobody else tells the operator: the
// service goes on without it.
func lookAtJobs(ctx context.Context, db *pg.DB) Finding {
	var dir *tenant.Directory
	err := db.Read(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		dir, err = tenant.Read(ctx, tx, tenant.Base{Scheme: "http", Domain: "localhost"})
		return err
	})
	dead, where := 0, []string(nil)
	for _, place := range places(time.UTC, dir) {
		if err != nil {
			break
		}
		err = db.Read(ctx, place.Realm, func(tx *pg.Tx) error {
			c, err := jobs.Count(ctx, tx)
			if dead += c.Dead; c.Dead > 0 {
				where = append(where, fmt.Sprintf("%s %d", place.Realm.Name(), c.Dead))
			}
			return err
		})
	}
	switch {
	case err != nil:
		return Finding{Subject: "jobs", State: Note, Finding: "not known: " + err.Error()}
	case dead > 0:
		return Finding{
			Subject: "jobs", State: Note, Finding: fmt.Sprintf("%d were given up: %s", dead, strings.Join(where, ", ")),
			Do: "an administrator finds the reason under “Mails” and runs them again",
		}
	}
	return Finding{Subject: "jobs", State: Good, Finding: "none was given up"}
}
