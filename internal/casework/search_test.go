package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// found searches as the desk does.
func (w *town) found(ctx context.Context, typed string) (numbers []string, err error) {
	err = w.db.Read(ctx, w.realm, func(tx *pg.Tx) error {
		town, err := w.desk.Read(ctx, tx)
		if err != nil {
			return err
		}
		lines, _, err := town.Search(ctx, tx, w.officer, typed)
		for _, l := range lines {
			numbers = append(numbers, l.Number)
		}
		return err
	})
	return numbers, err
}

// Some letters become a quote or another sign when their accents go, and a sign
// means something in a query. Every letter that changes is tried, alone and at the
// beginning of a word.
func TestNoLetterBreaksASearch(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	f := w.filing(casework.Signal)
	f.Title = "Sugedo ʼnamofonas"
	r, err := w.submit(f)
	must(t, err)
	var letters []string
	must(t, w.db.Read(t.Context(), w.realm, func(tx *pg.Tx) error {
		return tx.Select(t.Context(), &letters, `SELECT chr(n) FROM generate_series(128, 65535) n
			WHERE n NOT BETWEEN 55296 AND 57343 AND ext.unaccent(chr(n)) <> chr(n) ORDER BY n`)
	}))
	if len(letters) < 500 {
		t.Fatalf("only %d letters lose an accent", len(letters))
	}
	for some := range slices.Chunk(letters, 4) {
		typed := strings.Join(some, " ") + " " + strings.Join(some, "kelias ") + "kelias"
		if _, err := w.found(t.Context(), typed); err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"ʼnamofonas", "ŉamofonas", "ʼ sugedo", "ʹ", "ʼ", "ŉ", "sugedo ʼnamofono"} {
		got, err := w.found(t.Context(), typed)
		if err != nil {
			t.Errorf("%q: %v", typed, err)
		}
		if strings.Contains(typed, "ofon") && !slices.Equal(got, []string{r.Case.Number}) {
			t.Errorf("%q finds %v", typed, got)
		}
	}
}

// Whoever calls it, a search looks for a few words: more signs than the database's
// parser counts were a defect, and thousands of words kept it busy.
func TestASearchLooksForAFewWords(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	f := w.filing(casework.Signal)
	f.Title = "Sugedo žibintas"
	r, err := w.submit(f)
	must(t, err)
	for typed, want := range map[string]bool{
		"žibintas":                                    true,
		strings.Repeat("-", 100) + "zzz":              true,
		strings.Repeat(`"-`, 100) + "zzz":             true,
		strings.Repeat("- ", 100) + "žibintas":        true,
		strings.Repeat("nieko or ", 7) + "žibintas":   true,
		strings.Repeat("nieko or ", 300) + "žibintas": false,
	} {
		got, err := w.found(t.Context(), typed)
		if err != nil || slices.Contains(got, r.Case.Number) != want {
			t.Errorf("%.40q: %v, %v; want found: %v", typed, got, err, want)
		}
	}
}

func FuzzSearch(f *testing.F) {
	w := open(f).in(f, "klaipeda")
	for _, typed := range []string{"žibintas", "ʼn ʹ ŉ", "& | ! ( :* '", "a\\'b <-> c", "№ ½ ℀", "1/2 'x':*AB"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if _, err := w.found(t.Context(), typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	})
}
