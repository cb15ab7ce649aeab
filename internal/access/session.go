package access

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// How long a session lives. A working day, so that nobody is stopped in the
// middle of one and nobody's session outlives it; half an hour without a page,
// because the desks of a one-stop shop stand in the open. That a person was seen
// is written every few minutes only, so an idle session ends after 25 to 30.
const (
	sessionLife  = 12 * time.Hour
	sessionIdle  = 30 * time.Minute
	sessionTouch = 5 * time.Minute
	// halfLife is how long the second step of signing in may take.
	halfLife = 15 * time.Minute
	// sessionsEach bounds how many one person has; the oldest give way.
	sessionsEach = 20
)

// Stage is how far a person has come in.
type Stage string

// The stages. Only in Full is anything permitted.
const (
	StageCode     Stage = "code"     // the second factor is to be shown
	StagePassword Stage = "password" // a one-time password is to be changed
	StageEnrol    Stage = "enrol"    // a second factor is to be set up
	StageFull     Stage = "full"
)

// Principal is who is asking, as the database knows them at this moment: what an
// administrator has just taken away is gone with the next request.
type Principal struct {
	SessionID int64
	User      int64
	Actor     audit.Actor
	Roles     Roles
	Profile
	Stage     Stage
	StartedAt time.Time
	ExpiresAt time.Time
	// Touch: it is time for a short Write with TouchSession, after the reply.
	Touch bool
}

// Can tells whether the principal may do it; nobody can anything before the last
// step of signing in.
func (p Principal) Can(what Permission) bool {
	return p.Stage == StageFull && Permits(p.Roles, what)
}

// Demand is Can as a refusal: Forbidden.
func (p Principal) Demand(what Permission) error {
	if p.Can(what) {
		return nil
	}
	if p.Stage != StageFull {
		return fault.New(fault.Forbidden, KeySignIn)
	}
	return fault.New(fault.Forbidden, KeyForbidden)
}

// NeedsSignIn tells a refusal that signing in would end.
func NeedsSignIn(err error) bool {
	e, ok := fault.Of(err)
	return ok && i18n.Key(e.Key) == KeySignIn
}

// standing is a session with its owner.
type standing struct {
	ID        int64     `db:"id"`
	UserID    int64     `db:"user_id"`
	Second    bool      `db:"second"`
	StartedAt time.Time `db:"started_at"`
	SeenAt    time.Time `db:"seen_at"`
	ExpiresAt time.Time `db:"expires_at"`
	Actor     string    `db:"actor"`
	Roles     Roles     `db:"roles"`
	OneTime   bool      `db:"one_time"`
	HasSecond bool      `db:"has_second"`
	Profile
}

// Session tells whose token it is. Forbidden (NeedsSignIn) when it is unknown
// here, ended, too old, idle for too long, or its owner may not sign in any more.
func (g *Gate) Session(ctx context.Context, tx *pg.Tx, token Token) (Principal, error) {
	if !token.plausible() {
		return Principal{}, fault.New(fault.Forbidden, KeySignIn)
	}
	hash, err := g.mark(ctx, tx, useSession, token.Reveal())
	if err != nil {
		return Principal{}, err
	}
	var rows []standing
	err = tx.Select(ctx, &rows, `SELECT n.id, n.user_id, n.second, n.started_at, n.seen_at, n.expires_at, u.actor, u.roles,
			s.one_time_until IS NOT NULL AS one_time, s.totp_confirmed_at IS NOT NULL AS has_second,
			p.email, p.name, p.department, p.lang
		FROM sessions n JOIN users u ON u.id = n.user_id JOIN user_profiles p ON p.user_id = u.id
			JOIN user_secrets s ON s.user_id = u.id
		WHERE n.hash = $1 AND u.state = $2 AND n.expires_at > $3 AND n.seen_at > $4`,
		hash, Active, tx.Now, tx.Now.Add(-sessionIdle))
	if err != nil {
		return Principal{}, fmt.Errorf("access: read a session: %w", err)
	}
	if len(rows) == 0 {
		return Principal{}, fault.New(fault.Forbidden, KeySignIn)
	}
	s := rows[0]
	return Principal{
		SessionID: s.ID, User: s.UserID, Actor: audit.Actor{ID: s.Actor}, Roles: s.Roles, Profile: s.Profile,
		Stage: g.stage(s), StartedAt: s.StartedAt, ExpiresAt: s.ExpiresAt, Touch: tx.Now.Sub(s.SeenAt) >= sessionTouch,
	}, nil
}

// stage is worked out anew each time, so that a role given or a factor set up
// meanwhile counts at once.
func (g *Gate) stage(s standing) Stage {
	switch {
	case s.HasSecond && !s.Second:
		return StageCode
	case s.OneTime:
		return StagePassword
	case !s.HasSecond && !g.lenient && mustShowSecond(s.Roles):
		return StageEnrol
	}
	return StageFull
}

// TouchSession writes that the principal was seen: after the reply, in a Write of
// its own, when Principal.Touch says so. No audit entry: it is no deed.
func TouchSession(ctx context.Context, tx *pg.Tx, p Principal) error {
	_, err := tx.Exec(ctx, `UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, p.SessionID, tx.Now)
	if err != nil {
		return fmt.Errorf("access: touch a session: %w", err)
	}
	return nil
}

// start makes a session whose life is short until Session calls it full.
func (g *Gate) start(ctx context.Context, tx *pg.Tx, u User, device string) (Token, error) {
	token := newToken()
	hash, err := g.mark(ctx, tx, useSession, token.Reveal())
	if err != nil {
		return "", err
	}
	held, err := secretsOf(ctx, tx, u.ID)
	if err != nil {
		return "", err
	}
	life := sessionLife
	first := standing{Roles: u.Roles, OneTime: held.OneTimeUntil != nil, HasSecond: held.TOTPConfirmed != nil}
	if g.stage(first) != StageFull {
		life = halfLife
	}
	_, err = tx.Exec(ctx, `INSERT INTO sessions (user_id, hash, second, device, started_at, seen_at, expires_at)
		VALUES ($1, $2, false, $3, $4, $4, $5)`, u.ID, hash, shorten(device), tx.Now, tx.Now.Add(life))
	if err != nil {
		return "", fmt.Errorf("access: start a session: %w", err)
	}
	_, err = tx.Exec(ctx, `DELETE FROM sessions WHERE user_id = $1 AND id NOT IN
		(SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT $2)`, u.ID, sessionsEach)
	if err != nil {
		return "", fmt.Errorf("access: end the oldest sessions: %w", err)
	}
	return token, nil
}

// advance gives a session a new token after a step, and with the last step its
// whole life. second tells that the second factor was shown in this step.
func (g *Gate) advance(ctx context.Context, tx *pg.Tx, p Principal, second bool) (Outcome, error) {
	token := newToken()
	hash, err := g.mark(ctx, tx, useSession, token.Reveal())
	if err != nil {
		return Outcome{}, err
	}
	n, err := tx.Exec(ctx, `UPDATE sessions SET hash = $2, second = second OR $3, seen_at = $4 WHERE id = $1`,
		p.SessionID, hash, second, tx.Now)
	if err != nil {
		return Outcome{}, fmt.Errorf("access: renew a session: %w", err)
	}
	if n == 0 {
		return Outcome{}, fault.New(fault.Forbidden, KeySignIn)
	}
	now, err := g.Session(ctx, tx, token)
	if err != nil {
		return Outcome{}, err
	}
	if now.Stage == StageFull && p.Stage != StageFull {
		_, err = tx.Exec(ctx, `UPDATE sessions SET expires_at = $2 WHERE id = $1`, p.SessionID, p.StartedAt.Add(sessionLife))
		if err != nil {
			return Outcome{}, fmt.Errorf("access: lengthen a session: %w", err)
		}
	}
	return Outcome{Token: token, Stage: now.Stage, CodesLeft: -1}, nil
}

// shorten keeps what fits of what the caller calls the device.
func shorten(device string) string {
	device = tidy(strings.ToValidUTF8(device, ""))
	if !typed(device) {
		return ""
	}
	for utf8.RuneCountInString(device) > maxDevice {
		_, last := utf8.DecodeLastRuneInString(device)
		device = device[:len(device)-last]
	}
	return device
}

// refused notes a refusal and gives it as an outcome, so that the transaction
// commits with its audit entry.
func refused(tx *pg.Tx, a Action, actor audit.Actor, user int64, key i18n.Key, field string) Outcome {
	record(tx, actor, a, user, nil)
	return Outcome{Refusal: fault.New(fault.Invalid, key).On(field, string(key)), CodesLeft: -1}
}
