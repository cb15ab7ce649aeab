package pg

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Migrator applies the three sets of files. One file is one transaction with
// its version row, so it can be stopped anywhere and run again; several may run
// at once, and each file is applied once.
type Migrator struct {
	admin    *Admin
	sets     []set
	workers  int
	progress func(Progress)
}

// MigratorOptions: Workers is how many schemas are worked on at once, 0 = 4.
type MigratorOptions struct {
	Workers  int
	Progress func(Progress)
}

// Progress is told after each schema that was worked on; Done counts up to Of.
type Progress struct {
	Realm    string
	Applied  int // files
	Failure  error
	Done, Of int
}

// Report is what a run did.
type Report struct {
	Schemas int // that there are, platform included
	Applied int // files, over all schemas
	Failed  []Failure
}

// Failure is a schema that could not be migrated.
type Failure struct {
	Realm  string
	File   string // set/file; "" when it failed before the first one
	Fenced bool   // the file itself is to blame, or the schema it met
	Err    error
}

func (f Failure) Error() string {
	if f.File == "" {
		return fmt.Sprintf("%s: %v", f.Realm, f.Err)
	}
	return fmt.Sprintf("%s: %s: %v", f.Realm, f.File, f.Err)
}

// Unwrap gives the cause.
func (f Failure) Unwrap() error { return f.Err }

// Err joins the failures; nil when there are none.
func (r Report) Err() error {
	errs := make([]error, len(r.Failed))
	for i, f := range r.Failed {
		errs[i] = f
	}
	return errors.Join(errs...)
}

const defaultWorkers = 4

// Migrator reads the sets; it refuses a file that would run outside a
// transaction, because such a one cannot be resumed.
func (a *Admin) Migrator(s Sets, o MigratorOptions) (*Migrator, error) {
	sets, err := s.read()
	if err != nil {
		return nil, fmt.Errorf("pg: migrations: %w", err)
	}
	if o.Workers == 0 {
		o.Workers = defaultWorkers
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	return &Migrator{admin: a, sets: sets, workers: o.Workers, progress: o.Progress}, nil
}

// Run brings every schema up to date. The error is about the run as a whole; a
// town that fails is in the report, is fenced, and stops nobody else. Where
// nothing is stale it asks one query.
func (m *Migrator) Run(ctx context.Context) (Report, error) {
	if !m.admin.server.IsSetUp {
		return Report{}, ErrNotSetUp
	}
	var report Report
	found, err := m.find(ctx)
	if err != nil {
		return report, fmt.Errorf("pg: find what is stale: %w", err)
	}
	if found.platformStale() {
		applied, failure := m.migrate(ctx, setPlatform)
		report.Applied += applied
		if failure != nil {
			return report, fmt.Errorf("pg: migrate: %w", *failure)
		}
		if found, err = m.find(ctx); err != nil {
			return report, fmt.Errorf("pg: find what is stale: %w", err)
		}
	}
	report.Schemas = len(found)
	m.each(ctx, found.stale(), &report)
	if err := ctx.Err(); err != nil {
		return report, err
	}
	return report, m.fence(ctx, found, report.Failed)
}

// Realm brings one realm up to date: provisioning makes its tables so.
func (m *Migrator) Realm(ctx context.Context, r Realm) error {
	if _, err := realmNamed(r.name); err != nil {
		return fmt.Errorf("pg: %w", err)
	}
	if _, failure := m.migrate(ctx, r.name); failure != nil {
		return fmt.Errorf("pg: migrate: %w", *failure)
	}
	return nil
}

// each works through the stale schemas with several workers.
func (m *Migrator) each(ctx context.Context, stale []string, report *Report) {
	queue := make(chan string)
	var mu sync.Mutex
	var all sync.WaitGroup
	done := 0
	for range min(m.workers, len(stale)) {
		all.Go(func() {
			for schema := range queue {
				applied, failure := m.migrate(ctx, schema)
				mu.Lock()
				done++
				report.add(applied, failure)
				m.tell(Progress{Realm: schema, Applied: applied, Done: done, Of: len(stale)}, failure)
				mu.Unlock()
			}
		})
	}
	for _, schema := range stale {
		if ctx.Err() != nil {
			break
		}
		queue <- schema
	}
	close(queue)
	all.Wait()
}

func (r *Report) add(applied int, failure *Failure) {
	r.Applied += applied
	if failure != nil {
		r.Failed = append(r.Failed, *failure)
	}
}

func (m *Migrator) tell(p Progress, failure *Failure) {
	if failure != nil {
		p.Failure = *failure
	}
	m.progress(p)
}
