// Package tenants carries the packages that come with the service: the country
// packs, and the towns that it shows to newcomers.
package tenants

import "embed"

// Files holds packs/{country}/ and one folder for each town; a new folder needs no
// line here.
//
//go:embed all:packs */*.yaml */*.svg
var Files embed.FS
