// Package locales carries the words of the interface: one file per language,
// active.{language}.toml, read by i18n.Load. What the towns say about
// themselves is not here: that is content, and stands in their packages.
//
// A key is written bare (error.not_found.title = "…"), a message that counts
// has one line per plural form (cases.count.one, .few, .many, .other). A part of
// a key may not be one of go-i18n's own words: id, description, hash, zero, one,
// two, few, many, other.
package locales

import "embed"

// Files holds every active.*.toml.
//
//go:embed active.*.toml
var Files embed.FS
