// Package locales carries the words of the interface: one file per language,
// active.{language}.toml, read by i18n.Load. What the towns say about
// themselves is not here: that is content, and stands in their packages.
//
// A key is written bare (error.not_found.title = "…"). A message that counts has
// one line per plural form of the language (cases.count.one, .few, .many, .other)
// and takes the argument Count. A key that another one goes on from is written in
// quotation marks ("commitment.by" beside commitment.by.residents). A no-break
// space is written \u00a0, so that it can be seen.
package locales

import "embed"

// Files holds every active.*.toml.
//
//go:embed active.*.toml
var Files embed.FS
