package tenant

import (
	"context"
	"time"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// State of a town in the registry. A town that is not active answers 404.
type State string

// The states of a town.
const (
	Provisioning State = "provisioning"
	Active       State = "active"
	Suspended    State = "suspended"
)

// Town is one row of the registry: what must be known of a town before its own
// schema is opened.
type Town struct {
	ID         int64
	Slug       string
	State      State
	Realm      pg.Realm
	Country    string
	Zone       *time.Location
	Languages  []string // the first is the town's own
	Name       i18n.Text
	ShortName  i18n.Text
	Region     i18n.Text
	Population int
	Brand      string // #rrggbb
	Origin     string // scheme://host[:port], the only source of absolute links
	Domains    []string
	Sample     bool
	// Revision grows with every published change; part of every page's cache key.
	Revision int64
}

// Directory is one reading of the registry, immutable: the hosts and the towns.
type Directory struct {
	towns  []Town
	byHost map[string]int
}

// ByHost finds the active town whose exact host this is (lower case, no port).
func (d *Directory) ByHost(host string) (Town, bool) {
	i, ok := d.byHost[host]
	if !ok {
		return Town{}, false
	}
	return d.towns[i], true
}

// Towns lists the active towns by country, region and name; treat as read-only.
func (d *Directory) Towns() []Town { return d.towns }

// Read loads the registry; called once a second by each instance.
func Read(ctx context.Context, tx *pg.Tx) (*Directory, error) { panic("contract") }
