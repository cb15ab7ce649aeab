package access

import (
	"context"
	"crypto/rand"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// State tells whether a user may sign in.
type State string

// The states of a user.
const (
	Active   State = "active"
	Disabled State = "disabled"
)

// User is an account of the staff as its administrator sees it. No secret is in
// it, not even hashed.
type User struct {
	ID      int64  `db:"id"`
	Actor   string `db:"actor"` // the name in the audit chain
	Roles   Roles  `db:"roles"`
	State   State  `db:"state"`
	Version int64  `db:"version"`
	Profile
	HasPassword  bool `db:"has_password"` // else the invitation is not accepted yet
	SecondFactor bool `db:"second_factor"`
}

// Person gives the audit actor of the user.
func (u User) Person() audit.Actor { return audit.Actor{ID: u.Actor} }

// Roles are stored as a list of words.
type Roles []Role

// Value writes them as jsonb, which goes to the server as text.
func (r Roles) Value() (driver.Value, error) {
	b, err := json.Marshal([]Role(r))
	return string(b), err
}

// Scan reads a jsonb column.
func (r *Roles) Scan(src any) error {
	switch v := src.(type) {
	case []byte:
		return json.Unmarshal(v, (*[]Role)(r))
	case string:
		return json.Unmarshal([]byte(v), (*[]Role)(r))
	}
	return fmt.Errorf("access: cannot read roles from a %T", src)
}

// NewUser is what an administrator enters.
type NewUser struct {
	Profile
	Roles []Role
}

// AddUser makes an account without a password: Invite gives its owner a way to
// set one. Refuses with Invalid per field, Conflict when the address has an
// account here.
func AddUser(ctx context.Context, tx *pg.Tx, actor audit.Actor, in NewUser) (User, error) {
	p := in.clean()
	if err := p.check(); err != nil {
		return User{}, err
	}
	roles, err := checkRoles(tx.Realm, in.Roles)
	if err != nil {
		return User{}, err
	}
	u := User{Actor: "user-" + strings.ToLower(rand.Text()), Roles: roles, State: Active, Version: 1, Profile: p}
	err = tx.Get(ctx, &u.ID, `INSERT INTO users (actor, roles, state, version, created_at)
		VALUES ($1, $2, $3, $4, $5) RETURNING id`, u.Actor, u.Roles, u.State, u.Version, tx.Now)
	if err != nil {
		return User{}, fmt.Errorf("access: add a user: %w", err)
	}
	n, err := tx.Exec(ctx, `INSERT INTO user_profiles (user_id, email, email_folded, email_wanted, name, department, lang)
		VALUES ($1, $2, $3, '', $4, $5, $6) ON CONFLICT (email_folded) DO NOTHING`,
		u.ID, p.Email, fold(p.Email), p.Name, p.Department, p.Lang)
	if err != nil {
		return User{}, fmt.Errorf("access: add a profile: %w", err)
	}
	if n == 0 {
		return User{}, fault.New(fault.Conflict, KeyEmailTaken).On("email", string(KeyEmailTaken))
	}
	if _, err := tx.Exec(ctx, `INSERT INTO user_secrets (user_id, password, totp_step) VALUES ($1, '', 0)`, u.ID); err != nil {
		return User{}, fmt.Errorf("access: add a user's secrets: %w", err)
	}
	record(tx, actor, ActionUserAdd, u.ID, map[string]any{"actor": u.Actor, "roles": roles})
	return u, nil
}

// GetUser finds a user by number; NotFound.
func GetUser(ctx context.Context, tx *pg.Tx, id int64) (User, error) {
	var rows []User
	err := tx.Select(ctx, &rows, `SELECT u.id, u.actor, u.roles, u.state, u.version, p.email, p.name, p.department, p.lang,
			s.password <> '' AS has_password, s.totp_confirmed_at IS NOT NULL AS second_factor
		FROM users u JOIN user_profiles p ON p.user_id = u.id JOIN user_secrets s ON s.user_id = u.id
		WHERE u.id = $1`, id)
	return only(rows, err)
}

// FindUser finds a user by address, whatever its letters; NotFound.
func FindUser(ctx context.Context, tx *pg.Tx, email string) (User, error) {
	var rows []User
	err := tx.Select(ctx, &rows, `SELECT u.id, u.actor, u.roles, u.state, u.version, p.email, p.name, p.department, p.lang,
			s.password <> '' AS has_password, s.totp_confirmed_at IS NOT NULL AS second_factor
		FROM users u JOIN user_profiles p ON p.user_id = u.id JOIN user_secrets s ON s.user_id = u.id
		WHERE p.email_folded = $1`, fold(email))
	return only(rows, err)
}

func only(rows []User, err error) (User, error) {
	if err != nil {
		return User{}, fmt.Errorf("access: find a user: %w", err)
	}
	if len(rows) == 0 {
		return User{}, fault.New(fault.NotFound, KeyNoSuchUser)
	}
	return rows[0], nil
}

// secrets is what a user signs in with; it never leaves the package.
type secrets struct {
	Password      string     `db:"password"`
	OneTimeUntil  *time.Time `db:"one_time_until"`
	TOTP          []byte     `db:"totp"`
	TOTPConfirmed *time.Time `db:"totp_confirmed_at"`
	TOTPStep      int64      `db:"totp_step"`
}

// secretsOf locks them: codes and passwords are used and changed in an order.
func secretsOf(ctx context.Context, tx *pg.Tx, user int64) (secrets, error) {
	var s secrets
	err := tx.Get(ctx, &s, `SELECT password, one_time_until, totp, totp_confirmed_at, totp_step
		FROM user_secrets WHERE user_id = $1 FOR UPDATE`, user)
	if err != nil {
		return secrets{}, fmt.Errorf("access: read a user's secrets: %w", err)
	}
	return s, nil
}
