package charter

import (
	"strings"

	"znkr.io/diff"
)

// Change is one section or promise that two versions of a charter do not share
// word for word, in one language.
type Change struct {
	Path  string // within the language, as in Hit
	Title string
	Kind  ChangeKind
	Words []Edit
	// Turned: a promise that became an expectation or the other way round, whatever
	// its words.
	Turned Turn
}

// Turn is what a passage became; empty where it stayed what it was.
type Turn string

// What a promise or an expectation can become.
const (
	IntoExpectation Turn = "expectation"
	IntoPromise     Turn = "promise"
)

// ChangeKind tells what became of a passage.
type ChangeKind string

// A passage was added, removed or worded anew.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Edited  ChangeKind = "edited"
)

// Edit is a run of words that stayed ("same"), went ("removed") or came ("added").
type Edit struct {
	Kind string
	Text string
}

// Diff compares two documents in one language, in the order of the newer one;
// what was removed stands at the end.
func Diff(older, newer *Document, lang string) []Change {
	before := map[string]passage{}
	for _, p := range older.passages(lang) {
		before[p.path] = p
	}
	var changes []Change
	for _, p := range newer.passages(lang) {
		old, stood := before[p.path]
		delete(before, p.path)
		switch {
		case !stood:
			changes = append(changes, Change{Path: p.path, Title: p.title, Kind: Added, Words: []Edit{{"added", p.text()}}})
		case old.text() != p.text() || old.expected != p.expected:
			changes = append(changes, Change{p.path, p.title, Edited, words(old.text(), p.text()), turned(old, p)})
		}
	}
	for _, p := range older.passages(lang) {
		if _, gone := before[p.path]; gone {
			changes = append(changes, Change{Path: p.path, Title: p.title, Kind: Removed, Words: []Edit{{"removed", p.text()}}})
		}
	}
	return changes
}

func turned(old, now passage) Turn {
	switch {
	case old.expected == now.expected:
		return ""
	case now.expected:
		return IntoExpectation
	}
	return IntoPromise
}

// text is a passage as a reader compares it: its heading and its words.
func (p passage) text() string { return strings.TrimSpace(p.title + "\n" + p.body) }

// words compares word by word and joins neighbours of the same fate.
func words(before, after string) []Edit {
	var edits []Edit
	for _, e := range diff.Edits(fields(before), fields(after)) {
		kind, text := "same", e.X
		switch e.Op {
		case diff.Delete:
			kind = "removed"
		case diff.Insert:
			kind, text = "added", e.Y
		}
		if n := len(edits); n > 0 && edits[n-1].Kind == kind {
			edits[n-1].Text += text
			continue
		}
		edits = append(edits, Edit{kind, text})
	}
	return edits
}

// fields splits into words, each with the white space after it, so that joining
// them gives the text back.
func fields(s string) []string {
	var out []string
	for _, line := range strings.SplitAfter(s, "\n") {
		out = append(out, strings.SplitAfter(line, " ")...)
	}
	return out
}
