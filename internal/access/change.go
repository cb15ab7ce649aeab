package access

import (
	"context"
	"fmt"
	"slices"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// SetRoles gives a user these roles and no others; what was taken away is gone
// with the user's next request. version is the one the form was made from.
// Refuses with Invalid roles, NotFound, Conflict (changed meanwhile; the last
// active administrator), Forbidden (one's own roles).
func SetRoles(ctx context.Context, tx *pg.Tx, actor audit.Actor, user, version int64, roles []Role) error {
	sorted, err := checkRoles(tx.Realm, roles)
	if err != nil {
		return err
	}
	u, err := toChange(ctx, tx, actor, user, version)
	if err != nil {
		return err
	}
	if slices.Equal(u.Roles, sorted) {
		return nil
	}
	if !mustShowSecond(sorted) {
		if err := notTheLast(ctx, tx, u); err != nil {
			return err
		}
	}
	n, err := tx.Exec(ctx, `UPDATE users SET roles = $3, version = version + 1 WHERE id = $1 AND version = $2`, user, version, sorted)
	if err := changed(n, err); err != nil {
		return err
	}
	record(tx, actor, ActionUserRoles, user, map[string]any{"from": u.Roles, "to": sorted})
	return nil
}

// Disable shuts a user out at once: sessions end, mailed links are void. What
// they did stays. Refuses as SetRoles does.
func Disable(ctx context.Context, tx *pg.Tx, actor audit.Actor, user, version int64) error {
	u, err := toChange(ctx, tx, actor, user, version)
	if err != nil {
		return err
	}
	if err := notTheLast(ctx, tx, u); err != nil {
		return err
	}
	if err := setState(ctx, tx, user, version, Disabled); err != nil {
		return err
	}
	record(tx, actor, ActionUserDisable, user, nil)
	return nil
}

// Enable lets a disabled user sign in again, with the password they had.
func Enable(ctx context.Context, tx *pg.Tx, actor audit.Actor, user, version int64) error {
	if _, err := toChange(ctx, tx, actor, user, version); err != nil {
		return err
	}
	if err := setState(ctx, tx, user, version, Active); err != nil {
		return err
	}
	record(tx, actor, ActionUserEnable, user, nil)
	return nil
}

// setState ends sessions and links either way: one that began in the very moment
// of disabling must not come back to life later.
func setState(ctx context.Context, tx *pg.Tx, user, version int64, s State) error {
	n, err := tx.Exec(ctx, `UPDATE users SET state = $3, version = version + 1 WHERE id = $1 AND version = $2`, user, version, s)
	if err := changed(n, err); err != nil {
		return err
	}
	if _, err := endSessions(ctx, tx, user, 0); err != nil {
		return err
	}
	return voidLinks(ctx, tx, user)
}

// Edit changes name, department and language; the address changes by its own
// owner's confirmation only. actor may be the user or an administrator.
func Edit(ctx context.Context, tx *pg.Tx, actor audit.Actor, user, version int64, in Profile) error {
	u, err := GetUser(ctx, tx, user)
	if err != nil {
		return err
	}
	in.Email = u.Email
	in = in.clean()
	if err := in.check(); err != nil {
		return err
	}
	fields := differing(u.Profile, in)
	if len(fields) == 0 {
		return nil
	}
	n, err := tx.Exec(ctx, `UPDATE users SET version = version + 1 WHERE id = $1 AND version = $2`, user, version)
	if err := changed(n, err); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE user_profiles SET name = $2, department = $3, lang = $4 WHERE user_id = $1`,
		user, in.Name, in.Department, in.Lang)
	if err != nil {
		return fmt.Errorf("access: edit a profile: %w", err)
	}
	record(tx, actor, ActionUserEdit, user, map[string]any{"fields": fields})
	return nil
}

// differing names the fields that change; what they hold is no matter of the
// audit chain.
func differing(a, b Profile) (fields []string) {
	if a.Name != b.Name {
		fields = append(fields, "name")
	}
	if a.Department != b.Department {
		fields = append(fields, "department")
	}
	if a.Lang != b.Lang {
		fields = append(fields, "lang")
	}
	return fields
}

// Forget erases who a disabled user was: name, address, password, second factor.
// The account's number and its name in the audit chain stay.
func Forget(ctx context.Context, tx *pg.Tx, actor audit.Actor, user int64) error {
	u, err := GetUser(ctx, tx, user)
	if err != nil {
		return err
	}
	if u.State != Disabled {
		return fault.New(fault.Conflict, KeyStillActive)
	}
	if _, err := endSessions(ctx, tx, user, 0); err != nil {
		return err
	}
	if err := voidLinks(ctx, tx, user); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM recovery_codes WHERE user_id = $1`, user); err != nil {
		return fmt.Errorf("access: forget recovery codes: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM user_secrets WHERE user_id = $1`, user); err != nil {
		return fmt.Errorf("access: forget secrets: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM user_profiles WHERE user_id = $1`, user); err != nil {
		return fmt.Errorf("access: forget a profile: %w", err)
	}
	record(tx, actor, ActionUserForget, user, nil)
	return nil
}

// toChange reads a user whose power is to be changed, by somebody else.
func toChange(ctx context.Context, tx *pg.Tx, actor audit.Actor, user, version int64) (User, error) {
	if err := lockAdministrators(ctx, tx); err != nil {
		return User{}, err
	}
	u, err := GetUser(ctx, tx, user)
	switch {
	case err != nil:
		return User{}, err
	case u.Actor == actor.ID:
		return User{}, fault.New(fault.Forbidden, KeyYourself)
	case u.Version != version:
		return User{}, fault.New(fault.Conflict, KeyChanged)
	}
	return u, nil
}

// lockAdministrators gives changes of power an order: two administrators who
// disable each other at once must not both succeed. Nobody's secret or session
// is locked before.
func lockAdministrators(ctx context.Context, tx *pg.Tx) error {
	var ids []int64
	err := tx.Select(ctx, &ids, `SELECT id FROM users WHERE state = $1 AND (roles @> '["administrator"]' OR roles @> '["operator"]')
		ORDER BY id FOR UPDATE`, Active)
	if err != nil {
		return fmt.Errorf("access: lock the administrators: %w", err)
	}
	return nil
}

// notTheLast keeps a realm from losing the last person who can let others in.
func notTheLast(ctx context.Context, tx *pg.Tx, u User) error {
	if u.State != Active || !mustShowSecond(u.Roles) {
		return nil
	}
	var others int
	err := tx.Get(ctx, &others, `SELECT count(*) FROM users
		WHERE state = $1 AND id <> $2 AND (roles @> '["administrator"]' OR roles @> '["operator"]')`, Active, u.ID)
	if err != nil {
		return fmt.Errorf("access: count the administrators: %w", err)
	}
	if others == 0 {
		return fault.New(fault.Conflict, KeyLastAdministrator)
	}
	return nil
}

func changed(n int64, err error) error {
	if err != nil {
		return fmt.Errorf("access: change a user: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, KeyChanged)
	}
	return nil
}
