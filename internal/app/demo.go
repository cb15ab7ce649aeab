package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"slices"

	"charterhouse/config"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/embedded"
	"charterhouse/internal/provision"
	"charterhouse/tenants"
)

// DemoDefaults are the settings a demonstration begins with.
func DemoDefaults() map[string]any {
	return map[string]any{
		"environment": config.Demo, "http_addr": "127.0.0.1:8080", "log_format": "text", "log_level": "warn",
	}
}

// Demo is `make run`: a private PostgreSQL, the four towns, and the service, until
// ctx ends. load reads the settings with the private server's addresses forced.
// clone is the source tree, where the data are kept if the server can reach it.
func Demo(ctx context.Context, clone string, load func(forced map[string]any) (*config.Loaded, error), out io.Writer) error {
	if err := embedded.FollowParent(); err != nil {
		return err
	}
	own, err := load(nil)
	if err != nil {
		return err
	}
	if own.DatabaseURL != "" {
		return show(ctx, &own.Settings, own.AdminDatabaseURL, out)
	}
	dir, elsewhere, err := embedded.Place(clone)
	if err != nil {
		return err
	}
	if elsewhere {
		fmt.Fprintf(out, "The data are kept in %s.\n", dir)
	}
	server, err := embedded.Start(ctx, embedded.Options{Dir: dir, Clone: clone})
	if err != nil {
		return err
	}
	defer server.Stop()
	// A server that ends by itself ends the demonstration too.
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		<-server.Done()
		cancel(errEnded)
	}()
	loaded, err := load(map[string]any{
		"database_url": server.ServiceURL(embedded.Database), "admin_database_url": server.OwnerURL(embedded.Database),
	})
	if err != nil {
		return err
	}
	// The superuser sets up, because only it can take set_config from everybody.
	err = show(ctx, &loaded.Settings, config.Secret(server.SuperURL(embedded.Database)), out)
	if errors.Is(context.Cause(ctx), errEnded) {
		err = errors.Join(err, fmt.Errorf("%w; its log stands in %s", errEnded, dir))
	}
	return err
}

// RunningDemo gives the settings that name the database of the demonstration that
// runs from the clone, and where its data are; false when none runs.
func RunningDemo(clone string) (forced map[string]any, dir string, runs bool) {
	dir, _, err := embedded.Place(clone)
	if err != nil {
		return nil, "", false
	}
	owner, service, runs := embedded.Running(dir)
	return map[string]any{"database_url": service, "admin_database_url": owner}, dir, runs
}

var errEnded = errors.New("the private PostgreSQL has ended")

// show prepares the towns and serves them; setup is the credential to set up with.
func show(ctx context.Context, s *config.Settings, setup config.Secret, out io.Writer) error {
	if err := Prepare(ctx, s, setup, out); err != nil {
		return err
	}
	if err := fillDemo(ctx, s, demoCases, out); err != nil {
		return err
	}
	shown, err := shownSamples(ctx, s)
	if err != nil {
		return err
	}
	return Serve(ctx, s, out, func(addr net.Addr) {
		invite(out, s, addr)
		if err := inviteStaff(out, s, addr); err != nil {
			fmt.Fprintln(out, err)
		}
		inviteToFollow(out, shown)
	})
}

// demoCases is how many cases of about a year each town of a demonstration gets: a
// dozen written by hand is too few to tell whether a promise is kept.
const (
	demoCases = 720
	demoSeed  = 3
)

// fillDemo makes so many cases of each town up, once; they are marked as samples.
func fillDemo(ctx context.Context, s *config.Settings, cases int, out io.Writer) error {
	return withAdmin(ctx, s, func(h *house, admin *pg.Admin) error {
		if filled, err := demoFilled(ctx, admin, cases); err != nil || filled {
			return err
		}
		f, err := h.filler(ctx, admin, SampleMany{Countries: slices.Sorted(maps.Keys(h.packs)), Cases: cases, Seed: demoSeed, Only: samples()}, io.Discard)
		if err != nil {
			return err
		}
		if err := f.fill(ctx); err != nil {
			return err
		}
		if f.cases > 0 {
			fmt.Fprintf(out, "%d more sample cases, made up, show whether the promises are kept\n", f.cases)
		}
		return nil
	})
}

// demoFilled tells whether no town would get any more cases: they stand, or it has
// its own. Only a first start has to read two countries and make cases up to know.
func demoFilled(ctx context.Context, admin *pg.Admin, cases int) (bool, error) {
	filled := true
	for _, slug := range samples() {
		realm, err := pg.Town(slug)
		if err != nil {
			return false, err
		}
		err = admin.Read(ctx, realm, func(tx *pg.Tx) error {
			own, err := casework.HasOwnCases(ctx, tx)
			if err != nil || own {
				return err
			}
			n, err := casework.CountSamples(ctx, tx)
			filled = filled && n >= cases
			return err
		})
		if err != nil {
			return false, fmt.Errorf("sample cases of %s: %w", slug, err)
		}
	}
	return filled, nil
}

// Prepare sets up, migrates and provisions the four towns, with their sample cases
// where this is a demonstration, and tells out how far it is; what stands already
// is left as it is. setup is the credential to set up with.
func Prepare(ctx context.Context, s *config.Settings, setup config.Secret, out io.Writer) error {
	h, err := newHouse(s)
	if err != nil {
		return err
	}
	super, err := pg.OpenAdmin(ctx, h.options(setup, 2))
	if err != nil {
		return err
	}
	if err := errors.Join(h.setup(ctx, super), super.Close()); err != nil {
		return err
	}
	admin, err := h.admin(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := h.migrate(ctx, admin, out); err != nil {
		return err
	}
	var towns []provision.Town
	for _, slug := range samples() {
		dir, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return err
		}
		town, err := h.loadTown(dir, "en")
		if err != nil {
			return fmt.Errorf("the town %s of this program: %w", slug, err)
		}
		if s.Environment == config.Demo {
			town.Profile.Departments = append(town.Profile.Departments, demoDepartments(slug)...)
		}
		towns = append(towns, town)
	}
	if _, err = h.create(ctx, towns, false, out); err != nil || s.Environment != config.Demo {
		return err
	}
	// The accounts come first: sample cases are handled by them.
	if err := h.demoStaff(ctx, admin); err != nil {
		return err
	}
	// Where visitors have filed cases, the samples stand from the run before.
	_, err = h.loadSamples(ctx, admin, samples(), out)
	return err
}

// invite prints the addresses, last of all.
func invite(out io.Writer, s *config.Settings, addr net.Addr) {
	_, port, _ := net.SplitHostPort(addr.String())
	fmt.Fprintf(out, "\nCharterhouse is running. Ctrl-C ends it; the data stay.\n\n")
	fmt.Fprintf(out, "  http://%s:%s/  the portal\n", s.BaseDomain, port)
	for _, slug := range samples() {
		fmt.Fprintf(out, "  http://%s.%s:%s/\n", slug, s.BaseDomain, port)
	}
	fmt.Fprintln(out)
}
