package pg

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/lib/pq"
)

// tenantsGroup is the role that holds, once for all towns, the rights in schema
// platform: granting there town by town fails as soon as four do it at once.
const tenantsGroup = "charter_tenant"

// lockSpace keeps our advisory locks apart from everybody else's.
const lockSpace = 0x43485254 // "CHRT"

// lockKey is the advisory lock under which a schema is made, migrated and
// dropped. Two names with one key only wait for each other.
func lockKey(name string) int32 { return int32(crc32.ChecksumIEEE([]byte(name))) }

func (d ddl) lock(name string) error {
	_, err := d.tx.ExecContext(d.ctx, "SELECT pg_advisory_xact_lock($1, $2)", lockSpace, lockKey(name))
	return err
}

const (
	roleExists literal = `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`
	isMember   literal = `SELECT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
		JOIN pg_roles u ON u.oid = m.member WHERE g.rolname = $1 AND u.rolname = $2)`
)

// CreateRealm gives a town (or the portal) its role, its empty schema and its
// rights; the tables come by Migrator.Realm. It may be run again, and several at
// once; it needs Setup before it.
func (a *Admin) CreateRealm(ctx context.Context, r Realm) error {
	if _, err := realmNamed(r.name); err != nil {
		return fmt.Errorf("pg: %w", err)
	}
	if !a.server.IsSetUp {
		return ErrNotSetUp
	}
	err := a.change(ctx, func(d ddl) error {
		if err := d.lock(r.name); err != nil {
			return err
		}
		if err := a.makeRole(d, r); err != nil {
			return err
		}
		return a.makeSchema(d, r.name)
	})
	if err != nil {
		return fmt.Errorf("pg: create %s: %w", r, err)
	}
	return nil
}

// makeRole makes the role that owns nothing, and lets every log-in take it that
// may take the portal's: those are the service's.
func (a *Admin) makeRole(d ddl, r Realm) error {
	if err := d.unless(roleExists, []any{r.name}, "CREATE ROLE %s NOLOGIN", r.name); err != nil {
		return err
	}
	if r.IsTown() {
		if err := d.unless(isMember, []any{tenantsGroup, r.name}, "GRANT %s TO %s", tenantsGroup, r.name); err != nil {
			return err
		}
	}
	if a.server.User != a.server.Owner {
		// Else the owner could not pass the role on when it works for itself.
		if err := d.unless(isMember, []any{r.name, a.server.Owner}, "GRANT %s TO %s WITH ADMIN OPTION", r.name, a.server.Owner); err != nil {
			return err
		}
	}
	services, err := a.services(d)
	if err != nil {
		return err
	}
	for _, s := range services {
		if err := d.unless(isMember, []any{r.name, s}, "GRANT %s TO %s", r.name, s); err != nil {
			return err
		}
	}
	return nil
}

func (a *Admin) services(d ddl) ([]string, error) {
	var names pq.StringArray
	err := d.tx.QueryRowContext(d.ctx, `SELECT coalesce(array_agg(u.rolname::text), '{}') FROM pg_auth_members m
		JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
		WHERE g.rolname = $1 AND u.rolcanlogin AND u.rolname NOT IN ($2, $3)`, portalName, a.server.Owner, a.server.User).Scan(&names)
	return names, err
}

func (a *Admin) makeSchema(d ddl, name string) error {
	var owner string
	err := d.tx.QueryRowContext(d.ctx, `SELECT coalesce((SELECT r.rolname FROM pg_namespace n
		JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = $1), '')`, name).Scan(&owner)
	if err != nil {
		return err
	}
	switch owner {
	case a.server.Owner:
	case "":
		if err := d.do("CREATE SCHEMA %s AUTHORIZATION %s", name, a.server.Owner); err != nil {
			return err
		}
	default:
		return fmt.Errorf("schema %s is there and belongs to %s, not to %s", name, owner, a.server.Owner)
	}
	if err := d.do("GRANT USAGE ON SCHEMA %s TO %s", name, name); err != nil {
		return err
	}
	if err := d.do("ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA %s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %s",
		a.server.Owner, name, name); err != nil {
		return err
	}
	return d.do("ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA %s GRANT USAGE ON SEQUENCES TO %s", a.server.Owner, name, name)
}

// DropRealm removes a town's schema with everything in it, and its role. There
// is no way back but a backup. A role that still has something in another
// database of the server stays.
func (a *Admin) DropRealm(ctx context.Context, r Realm) error {
	if !r.IsTown() {
		return fmt.Errorf("pg: drop %q: not a town", r.name)
	}
	err := a.change(ctx, func(d ddl) error {
		if err := d.lock(r.name); err != nil {
			return err
		}
		if err := d.do("DROP SCHEMA IF EXISTS %s CASCADE", r.name); err != nil {
			return err
		}
		if _, err := d.tx.ExecContext(d.ctx, `DELETE FROM platform.schema_versions WHERE tenant = $1`, r.name); err != nil {
			return err
		}
		_, err := d.tx.ExecContext(d.ctx, `DELETE FROM platform.fences WHERE realm = $1`, r.name)
		return err
	})
	if err != nil {
		return fmt.Errorf("pg: drop %s: %w", r, err)
	}
	err = a.change(ctx, func(d ddl) error { return d.do("DROP ROLE IF EXISTS %s", r.name) })
	if e, ok := errors.AsType[*pq.Error](err); ok && e.Code == dependentObjects {
		return nil
	}
	if err != nil {
		return fmt.Errorf("pg: drop the role of %s: %w", r, err)
	}
	return nil
}

const dependentObjects = "2BP01"
