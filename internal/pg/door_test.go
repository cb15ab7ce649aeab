package pg_test

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"

	"github.com/lib/pq"
)

func put(ctx context.Context, tx *pg.Tx, key string) error {
	_, err := tx.Exec(ctx, `INSERT INTO settings (key, value, origin, version, changed_at) VALUES ($1, '1', 'town', 1, $2)`, key, tx.Now)
	return err
}

// count looks behind the door.
func count(t testing.TB, db *sql.DB, schema, key string) int {
	t.Helper()
	return query[int](t, db, `SELECT count(*) FROM `+schema+`.settings WHERE key = $1`, key)
}

func code(err error) string {
	var e *pq.Error
	if errors.As(err, &e) {
		return string(e.Code)
	}
	return ""
}

func TestATransactionIsSomebodySomewhereForALimitedTime(t *testing.T) {
	db := door(t, pg.Options{URL: house(t).ServiceURL, Clock: time.Now, StatementTimeout: 7 * time.Second})
	ctx, alpha := t.Context(), town(t, "alpha")
	look := func(tx *pg.Tx) (got struct{ Who, Where, Path, Zone, Limit, Lock, Idle, Isolation, ReadOnly string }, err error) {
		err = tx.Get(ctx, &got, `SELECT current_user AS who, current_schema() AS where, current_setting('search_path') AS path,
			current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS limit, current_setting('lock_timeout') AS lock,
			current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('transaction_isolation') AS isolation,
			current_setting('transaction_read_only') AS readonly`)
		return got, err
	}
	must(t, db.Read(ctx, alpha, func(tx *pg.Tx) error {
		got, err := look(tx)
		want := got
		want.Who, want.Where, want.Path, want.Zone = "t_alpha", "t_alpha", "t_alpha, ext, pg_temp", "UTC"
		want.Limit, want.Lock, want.Idle, want.Isolation, want.ReadOnly = "7s", "3s", "30s", "repeatable read", "on"
		if got != want {
			t.Errorf("Read: %+v", got)
		}
		if tx.Realm != alpha || tx.Now.Location() != time.UTC || !tx.Now.Equal(tx.Now.Truncate(time.Microsecond)) {
			t.Errorf("tx = %v %v", tx.Realm, tx.Now)
		}
		return err
	}))
	must(t, db.Write(ctx, pg.Portal(), func(tx *pg.Tx) error {
		got, err := look(tx)
		if got.Who != "portal" || got.Where != "portal" || got.Isolation != "read committed" || got.ReadOnly != "off" {
			t.Errorf("Write: %+v", got)
		}
		return err
	}))
	err := db.Read(ctx, alpha, func(tx *pg.Tx) error { return put(ctx, tx, "never") })
	if code(err) != "25006" {
		t.Errorf("a Read that writes: %v", err)
	}
}

func TestWriteCommitsOrLeavesNothing(t *testing.T) {
	h := house(t)
	behind := raw(t, h.SuperURL)
	var woken []pg.Realm
	o := options(h.ServiceURL)
	o.Wake = func(r pg.Realm) { woken = append(woken, r) }
	db := door(t, o)
	ctx, alpha := t.Context(), town(t, "alpha")

	must(t, db.Write(ctx, alpha, func(tx *pg.Tx) error { return put(ctx, tx, "kept") }))
	refusal := fault.New(fault.Invalid, "no")
	if err := db.Write(ctx, alpha, func(tx *pg.Tx) error { must(t, put(ctx, tx, "refused")); return refusal }); err != error(refusal) {
		t.Errorf("a refusal comes back as %v", err)
	}
	panics := func() (p any) {
		defer func() { p = recover() }()
		_ = db.Write(ctx, alpha, func(tx *pg.Tx) error { must(t, put(ctx, tx, "panicked")); panic("as it was") })
		return nil
	}
	if p := panics(); p != "as it was" {
		t.Errorf("a panic comes back as %v", p)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = db.Write(ctx, alpha, func(tx *pg.Tx) error { _ = put(ctx, tx, "exited"); runtime.Goexit(); return nil })
	}()
	<-ended
	gone, leave := context.WithCancel(ctx)
	err := db.Write(gone, alpha, func(tx *pg.Tx) error { must(t, put(gone, tx, "left")); leave(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a client that left before the commit: %v", err)
	}
	for key, want := range map[string]int{"kept": 1, "refused": 0, "panicked": 0, "exited": 0, "left": 0} {
		if got := count(t, behind, "t_alpha", key); got != want {
			t.Errorf("%s: %d rows, want %d", key, got, want)
		}
	}
	if len(woken) != 1 || woken[0] != alpha {
		t.Errorf("woken = %v, want alpha once", woken)
	}
	if n := leftInTransaction(t, behind); n != 0 {
		t.Errorf("%d connections idle in a transaction", n)
	}
}

// leftInTransaction counts connections that wait with a transaction open. The
// server notices one that was thrown away a moment later.
func leftInTransaction(t *testing.T, behind *sql.DB) (n int) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		n = query[int](t, behind, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`)
		if n == 0 || time.Now().After(end) {
			return n
		}
	}
}

func TestSealRunsLastAndInTheSameTransaction(t *testing.T) {
	h := house(t)
	behind := raw(t, h.SuperURL)
	ctx, alpha := t.Context(), town(t, "alpha")
	o := options(h.ServiceURL)
	var sealed []pg.Entry
	fail := false
	o.Seal = func(ctx context.Context, tx *pg.Tx, entries []pg.Entry) error {
		sealed = append(sealed, entries...)
		if fail {
			return errors.New("no chain")
		}
		return put(ctx, tx, "sealed")
	}
	db := door(t, o)
	must(t, db.Write(ctx, alpha, func(tx *pg.Tx) error { return put(ctx, tx, "silent") }))
	if len(sealed) != 0 {
		t.Errorf("a Write without entries was sealed: %v", sealed)
	}
	must(t, db.Write(ctx, alpha, func(tx *pg.Tx) error {
		tx.Record(pg.Entry{Action: "a"})
		tx.Record(pg.Entry{Action: "b"})
		return put(ctx, tx, "told")
	}))
	if len(sealed) != 2 || sealed[1].Action != "b" || count(t, behind, "t_alpha", "sealed") != 1 {
		t.Errorf("sealed = %v", sealed)
	}
	fail = true
	if err := db.Write(ctx, alpha, func(tx *pg.Tx) error { tx.Record(pg.Entry{}); return put(ctx, tx, "unsealed") }); err == nil {
		t.Error("a Write whose seal failed was committed")
	}
	if count(t, behind, "t_alpha", "unsealed") != 0 {
		t.Error("the change stands without its entry")
	}
	bare := door(t, options(h.ServiceURL))
	if err := bare.Write(ctx, alpha, func(tx *pg.Tx) error { tx.Record(pg.Entry{}); return nil }); err == nil {
		t.Error("entries were dropped for want of a Seal")
	}
}

func TestACancelledRequestIsNotAnAbsentRow(t *testing.T) {
	db := door(t, options(house(t).ServiceURL))
	err := db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		var n int
		err := tx.Get(t.Context(), &n, `SELECT 1 FROM settings WHERE key = $1`, "absent")
		if !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("an absent row: %v", err)
		}
		if err := tx.Get(halfway{t.Context()}, &n, `SELECT 1 FROM settings WHERE key = $1`, "absent"); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled question: %v", err)
		}
		var all []int
		if err := tx.Select(halfway{t.Context()}, &all, `SELECT 1 FROM settings WHERE key = $1`, "absent"); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled list: %v", err)
		}
		return nil
	})
	must(t, err)
}

// halfway is a context that was cancelled after the driver had looked: lib/pq
// then may say that there are no rows.
type halfway struct{ context.Context }

func (halfway) Err() error { return context.Canceled }

func TestACancelledStatementStopsOnTheServer(t *testing.T) {
	h := house(t)
	behind := raw(t, h.SuperURL)
	o := options(h.ServiceURL)
	o.StatementTimeout = 5 * time.Minute // else it would end by that
	db := door(t, o)
	gone, leave := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, leave)
	err := db.Read(gone, town(t, "alpha"), func(tx *pg.Tx) error {
		_, err := tx.Exec(gone, `SELECT pg_sleep($1)`, 300)
		return err
	})
	if err == nil || pg.Unavailable(err) {
		t.Errorf("a cancelled statement: %v", err)
	}
	for range 3000 {
		if query[int](t, behind, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep($1)%' AND state = 'active'`) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the statement still runs")
}

func TestAStatementEndsInTime(t *testing.T) {
	db := door(t, pg.Options{URL: house(t).ServiceURL, Clock: time.Now, StatementTimeout: 50 * time.Millisecond})
	err := db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `SELECT pg_sleep($1)`, 5)
		return err
	})
	if code(err) != "57014" || pg.Unavailable(err) {
		t.Errorf("a slow statement: %v", err)
	}
}

func TestOneTransactionAtATime(t *testing.T) {
	db := door(t, options(house(t).ServiceURL))
	ctx, alpha := pg.OneAtATime(t.Context()), town(t, "alpha")
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	must(t, db.Read(ctx, alpha, func(*pg.Tx) error {
		for name, open := range map[string]func(context.Context, pg.Realm, func(*pg.Tx) error) error{"Read": db.Read, "Write": db.Class(pg.Staff).Write} {
			if err := open(inner, alpha, func(*pg.Tx) error { return nil }); !errors.Is(err, pg.ErrNested) {
				t.Errorf("%s inside a Read: %v", name, err)
			}
		}
		return nil
	}))
	must(t, db.Write(ctx, alpha, func(*pg.Tx) error { return nil })) // one after another is allowed
}

func TestTheZeroRealmOpensNothing(t *testing.T) {
	h := house(t)
	db := door(t, options(h.ServiceURL))
	if err := db.Read(t.Context(), pg.Realm{}, func(*pg.Tx) error { return nil }); err == nil {
		t.Error("the zero Realm was opened")
	}
	if err := db.Read(t.Context(), town(t, "nowhere"), func(*pg.Tx) error { return nil }); err == nil || pg.Unavailable(err) {
		t.Errorf("a town that does not exist: %v", err)
	}
	// A role without its schema: everything would be looked for in ext.
	_, err := raw(t, h.SuperURL).Exec(`DROP SCHEMA t_gamma CASCADE`)
	must(t, err)
	if err := db.Read(t.Context(), town(t, "gamma"), func(*pg.Tx) error { return nil }); err == nil || pg.Unavailable(err) {
		t.Errorf("a town without a schema: %v", err)
	}
	// And the connection that was refused is as good as new.
	must(t, db.Read(t.Context(), town(t, "alpha"), func(*pg.Tx) error { return nil }))
}

func TestTheAddressSaysSSLMode(t *testing.T) {
	for _, address := range []string{"postgres://u:secret@localhost/db", "host=localhost user=u password=secret", "postgres://u:secret@localhost/db?sslmode="} {
		_, err := pg.Open(t.Context(), options(address))
		if err == nil || !strings.Contains(err.Error(), "sslmode=verify-full") || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%s): %v", address, err)
		}
	}
	for _, address := range []string{"postgres://u:secret@local host/db?sslmode=disable", "postgres://u:sec%ret@host/db?sslmode=disable",
		"host=h sslmode=disable password=sec secret", "host=h sslmode=nothing password=secret"} {
		_, err := pg.Open(t.Context(), options(address))
		if err == nil || !strings.Contains(err.Error(), "cannot be read") || strings.Contains(err.Error(), "sec") {
			t.Errorf("Open(%s): %v", address, err)
		}
	}
}
