package browser

import _ "embed"

//go:embed testdata/inspect.js
var inspectJS string

// fault is one thing wrong with a page.
type fault struct{ Check, Text string }

// inspect looks at the page that stands in the tab; lang is the one it should be in.
func (b *tab) inspect(lang string) []fault {
	b.t.Helper()
	return eval[[]fault](b, "("+inspectJS+")({lang: args[0]})", lang)
}
