// Package migrations holds the tables of the whole house, as SQL files that
// package pg applies in the order of their numbers.
//
// There are three sets: platform (once: the registry and what towns share),
// realm (in every town's schema and in the portal's: users, audit, jobs) and
// tenant (in every town's schema: its charter, its cases). README.md beside this
// file tells how to write one.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed platform/*.sql realm/*.sql tenant/*.sql
var files embed.FS

// Platform is what is applied once, in schema platform.
func Platform() fs.FS { return below("platform") }

// Realm is applied in every town's schema and in the portal's.
func Realm() fs.FS { return below("realm") }

// Tenant is applied in every town's schema, after Realm.
func Tenant() fs.FS { return below("tenant") }

func below(dir string) fs.FS {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // dir is a constant that embed has checked
	}
	return sub
}
