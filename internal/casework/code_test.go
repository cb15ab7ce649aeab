package casework_test

import (
	"crypto/rand"
	"math"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

const codeLength = 17

// The check sign finds every wrong sign and every two that were swapped, in any
// places.
func TestTheCheckSignFindsSlips(t *testing.T) {
	r := mathrand.New(mathrand.NewPCG(1, 2))
	slips := 0
	for range 200 {
		code := make([]byte, codeLength-1)
		for i := range code {
			code[i] = casework.Alphabet[r.IntN(32)]
		}
		code = append(code, casework.CheckSign(string(code)))
		if _, good := casework.ReadCode(string(code)); !good {
			t.Fatalf("%s is refused", code)
		}
		for i := range code {
			for _, sign := range []byte(casework.Alphabet) {
				wrong := slices.Clone(code)
				wrong[i] = sign
				slips += missed(t, code, wrong)
			}
			for j := range i {
				wrong := slices.Clone(code)
				wrong[i], wrong[j] = wrong[j], wrong[i]
				slips += missed(t, code, wrong)
			}
		}
	}
	t.Logf("%d slips", slips)
}

func missed(t *testing.T, code, wrong []byte) int {
	t.Helper()
	if slices.Equal(code, wrong) {
		return 0
	}
	if _, good := casework.ReadCode(string(wrong)); good {
		t.Errorf("%s for %s is not noticed", wrong, code)
	}
	return 1
}

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	k, err := casework.NewKeys([]byte(strings.Repeat("k", 32)), nil)
	must(t, err)
	code := k.IssueCode("realm", [16]byte{1})
	shown := code.String()
	if len(shown) != codeLength+4 || strings.Count(shown, "-") != 4 {
		t.Errorf("the code is shown as %q", shown)
	}
	for _, typed := range []string{
		shown, strings.ToLower(shown), " " + strings.ReplaceAll(shown, "-", " ") + "\n", strings.ReplaceAll(shown, "-", "–"),
		strings.ReplaceAll(strings.ReplaceAll(shown, "0", "o"), "1", "l"),
		strings.NewReplacer("A", "А", "B", "В", "C", "с", "E", "Е", "H", "Н", "K", "к", "M", "М", "0", "О", "P", "р", "T", "Т", "X", "Х", "Y", "у").Replace(shown),
	} {
		if got, good := casework.ReadCode(typed); got != code || !good {
			t.Errorf("%q is read as %s, %v", typed, got, good)
		}
	}
	for _, typed := range []string{"", "7", shown + "0", strings.Replace(shown, shown[:1], "U", 1), "ž" + shown[1:], "\x00\xff", strings.Repeat("7", 1<<16)} {
		if got, good := casework.ReadCode(typed); good || len(got) > codeLength {
			t.Errorf("%q is taken as %s", typed, got)
		}
	}
}

// Whatever is typed, reading it ends, and gives no more signs than a code has.
func FuzzReadCode(f *testing.F) {
	for _, seed := range []string{"7K2M-9QXT-4D0A-HNB5C", "оО іІ|", "\xff\x00", "", "UUUU"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, good := casework.ReadCode(typed)
		if len(code) > codeLength || good && len(code) != codeLength {
			t.Errorf("%q gives %q", typed, code)
		}
		if again, still := casework.ReadCode(code.String()); good && (again != code || !still) {
			t.Errorf("%q is not read as itself", code)
		}
	})
}

// A hundred thousand codes: no two alike, and no sign more frequent than chance
// makes it.
func TestCodesAreEvenlySpread(t *testing.T) {
	k, err := casework.NewKeys([]byte(strings.Repeat("k", 32)), nil)
	must(t, err)
	const n = 100_000
	seen := make(map[casework.Code]bool, n)
	var counts [codeLength][32]int
	for range n {
		var nonce [16]byte
		_, _ = rand.Read(nonce[:])
		code := k.IssueCode("realm", nonce)
		seen[code] = true
		for place := range codeLength {
			counts[place][strings.IndexByte(casework.Alphabet, code[place])]++
		}
	}
	if len(seen) != n {
		t.Errorf("%d codes of %d are different", len(seen), n)
	}
	worst := 0.0
	for place, row := range counts {
		chi := 0.0
		for _, c := range row {
			chi += math.Pow(float64(c)-n/32.0, 2) / (n / 32.0)
		}
		worst = max(worst, chi)
		// 31 degrees of freedom: beyond 80 once in 300,000 by chance.
		if chi > 80 {
			t.Errorf("place %d: chi-square %.1f", place, chi)
		}
	}
	t.Logf("largest chi-square of %d places: %.1f", codeLength, worst)
}

// Guesses, half of them at random and half beside codes that
// are in use, open nothing.
func TestGuessesOpenNothing(t *testing.T) {
	w := open(t).in(t, "chuprene")
	var live []casework.Receipt
	for range 20 {
		r, err := w.submit(anonymous(w.filing(casework.Signal)))
		must(t, err)
		live = append(live, r)
	}
	r := mathrand.New(mathrand.NewPCG(3, 4))
	guesses := 20_000 // 6 s; all two million of them in make torture
	if os.Getenv("CHARTER_TORTURE") != "" {
		guesses = 2_000_000
	}
	hits := 0
	must(t, w.db.Read(t.Context(), w.realm, func(tx *pg.Tx) error {
		town, err := w.desk.Read(t.Context(), tx)
		if err != nil {
			return err
		}
		for i := range guesses {
			of := live[r.IntN(len(live))]
			guess := []byte(of.Code)
			if i%2 == 0 {
				for j := range guess {
					guess[j] = casework.Alphabet[r.IntN(32)]
				}
			} else {
				// One sign is wrong, and the check sign is right for it.
				at := r.IntN(codeLength - 1)
				guess[at] = casework.Alphabet[(strings.IndexByte(casework.Alphabet, guess[at])+1+r.IntN(31))%32]
			}
			guess[codeLength-1] = casework.CheckSign(string(guess[:codeLength-1]))
			if _, _, err := town.Track(t.Context(), tx, of.Case.Number, string(guess)); err == nil {
				hits++
			} else if !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		return nil
	}))
	if hits != 0 {
		t.Errorf("%d of %d guesses opened a case", hits, guesses)
	}
	t.Logf("%d guesses", guesses)
}

// A wrong code, one of another town, one of an erased case, one that never was,
// and a right one with a wrong number look the same, in time too.
func TestWrongCodesLookAlike(t *testing.T) {
	h := open(t)
	w, other := h.in(t, "chuprene"), h.in(t, "peshtera")
	mine, erased := w.filed(casework.Signal), w.filed(casework.Signal)
	foreign := other.filed(casework.Signal)
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE case_receipts SET code_hash = NULL WHERE id = $1`, erased.Case.ID)
		return err
	})
	wrong := []byte(mine.Code)
	wrong[3] = casework.Alphabet[(strings.IndexByte(casework.Alphabet, wrong[3])+1)%32]
	tries := map[string]struct{ number, code string }{
		"wrong":        {mine.Case.Number, string(wrong)},
		"foreign":      {foreign.Case.Number, foreign.Code.String()},
		"erased":       {erased.Case.Number, erased.Code.String()},
		"never issued": {"ЧП-2026-0999", "0000-0000-0000-0000-0"},
		"no code":      {mine.Case.Number, "not a code at all"},
		"other number": {"ЧП-2026-0002", mine.Code.String()},
	}
	times := map[string][]time.Duration{}
	must(t, w.db.Read(t.Context(), w.realm, func(tx *pg.Tx) error {
		town, err := w.desk.Read(t.Context(), tx)
		if err != nil {
			return err
		}
		if _, _, err := town.Track(t.Context(), tx, strings.ToLower(mine.Case.Number), " "+strings.ToLower(mine.Code.String())); err != nil {
			t.Errorf("the right code is refused: %v", err)
		}
		for range 1000 {
			for name, try := range tries {
				began := time.Now()
				_, _, err := town.Track(t.Context(), tx, try.number, try.code)
				times[name] = append(times[name], time.Since(began))
				if e, ok := fault.Of(err); !ok || e.Kind != fault.NotFound || i18n.Key(e.Key) != casework.KeyNoSuchCode || len(e.Args)+len(e.Fields) > 0 {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
		return nil
	}))
	medians := map[string]time.Duration{}
	for name, all := range times {
		slices.Sort(all)
		medians[name] = all[len(all)/2]
	}
	t.Logf("medians: %v", medians)
	for name, m := range medians {
		// Who has a right code with a wrong number has the code: that one reads the case.
		if diff := (m - medians["never issued"]).Abs(); name != "other number" && diff > time.Millisecond {
			t.Errorf("%s takes %s longer or shorter", name, diff)
		}
	}
}

// A mail's link opens its case and no other; none opens an anonymous case.
func TestLinksOpenTheirCaseOnly(t *testing.T) {
	w := open(t).in(t, "chuprene")
	a, b := w.filed(casework.Signal), w.filed(casework.Signal)
	link := w.letters()[0].Link
	parts := strings.Split(link, "/")
	token := parts[len(parts)-1]
	follow := func(number, token string) error {
		return w.write(func(town *casework.Town, tx *pg.Tx) error {
			_, _, err := town.Follow(t.Context(), tx, number, token)
			return err
		})
	}
	must(t, follow(a.Case.Number, token))
	refused(t, follow(b.Case.Number, token), fault.NotFound, "", casework.KeyNoSuchCode)
	refused(t, follow(a.Case.Number, token+"A"), fault.NotFound, "", casework.KeyNoSuchCode)
	refused(t, follow("ЧП-2026-0999", token), fault.NotFound, "", casework.KeyNoSuchCode)
	w.ok(func(_ *casework.Town, tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE cases SET anonymous = true WHERE id = $1`, a.Case.ID)
		return err
	})
	refused(t, follow(a.Case.Number, token), fault.NotFound, "", casework.KeyNoSuchCode)
}

// With a new secret the old codes go on opening their cases, and with a third one
// they no longer do.
func TestASecretIsChanged(t *testing.T) {
	w := open(t).in(t, "chuprene")
	r := w.filed(casework.Signal)
	old, next := []byte("0123456789abcdef0123456789abcdef"), []byte(strings.Repeat("n", 32))
	track := func() error {
		return w.pass(r, func(*casework.Town, *pg.Tx, casework.Pass) error { return nil })
	}
	var err error
	w.desk.Keys, err = casework.NewKeys(next, old)
	must(t, err)
	must(t, track())
	w.desk.Keys, err = casework.NewKeys([]byte(strings.Repeat("m", 32)), next)
	must(t, err)
	refused(t, track(), fault.NotFound, "", casework.KeyNoSuchCode)
	if _, err := casework.NewKeys([]byte("short"), nil); err == nil {
		t.Error("a secret of five bytes is taken")
	}
}
