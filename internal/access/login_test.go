package access_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

func TestLogIn(t *testing.T) {
	h := newHouse(t)
	ona := h.member("Ona.Onaite@Town.LT", access.Officer)
	p := h.principal(h.logIn(ona))
	if p.User != ona.ID || p.Stage != access.StageFull || !p.Can(access.CaseHandle) || p.Can(access.UsersManage) {
		t.Errorf("signed in as %+v", p)
	}
	out, err := h.tryLogIn(" ona.onaite@TOWN.lt ", goodPassword, "client")
	if err != nil || out.Refusal != nil {
		t.Errorf("the same address in other letters: %v %v", out.Refusal, err)
	}
}

// Whatever is wrong, the answer is the same one, and it leaves an entry.
func TestLogInRefusalsAreAlike(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	gone := h.member("gone@town.lt", access.Officer)
	h.do(func(tx *pg.Tx) error { return access.Disable(t.Context(), tx, audit.Operator(), gone.ID, 1) })
	h.add("invited@town.lt", access.Officer)
	late := h.add("late@town.lt", access.Officer)
	h.do(func(tx *pg.Tx) error {
		_, err := h.gate.GivePassword(t.Context(), tx, audit.Operator(), late.ID, h.prepare(access.HolderOfUser(late.User), goodPassword))
		return err
	})
	h.pass(73 * time.Hour)
	for name, c := range map[string][2]string{
		"unknown":           {"nobody@town.lt", goodPassword},
		"no address":        {"", goodPassword},
		"wrong password":    {ona.Email, "kitas slaptažodis čia"},
		"no password":       {ona.Email, ""},
		"a NUL":             {ona.Email, goodPassword + "\x00"},
		"bad UTF-8":         {ona.Email + "\xff", goodPassword},
		"a megabyte":        {ona.Email, string(make([]byte, 1<<20))},
		"disabled":          {gone.Email, goodPassword},
		"not yet accepted":  {"invited@town.lt", ""},
		"one-time too late": {late.Email, goodPassword},
	} {
		out, err := h.tryLogIn(c[0], c[1], name)
		if err != nil || out.Token != "" || out.Refusal == nil {
			t.Errorf("%s: %+v, %v", name, out, err)
			continue
		}
		wants(t, out.Refusal, fault.Invalid, access.KeyWrongLogIn)
		if len(out.Refusal.Fields) != 1 || out.Refusal.Fields[0].Name != "password" {
			t.Errorf("%s: fields %v", name, out.Refusal.Fields)
		}
	}
	if n := h.entries()[string(access.ActionLogInRefused)]; n != 10 {
		t.Errorf("%d refusals stand in the chain, want 10", n)
	}
}

// After some wrong passwords the door is closed for a while, also to the right
// one; knocking does not keep it closed, and the right password ends the count.
func TestAccountPace(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	begin := func(client string) error { return h.knock(ona.Email, client) }
	for i := range 6 {
		if err := begin("guesser"); err != nil {
			t.Fatalf("attempt %d: %v", i+1, err)
		}
	}
	for range 20 {
		wants(t, begin("elsewhere"), fault.TooMany, access.KeyTryLater)
	}
	h.pass(30 * time.Second)
	err := begin("guesser")
	wants(t, err, fault.TooMany, access.KeyTryLater)
	if e, _ := fault.Of(err); e.Args["Count"] != 1 {
		t.Errorf("wait %v minutes, want 1", e.Args["Count"])
	}
	h.pass(30 * time.Second)
	must(t, begin("guesser")) // the seventh closes it for two minutes
	h.pass(time.Minute)
	wants(t, begin("guesser"), fault.TooMany, access.KeyTryLater)
	h.pass(time.Minute)
	h.logIn(ona)
	for i := range 5 {
		if err := begin("guesser"); err != nil {
			t.Fatalf("after a log-in, attempt %d: %v", i+1, err)
		}
	}
	if n := h.entries()[string(access.ActionBarred)]; n != 1 {
		t.Errorf("%d entries say that the door was closed, want 1", n)
	}
}

// One client that tries many accounts is stopped as well; a colleague who signs
// in from behind the same address neither uses it up nor wipes it out.
func TestClientPace(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	for range 5 {
		out, err := h.tryLogIn(ona.Email, goodPassword, "town hall")
		if err != nil || out.Refusal != nil {
			t.Fatal(out.Refusal, err)
		}
	}
	begin := func(i int, client string) error {
		return h.knock("guess"+string(rune('a'+i%26))+string(rune('a'+i/26))+"@town.lt", client)
	}
	for i := range 30 {
		if err := begin(i, "town hall"); err != nil {
			t.Fatalf("attempt %d: %v", i+1, err)
		}
	}
	wants(t, begin(30, "town hall"), fault.TooMany, access.KeyTryLater)
	must(t, begin(31, "another house"))
}

// Guesses sent at once are counted one by one.
func TestParallelGuessesAreAllCounted(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	var admitted, refused atomic.Int64
	together(24, func(int) {
		err := h.knock(ona.Email, "guesser")
		switch {
		case err == nil:
			admitted.Add(1)
		case fault.Is(err, fault.TooMany):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	if admitted.Load() != 6 || refused.Load() != 18 {
		t.Errorf("%d of 24 guesses at once were let through, want 6", admitted.Load())
	}
}

// A proof is worth nothing when the account has changed since, in another realm,
// or for another person.
func TestProofsGrowOld(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	jonas := h.member("jonas@town.lt", access.Officer)
	stale, err := h.prove(ona.Email, goodPassword, "client")
	must(t, err)
	other := h.in(town("bb"))
	other.member("ona@town.lt", access.Officer)
	err = other.write(func(tx *pg.Tx) error { _, err := h.gate.LogIn(t.Context(), tx, stale, "", ""); return err })
	if err == nil {
		t.Error("a proof of one town was taken in another")
	}
	token := h.logIn(jonas)
	err = h.write(func(tx *pg.Tx) error {
		_, err := h.gate.ChangePassword(t.Context(), tx, h.principal(token), stale, h.prepare(access.HolderOfUser(jonas.User), "visai kitas žodis"))
		return err
	})
	wants(t, err, fault.Invalid, access.KeyWrong)
	for name, change := range map[string]func(){
		"password changed": func() {
			h.do(func(tx *pg.Tx) error {
				_, err := h.gate.GivePassword(t.Context(), tx, audit.Operator(), ona.ID, h.prepare(access.HolderOfUser(ona.User), "naujas ilgas žodis"))
				return err
			})
		},
		"disabled": func() {
			h.do(func(tx *pg.Tx) error {
				return access.Disable(t.Context(), tx, audit.Operator(), jonas.ID, h.user(jonas.ID).Version)
			})
		},
	} {
		proof := stale
		if name == "disabled" {
			proof, err = h.prove(jonas.Email, goodPassword, "client")
			must(t, err)
		}
		change()
		var out access.Outcome
		h.do(func(tx *pg.Tx) (err error) { out, err = h.gate.LogIn(t.Context(), tx, proof, "", ""); return err })
		if out.Refusal == nil || out.Token != "" {
			t.Errorf("%s: still let in", name)
		}
	}
}

// Two log-ins at once give two sessions with tokens of their own.
func TestTwoLogInsAtOnce(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	tokens := make([]access.Token, 4)
	together(len(tokens), func(i int) {
		out, err := h.tryLogIn(ona.Email, goodPassword, "client")
		if err != nil || out.Refusal != nil {
			t.Error(out.Refusal, err)
		}
		tokens[i] = out.Token
	})
	ids := map[int64]bool{}
	for _, token := range tokens {
		ids[h.principal(token).SessionID] = true
	}
	if len(ids) != len(tokens) {
		t.Errorf("%d sessions of %d log-ins", len(ids), len(tokens))
	}
}

// The token of a browser is never the one from before the log-in.
func TestLogInEndsTheSessionBefore(t *testing.T) {
	h := newHouse(t)
	ona, jonas := h.member("ona@town.lt", access.Officer), h.member("jonas@town.lt", access.Officer)
	planted := h.logIn(jonas)
	proof, err := h.prove(ona.Email, goodPassword, "client")
	must(t, err)
	var out access.Outcome
	h.do(func(tx *pg.Tx) (err error) {
		out, err = h.gate.LogIn(t.Context(), tx, proof, "", planted)
		return err
	})
	if out.Token == planted || h.principal(out.Token).User != ona.ID {
		t.Error("the token did not change")
	}
	h.signedOut(planted, "the token from before")
}

// A hash by older figures is replaced at the next log-in, and goes on to work.
func TestOldHashesAreRenewed(t *testing.T) {
	h := newHouse(t)
	h.dearly()
	ona := h.member("ona@town.lt", access.Officer)
	h.behind(`UPDATE t_aa.user_secrets SET password = $1`, weakHash(t, goodPassword))
	h.logIn(ona)
	var now string
	h.look(&now, `SELECT password FROM t_aa.user_secrets`)
	if !strings.HasPrefix(now, "$argon2id$v=19$m=47104,t=2,p=1$") {
		t.Errorf("the hash is still %.40s", now)
	}
	h.logIn(ona)
}

// TestUnknownAndWrongTakeTheSameTime compares interleaved attempts: a whole
// log-in by the work that this process does, which a busy machine does not
// change, and the parts in the database by the clock, where a difference would
// be lost beside the hash.
func TestUnknownAndWrongTakeTheSameTime(t *testing.T) {
	h := newHouse(t)
	h.dearly()
	emails := []string{h.member("ona@town.lt", access.Officer).Email, "nobody@town.lt"}
	proofs := map[string]access.Proof{}
	verify := func(a access.Attempt) access.Proof {
		proof, err := h.gate.Verify(t.Context(), a, "ne tas slaptažodis")
		must(t, err)
		return proof
	}
	logIn := func(email string, verify func(access.Attempt) access.Proof) {
		var a access.Attempt
		h.do(func(tx *pg.Tx) (err error) { a, err = h.gate.Begin(t.Context(), tx, email, "client"); return err })
		if verify != nil {
			proofs[email] = verify(a)
		}
		h.do(func(tx *pg.Tx) error { _, err := h.gate.LogIn(t.Context(), tx, proofs[email], "", ""); return err })
	}
	sameTime(t, "work of a log-in", 8, emails, 0.3, func(email string) time.Duration {
		h.pass(13 * time.Hour) // every pace has forgotten
		before := work(t)
		logIn(email, verify)
		return work(t) - before
	})
	sameTime(t, "log-in without the hash", 80, emails, 0.4, func(email string) time.Duration {
		h.pass(13 * time.Hour)
		began := time.Now()
		logIn(email, nil)
		return time.Since(began)
	})
}

// work is how long this process has kept a processor busy.
func work(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// sameTime wants the times for two addresses within a share of each other. It
// prints medians and judges by lower quartiles, which a busy machine moves less.
func sameTime(t *testing.T, what string, n int, emails []string, within float64, do func(email string) time.Duration) {
	t.Helper()
	took := map[string][]time.Duration{}
	for range n {
		for _, email := range emails {
			took[email] = append(took[email], do(email))
		}
		slices.Reverse(emails)
	}
	known, unknown := took["ona@town.lt"], took["nobody@town.lt"]
	slices.Sort(known)
	slices.Sort(unknown)
	t.Logf("%s: known %s, unknown %s (medians of %d)", what, known[n/2], unknown[n/2], n)
	a, b := known[n/4], unknown[n/4]
	if float64((a - b).Abs()) > within*float64(max(a, b)) {
		t.Errorf("%s: the time tells a known address (%s) from an unknown one (%s)", what, a, b)
	}
}
