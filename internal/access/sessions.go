package access

import (
	"context"
	"fmt"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// OpenSession is one of a person's own sessions, as the page of the account
// shows it.
type OpenSession struct {
	ID        int64     `db:"id"`
	Device    string    `db:"device"`
	StartedAt time.Time `db:"started_at"`
	SeenAt    time.Time `db:"seen_at"`
	Current   bool      `db:"current"`
}

// OwnSessions lists where the principal is signed in, last seen first: at most
// twenty.
func OwnSessions(ctx context.Context, tx *pg.Tx, p Principal) ([]OpenSession, error) {
	var rows []OpenSession
	err := tx.Select(ctx, &rows, `SELECT id, device, started_at, seen_at, id = $2 AS current FROM sessions
		WHERE user_id = $1 AND expires_at > $3 AND seen_at > $4 ORDER BY seen_at DESC, id DESC LIMIT $5`,
		p.User, p.SessionID, tx.Now, tx.Now.Add(-sessionIdle), sessionsEach)
	if err != nil {
		return nil, fmt.Errorf("access: list sessions: %w", err)
	}
	return rows, nil
}

// EndSession ends one of the principal's own sessions; NotFound for anybody
// else's. Signing out is ending the current one.
func EndSession(ctx context.Context, tx *pg.Tx, p Principal, id int64) error {
	n, err := tx.Exec(ctx, `DELETE FROM sessions WHERE id = $1 AND user_id = $2`, id, p.User)
	if err != nil {
		return fmt.Errorf("access: end a session: %w", err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, KeyNoSuchSession)
	}
	record(tx, p.Actor, ActionSessionEnd, p.User, map[string]any{"session": id})
	return nil
}

// LogOut ends the principal's current session.
func LogOut(ctx context.Context, tx *pg.Tx, p Principal) error {
	return EndSession(ctx, tx, p, p.SessionID)
}

// EndOtherSessions ends all of the principal's sessions but this one, and tells
// how many there were.
func EndOtherSessions(ctx context.Context, tx *pg.Tx, p Principal) (int64, error) {
	n, err := endSessions(ctx, tx, p.User, p.SessionID)
	if err == nil {
		record(tx, p.Actor, ActionSessionsEnd, p.User, map[string]any{"ended": n})
	}
	return n, err
}

// EndSessionsOf ends all sessions of a user, for an administrator.
func EndSessionsOf(ctx context.Context, tx *pg.Tx, actor audit.Actor, user int64) error {
	if _, err := GetUser(ctx, tx, user); err != nil {
		return err
	}
	n, err := endSessions(ctx, tx, user, 0)
	if err == nil {
		record(tx, actor, ActionSessionsEnd, user, map[string]any{"ended": n})
	}
	return err
}

// endSessions ends the sessions of a user but for one; 0 spares none.
func endSessions(ctx context.Context, tx *pg.Tx, user, but int64) (int64, error) {
	n, err := tx.Exec(ctx, `DELETE FROM sessions WHERE user_id = $1 AND id <> $2`, user, but)
	if err != nil {
		return 0, fmt.Errorf("access: end sessions: %w", err)
	}
	return n, nil
}

// endByToken ends the session a browser came with, so that no token from before
// the log-in is worth anything after it.
func (g *Gate) endByToken(ctx context.Context, tx *pg.Tx, t Token) error {
	if !t.plausible() {
		return nil
	}
	hash, err := g.mark(ctx, tx, useSession, t.Reveal())
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE hash = $1`, hash); err != nil {
		return fmt.Errorf("access: end the session before: %w", err)
	}
	return nil
}
