package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"time"

	"charterhouse/config"
	"charterhouse/internal/app"
	"charterhouse/internal/pg/embedded"
	"charterhouse/internal/provision"
	"charterhouse/tenants"
)

// ownSlugs are the names of the towns that the program has a package of their own
// for, by country and national code.
func (p *place) ownSlugs() (map[string]string, error) {
	slugs := map[string]string{}
	for _, slug := range samples() {
		dir, err := fs.Sub(tenants.Files, slug)
		if err != nil {
			return nil, err
		}
		t, problems := provision.Load(dir, p.packs, p.say)
		if len(problems) > 0 {
			return nil, fmt.Errorf("the package of %s: %s", slug, problems[0])
		}
		slugs[t.Country+t.Code] = t.Slug
	}
	return slugs, nil
}

// municipal lists as many municipalities as are wanted, of both countries alike.
func (b *bench) municipal() (towns []town, err error) {
	own, err := b.ownSlugs()
	if err != nil {
		return nil, err
	}
	var lists [][]provision.Municipality
	for _, country := range []string{"lt", "bg"} {
		list, err := provision.Municipalities(tenants.Files, country)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	for i := range max(len(lists[0]), len(lists[1])) {
		for _, list := range lists {
			if i < len(list) && len(towns) < b.municipalities {
				m := list[i]
				towns = append(towns, town{cmp.Or(own[m.Country+m.Code], m.Slug), m.Country})
			}
		}
	}
	return towns, nil
}

// populate makes the municipalities and their cases as `charter sample` does.
func (b *bench) populate(ctx context.Context, towns []town, at string) error {
	if _, err := b.super.ExecContext(ctx, "CREATE DATABASE "+nation+" OWNER "+embedded.Owner); err != nil {
		return err
	}
	s, err := b.settings(nation)
	if err != nil {
		return err
	}
	s.AdminDatabaseURL = config.Secret(b.server.SuperURL(nation))
	if err := app.Setup(ctx, s, io.Discard); err != nil {
		return err
	}
	s.AdminDatabaseURL = config.Secret(b.server.OwnerURL(nation))
	order := app.SampleMany{Countries: []string{"lt", "bg"}, Seed: 1, Cases: b.cases}
	for _, t := range towns {
		order.Only = append(order.Only, t.slug)
	}
	began := time.Now()
	if err := app.SampleMunicipalities(ctx, s, order, io.Discard); err != nil {
		return err
	}
	took := time.Since(began)
	b.table.add(figure{
		what: "cases made up a second, with their towns", runs: sample{float64(len(towns)*b.cases) / took.Seconds()},
		note: fmt.Sprintf("%s in %.0f s", at, took.Seconds()),
	})
	super, err := b.superOf(nation)
	if err != nil {
		return err
	}
	defer super.Close()
	_, err = super.ExecContext(ctx, "VACUUM ANALYZE") // the server would do it within minutes
	return err
}

// recount is `charter results recompute`: all months of all towns.
func (b *bench) recount(ctx context.Context, at string) error {
	var said bytes.Buffer
	c := exec.CommandContext(ctx, b.program, "results", "recompute")
	c.Env, c.Stdout, c.Stderr = b.environment(nation), &said, &said
	began := time.Now()
	if err := c.Run(); err != nil {
		return fmt.Errorf("charter results recompute: %w: %s", err, said.String())
	}
	took := time.Since(began).Seconds()
	b.table.add(figure{
		what: "full recomputation, " + at, runs: sample{took}, unit: " s", digits: 1,
		note: fmt.Sprintf("%.0f cases a second", float64(b.municipalities*b.cases)/took),
	})
	return nil
}

func (b *bench) nationSize(ctx context.Context, at string) error {
	super, err := b.superOf(nation)
	if err != nil {
		return err
	}
	defer super.Close()
	var whole, facts float64
	if err := super.QueryRowContext(ctx, "SELECT pg_database_size('"+nation+"'), pg_total_relation_size('platform.facts')").Scan(&whole, &facts); err != nil {
		return err
	}
	b.table.add(figure{
		what: "size of the database, " + at, runs: sample{whole / megabyte}, unit: " MB",
		note: fmt.Sprintf("of it what the portal reads %.1f MB", facts/megabyte),
	})
	return nil
}
