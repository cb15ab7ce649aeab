package pg

import (
	"context"
	"errors"
	"fmt"

	"github.com/lib/pq"
)

// ErrNotSetUp says what to do when the database is still empty.
var ErrNotSetUp = errors.New("pg: the database is not set up: run „charter setup“ with CHARTER_ADMIN_DATABASE_URL")

// minVersion is PostgreSQL 15: from it on nobody may create in schema public.
const minVersion = 150000

// Setup prepares an empty database, or brings an old one up to date: schemas
// platform and ext with the extensions, the roles, the portal's realm, and the
// rights that must not be. serviceURL is CHARTER_DATABASE_URL: its user is
// created if it is missing, and stripped of rights it should not have. Setup may
// be run again at any time, and says in its error what is missing.
func (a *Admin) Setup(ctx context.Context, serviceURL string) error {
	service, err := configOf(serviceURL)
	if err != nil {
		return err
	}
	if err := a.fit(service); err != nil {
		return err
	}
	err = a.change(ctx, func(d ddl) error {
		if err := d.lock("setup"); err != nil {
			return err
		}
		for _, step := range []func(ddl) error{
			a.makeOwner,
			func(d ddl) error { return a.makeService(d, service) },
			a.makeGroup,
			a.makeShared,
			func(d ddl) error { return a.makePortal(d, service.User) },
			a.makeExtensions,
			a.takeRights,
		} {
			if err := step(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("pg: set up the database: %w", err)
	}
	return a.look(ctx)
}

// fit refuses a server or a pair of credentials that cannot work.
func (a *Admin) fit(service pq.Config) error {
	switch s := a.server; {
	case s.Version < minVersion:
		return fmt.Errorf("pg: this PostgreSQL is version %d; 15 or later is needed", s.Version/10000)
	case service.Database != s.Database:
		return fmt.Errorf("pg: CHARTER_DATABASE_URL names database %q, CHARTER_ADMIN_DATABASE_URL %q: they must be the same", service.Database, s.Database)
	case service.User == s.User || service.User == s.Owner:
		return fmt.Errorf("pg: CHARTER_DATABASE_URL and CHARTER_ADMIN_DATABASE_URL both log in as %q: "+
			"the service needs a user of its own, without rights", service.User)
	case s.OwnerExists && !s.MayBeOwner:
		return fmt.Errorf("pg: schema platform belongs to %q, and %q is no member of that role: log in as %q", s.Owner, s.User, s.Owner)
	}
	return nil
}

func (a *Admin) makeOwner(d ddl) error {
	if !a.server.OwnerExists {
		if err := d.unless(roleExists, []any{a.server.Owner}, "CREATE ROLE %s NOLOGIN CREATEROLE", a.server.Owner); err != nil {
			return err
		}
	}
	return d.unless(`SELECT has_database_privilege($1, current_database(), 'CREATE')`, []any{a.server.Owner},
		"GRANT CREATE ON DATABASE %s TO %s", a.server.Database, a.server.Owner)
}

// makeService makes the service's log-in, or takes from an existing one what it
// must not have. The password travels as a verifier, so that it does not end in
// the server's log.
func (a *Admin) makeService(d ddl, service pq.Config) error {
	there, err := d.is(roleExists, service.User)
	if err != nil {
		return err
	}
	if !there {
		verifier, err := scramVerifier(service.Password)
		if err != nil {
			return fmt.Errorf("create role %q: %w", service.User, err)
		}
		// Not by exec, whose error repeats the statement.
		_, err = d.tx.ExecContext(d.ctx, "CREATE ROLE "+quote(service.User)+" LOGIN NOINHERIT PASSWORD '"+verifier+"'")
		return err
	}
	return d.unless(`SELECT NOT (rolsuper OR rolinherit OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)
		FROM pg_roles WHERE rolname = $1`, []any{service.User}, a.stripping(), service.User)
}

// stripping: only a superuser may say NOSUPERUSER, even to a role that is none.
func (a *Admin) stripping() string {
	if a.server.Super {
		return "ALTER ROLE %s NOSUPERUSER NOBYPASSRLS NOREPLICATION NOINHERIT NOCREATEROLE NOCREATEDB"
	}
	return "ALTER ROLE %s NOINHERIT NOCREATEROLE NOCREATEDB"
}

func (a *Admin) makeGroup(d ddl) error {
	if err := d.unless(roleExists, []any{tenantsGroup}, "CREATE ROLE %s NOLOGIN", tenantsGroup); err != nil {
		return err
	}
	if a.server.User == a.server.Owner {
		return nil
	}
	return d.unless(isMember, []any{tenantsGroup, a.server.Owner}, "GRANT %s TO %s WITH ADMIN OPTION", tenantsGroup, a.server.Owner)
}

func (a *Admin) makeShared(d ddl) error {
	for _, schema := range []string{"platform", "ext"} {
		if err := d.unless(`SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)`, []any{schema},
			"CREATE SCHEMA %s AUTHORIZATION %s", schema, a.server.Owner); err != nil {
			return err
		}
		if err := d.do("GRANT USAGE ON SCHEMA %s TO %s", schema, tenantsGroup); err != nil {
			return err
		}
	}
	return nil
}

// makePortal makes the portal's realm, and lets the service be every realm that
// is there already: its user may be a new one.
func (a *Admin) makePortal(d ddl, service string) error {
	if err := d.unless(roleExists, []any{portalName}, "CREATE ROLE %s NOLOGIN", portalName); err != nil {
		return err
	}
	if err := d.unless(isMember, []any{portalName, service}, "GRANT %s TO %s", portalName, service); err != nil {
		return err
	}
	for _, schema := range []string{"platform", "ext"} {
		if err := d.do("GRANT USAGE ON SCHEMA %s TO %s", schema, portalName); err != nil {
			return err
		}
	}
	var names pq.StringArray
	err := d.tx.QueryRowContext(d.ctx, `SELECT coalesce(array_agg(nspname::text ORDER BY nspname), '{}') FROM pg_namespace
		WHERE nspname = $1 OR nspname LIKE $2`, portalName, townPattern).Scan(&names)
	if err != nil {
		return err
	}
	for _, name := range append(names, portalName) {
		r, err := realmNamed(name)
		if err != nil {
			continue // somebody else's schema
		}
		if err := a.makeRole(d, r); err != nil {
			return err
		}
	}
	return a.makeSchema(d, portalName)
}

// townPattern finds the schemas of towns in the catalogue.
const townPattern = `t\_%`

// makeExtensions puts the extensions where no town can shadow them.
func (a *Admin) makeExtensions(d ddl) error {
	for _, name := range []string{"unaccent", "pg_trgm"} {
		var schema string
		var available, may bool
		err := d.tx.QueryRowContext(d.ctx, `SELECT
				coalesce((SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = $1), ''),
				EXISTS (SELECT FROM pg_available_extensions WHERE name = $1),
				$2 OR coalesce((SELECT bool_or(trusted) FROM pg_available_extension_versions WHERE name = $1), false)
					AND has_database_privilege(current_database(), 'CREATE')`, name, a.server.Super).Scan(&schema, &available, &may)
		switch {
		case err != nil:
			return err
		case schema == "ext":
		case schema != "":
			err = d.do("ALTER EXTENSION %s SET SCHEMA ext", name)
		case !available:
			err = fmt.Errorf("the server lacks the extension %s: install its package of extensions (Debian: postgresql-contrib, part of postgresql)", name)
		case !may:
			err = fmt.Errorf("%s may not create the extension %s: a superuser runs CREATE EXTENSION %s WITH SCHEMA ext, then setup again", a.server.User, name, name)
		default:
			err = d.do("CREATE EXTENSION %s WITH SCHEMA ext", name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
