package pg

import (
	"fmt"
	"io/fs"
	"regexp"

	"github.com/pressly/goose/v3"
)

// Sets are the migration files: package migrations has them.
type Sets struct {
	Platform fs.FS // once, in schema platform
	Realm    fs.FS // in every town's schema and in the portal's
	Tenant   fs.FS // in every town's schema, after Realm
}

const (
	setPlatform = "platform"
	setRealm    = "realm"
	setTenant   = "tenant"
)

// set is one of them, read.
type set struct {
	name     string
	files    fs.FS
	versions []int64
	// restrictions are the tables of each version that not everything is allowed in.
	restrictions map[int64][]restriction
}

func (s Sets) read() ([]set, error) {
	sets := []set{{name: setPlatform, files: s.Platform}, {name: setRealm, files: s.Realm}, {name: setTenant, files: s.Tenant}}
	for i := range sets {
		if err := sets[i].read(); err != nil {
			return nil, fmt.Errorf("set %s: %w", sets[i].name, err)
		}
	}
	return sets, nil
}

var noTransaction = regexp.MustCompile(`(?im)^\s*--\s*\+goose\s+NO\s+TRANSACTION`)

func (s *set) read() error {
	s.restrictions = map[int64][]restriction{}
	names, err := fs.Glob(s.files, "*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		raw, err := fs.ReadFile(s.files, name)
		if err != nil {
			return err
		}
		if noTransaction.Match(raw) {
			return fmt.Errorf("%s is marked NO TRANSACTION: half of it could stand after a crash", name)
		}
		version, err := goose.NumericComponent(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.versions = append(s.versions, version)
		if s.restrictions[version], err = restrictions(string(raw)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if len(s.versions) == 0 {
		return fmt.Errorf("there are no files")
	}
	return nil
}

// setsOf tells which sets a schema has, in their order.
func (m *Migrator) setsOf(schema string) []set {
	switch schema {
	case setPlatform:
		return m.sets[:1]
	case portalName:
		return m.sets[1:2]
	}
	return m.sets[1:]
}
