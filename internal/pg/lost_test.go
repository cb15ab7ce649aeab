package pg_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// TestALostCommitIsKnownAsSuch drops replies: whoever wrote must be able to tell
// „nothing was written“ from „nobody knows“.
func TestALostCommitIsKnownAsSuch(t *testing.T) {
	h := house(t)
	behind := raw(t, h.SuperURL)
	p, address := pgtest.NewProxy(t, h.ServiceURL)
	o := options(address)
	o.Pool = 1
	db := door(t, o)
	ctx, alpha := t.Context(), town(t, "alpha")

	tries := 0
	write := func(key string) error {
		return db.Write(ctx, alpha, func(tx *pg.Tx) error { tries++; return put(ctx, tx, key) })
	}
	p.LoseReplyTo("COMMIT\x00")
	err := write("lost commit")
	if !errors.Is(err, pg.ErrUnknown) || !pg.Unavailable(err) {
		t.Errorf("a lost reply to COMMIT: %v", err)
	}
	if count(t, behind, "t_alpha", "lost commit") != 1 || tries != 1 {
		t.Errorf("the row stands %d times after %d tries; want one of each", count(t, behind, "t_alpha", "lost commit"), tries)
	}
	tries = 0
	p.LoseReplyTo("INSERT INTO settings")
	err = write("lost insert")
	if err == nil || errors.Is(err, pg.ErrUnknown) || !pg.Unavailable(err) {
		t.Errorf("a lost reply to INSERT: %v", err)
	}
	if count(t, behind, "t_alpha", "lost insert") != 0 || tries != 1 {
		t.Errorf("after a lost reply to INSERT: %d tries", tries)
	}
	tries = 0
	p.LoseReplyTo("BEGIN")
	if err := write("lost begin"); err != nil || tries != 1 {
		t.Errorf("a lost reply to BEGIN should be tried again unseen: %v after %d tries", err, tries)
	}
	if p.Lost.Load() != 3 {
		t.Errorf("the proxy lost %d replies, want 3", p.Lost.Load())
	}
	// A refusal at COMMIT is no lost COMMIT.
	if err := db.Write(ctx, alpha, func(tx *pg.Tx) error { _, _ = tx.Exec(ctx, `SELECT 1/$1::int`, 0); return nil }); err == nil || errors.Is(err, pg.ErrUnknown) {
		t.Errorf("a failed transaction at COMMIT: %v", err)
	}
}

// TestTheClientDoesNotCutTheCommit cancels the request while COMMIT is under
// way: that must neither undo it nor make it unknown.
func TestTheClientDoesNotCutTheCommit(t *testing.T) {
	t.Parallel() // it mostly waits
	h := house(t)
	behind := raw(t, h.SuperURL)
	_, err := behind.Exec(`CREATE FUNCTION t_alpha.slowly() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON t_alpha.settings DEFERRABLE INITIALLY DEFERRED
		FOR EACH ROW EXECUTE FUNCTION t_alpha.slowly()`)
	must(t, err)
	db := door(t, options(h.ServiceURL))
	ctx, leave := context.WithCancel(t.Context())
	err = db.Write(ctx, town(t, "alpha"), func(tx *pg.Tx) error {
		time.AfterFunc(100*time.Millisecond, leave)
		return put(ctx, tx, "slow")
	})
	if err != nil || count(t, behind, "t_alpha", "slow") != 1 {
		t.Errorf("a client that left during COMMIT: %v, %d rows", err, count(t, behind, "t_alpha", "slow"))
	}
}

// TestASilentNetworkIsGivenUp freezes the connection: no reply, no end.
func TestASilentNetworkIsGivenUp(t *testing.T) {
	t.Parallel() // it mostly waits
	p, address := pgtest.NewProxy(t, house(t).ServiceURL)
	db := door(t, pg.Options{URL: address, Clock: time.Now, Pool: 1, StatementTimeout: 100 * time.Millisecond})
	started := time.Now()
	err := db.Read(t.Context(), town(t, "alpha"), func(tx *pg.Tx) error {
		p.Frozen.Store(true)
		_, err := tx.Exec(t.Context(), `SELECT $1::int`, 1)
		return err
	})
	if took := time.Since(started); err == nil || !pg.Unavailable(err) || took > 40*time.Second {
		t.Errorf("a silent network: %v after %v", err, took)
	}
	p.Frozen.Store(false)
	must(t, db.Read(t.Context(), town(t, "alpha"), func(*pg.Tx) error { return nil }))
}

// TestARestartedServerIsFound crashes the server under a full pool; the service
// goes on by itself.
func TestARestartedServerIsFound(t *testing.T) {
	t.Parallel() // it mostly waits
	server := pgtest.Private(t)
	h := server.New(t)
	must(t, build(h))
	o := options(h.ServiceURL)
	away := fault.New(fault.Unavailable, "later")
	o.Away = func(error) error { return away }
	db := door(t, o)
	ctx, alpha := t.Context(), town(t, "alpha")
	read := func() error {
		return db.Read(ctx, alpha, func(tx *pg.Tx) error { _, err := tx.Exec(ctx, `SELECT $1::int`, 1); return err })
	}
	full := make(chan error)
	for range 8 { // eight idle connections that the crash makes stale
		go func() {
			full <- db.Read(ctx, alpha, func(tx *pg.Tx) error { _, err := tx.Exec(ctx, `SELECT pg_sleep($1)`, 0.1); return err })
		}()
	}
	for range 8 {
		must(t, <-full)
	}
	if n := db.Stats().Open; n < 8 {
		t.Fatalf("only %d connections to make stale", n)
	}
	server.Crashed(t)
	for i := range 20 {
		if err := read(); err != nil {
			t.Fatalf("read %d after the restart: %v", i, err)
		}
	}
	must(t, server.Stop())
	if err := read(); err != error(away) {
		t.Errorf("a server that is down: %v", err)
	}
	must(t, server.Restart(ctx))
	if err := read(); err != nil {
		t.Errorf("after the restart: %v", err)
	}
}
