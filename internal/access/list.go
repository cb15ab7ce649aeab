package access

import (
	"context"
	"encoding/json"
	"fmt"

	"charterhouse/internal/pg"
)

// pageMost bounds a page of users, and namesMost how many are named at once.
const (
	pageMost  = 100
	namesMost = 1000
)

// Page asks for a part of the list: after the last one of the page before (its
// name and number), so many. State "" = all.
type Page struct {
	AfterName string
	AfterID   int64
	Limit     int
	State     State
}

// ListUsers lists users by name, at most a hundred at a time; more tells that
// others follow.
func ListUsers(ctx context.Context, tx *pg.Tx, p Page) (rows []User, more bool, err error) {
	limit := min(max(p.Limit, 1), pageMost)
	err = tx.Select(ctx, &rows, `SELECT u.id, u.actor, u.roles, u.state, u.version, p.email, p.name, p.department, p.lang,
			s.password <> '' AS has_password, s.totp_confirmed_at IS NOT NULL AS second_factor
		FROM users u JOIN user_profiles p ON p.user_id = u.id JOIN user_secrets s ON s.user_id = u.id
		WHERE (p.name, p.user_id) > ($1, $2) AND ($3 = '' OR u.state = $3)
		ORDER BY p.name, p.user_id LIMIT $4`, p.AfterName, p.AfterID, p.State, limit+1)
	if err != nil {
		return nil, false, fmt.Errorf("access: list users: %w", err)
	}
	if len(rows) > limit {
		return rows[:limit], true, nil
	}
	return rows, false, nil
}

// Holders lists the active users who may do something, by name: to whom a case
// can be assigned, who is told of a new one. Who has not accepted the invitation
// yet is not among them: they cannot open what they would be told of. At most a
// thousand; a town has dozens.
func Holders(ctx context.Context, tx *pg.Tx, may Permission) ([]User, error) {
	var roles []Role
	for _, g := range PermissionTable() {
		if g.Permission == may {
			roles = g.Roles
		}
	}
	wanted := make([]string, len(roles))
	for i, r := range roles {
		wanted[i] = string(r)
	}
	var rows []User
	err := tx.Select(ctx, &rows, `SELECT u.id, u.actor, u.roles, u.state, u.version, p.email, p.name, p.department, p.lang,
			s.password <> '' AS has_password, s.totp_confirmed_at IS NOT NULL AS second_factor
		FROM users u JOIN user_profiles p ON p.user_id = u.id JOIN user_secrets s ON s.user_id = u.id
		WHERE u.state = $1 AND s.password <> '' AND u.roles ?| $2 ORDER BY p.name, p.user_id LIMIT $3`, Active, wanted, namesMost)
	if err != nil {
		return nil, fmt.Errorf("access: list who may %s: %w", may, err)
	}
	return rows, nil
}

// Names gives the names behind actors of the audit chain and of cases. Who has
// been forgotten is not in it.
func Names(ctx context.Context, tx *pg.Tx, actors []string) (map[string]string, error) {
	if len(actors) == 0 {
		return map[string]string{}, nil
	}
	list, err := json.Marshal(actors)
	if err != nil {
		return nil, fmt.Errorf("access: actors: %w", err)
	}
	var rows []struct{ Actor, Name string }
	err = tx.Select(ctx, &rows, `SELECT u.actor, p.name FROM users u JOIN user_profiles p ON p.user_id = u.id
		WHERE u.actor IN (SELECT jsonb_array_elements_text($1::jsonb)) LIMIT $2`, string(list), namesMost)
	if err != nil {
		return nil, fmt.Errorf("access: name actors: %w", err)
	}
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.Actor] = r.Name
	}
	return names, nil
}
