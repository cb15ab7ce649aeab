package charter

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"charterhouse/internal/i18n"
)

func document(sections ...Section) *Document {
	return &Document{Title: i18n.Text{"lt": "Chartija"}, Sections: sections}
}

func section(key, title, body string) Section {
	return Section{Key: key, Title: i18n.Text{"lt": title}, Body: i18n.Text{"lt": body}}
}

func TestDiffNamesWhatWasAddedRemovedAndReworded(t *testing.T) {
	older := document(section("a", "Vertybės", "Atsakome greitai ir mandagiai."), section("b", "Pabaiga", "Ačiū."))
	newer := document(section("a", "Vertybės", "Atsakome greitai ir aiškiai."), section("c", "Kanalai", "Rašykite."))

	changes := Diff(older, newer, "lt")

	want := []struct {
		path string
		kind ChangeKind
	}{{"/charter#a", Edited}, {"/charter#c", Added}, {"/charter#b", Removed}}
	if len(changes) != len(want) {
		t.Fatalf("%d changes, want %d: %+v", len(changes), len(want), changes)
	}
	for i, w := range want {
		if changes[i].Path != w.path || changes[i].Kind != w.kind {
			t.Errorf("change %d is %s %s, want %s %s", i, changes[i].Kind, changes[i].Path, w.kind, w.path)
		}
	}
	var removed, added string
	for _, e := range changes[0].Words {
		switch e.Kind {
		case "removed":
			removed += e.Text
		case "added":
			added += e.Text
		}
	}
	if removed != "mandagiai." || added != "aiškiai." {
		t.Errorf("removed %q and added %q, want only the word that changed", removed, added)
	}
	if got := Diff(newer, newer, "lt"); len(got) != 0 {
		t.Errorf("a version differs from itself: %+v", got)
	}
}

// That a promise was taken back to an expectation is a change, whatever its words.
func TestDiffTellsThatAPromiseBecameAnExpectation(t *testing.T) {
	with := func(expectation bool) *Document {
		s := section("a", "Gyventojai", "")
		s.Groups = []Group{{Key: "g", Promisor: Residents, Expectation: expectation, Commitments: []Commitment{{Key: "k", Text: i18n.Text{"lt": "Bendraujame pagarbiai."}}}}}
		return document(s)
	}
	for _, c := range []struct {
		before, after bool
		want          Turn
	}{{false, true, IntoExpectation}, {true, false, IntoPromise}} {
		changes := Diff(with(c.before), with(c.after), "lt")
		if len(changes) != 1 || changes[0].Path != "/commitments/k" || changes[0].Turned != c.want {
			t.Errorf("expectation %v, then %v: %+v", c.before, c.after, changes)
		}
	}
}

// A diff is honest when both texts can be read back out of it.
func TestDiffGivesBothTextsBack(t *testing.T) {
	word := rapid.SampledFrom([]string{"mes", "atsakome", "per", "tris", "dienas", "ir\n", "„taip“", "–"})
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOf(word).Draw(t, "before"), " ")
		after := strings.Join(rapid.SliceOf(word).Draw(t, "after"), " ")
		var old, fresh strings.Builder
		for _, e := range words(before, after) {
			if e.Kind != "added" {
				old.WriteString(e.Text)
			}
			if e.Kind != "removed" {
				fresh.WriteString(e.Text)
			}
		}
		if old.String() != before || fresh.String() != after {
			t.Fatalf("%q and %q came back as %q and %q", before, after, old.String(), fresh.String())
		}
	})
}
