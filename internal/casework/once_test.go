package casework_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// patiently repeats what found the service busy, as a browser does.
func patiently(do func() error) error {
	for {
		err := do()
		if !errors.Is(err, pg.ErrBusy) {
			return err
		}
	}
}

// The same form a hundred times at once is one case, and everybody is told its
// number and code.
func TestOneFormIsOneCase(t *testing.T) {
	w := open(t).in(t, "klaipeda")
	f := w.filing(casework.Complaint)
	var mu sync.Mutex
	numbers, codes, again := map[string]int{}, map[casework.Code]int{}, 0
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			var r casework.Receipt
			err := patiently(func() (err error) {
				r, err = w.submit(f)
				return err
			})
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Errorf("a submission failed: %v", err)
				return
			}
			numbers[r.Case.Number]++
			codes[r.Code]++
			if r.Again {
				again++
			}
		})
	}
	all.Wait()
	if len(numbers) != 1 || numbers["KL-2026-0001"] != 100 || len(codes) != 1 || again != 99 {
		t.Errorf("numbers %v, %d codes, %d told of an earlier one", numbers, len(codes), again)
	}
	n := w.count(func(ctx context.Context, tx *pg.Tx, n *int) error {
		return tx.Get(ctx, n, `SELECT (SELECT count(*) FROM cases) + 10 * (SELECT count(*) FROM case_people) + 100 * (SELECT count(*) FROM jobs WHERE kind = 'casework.announce')
			+ 1000 * (SELECT count(*) FROM audit_entries WHERE action = 'case.submit') + 10000 * (SELECT count(*) FROM case_texts) WHERE $1 > 0`, 1)
	})
	if n != 11111 {
		t.Errorf("texts, entries, announcements, people, cases: %05d, want one of each", n)
	}
	if r, found, err := lookUp(w, f.Ticket); err != nil || !found || r.Case.Number != "KL-2026-0001" || codes[r.Code] != 100 {
		t.Errorf("looked up after a lost reply: %v %v %v", r.Case, found, err)
	}
}

func lookUp(w *town, ticket string) (r casework.Receipt, found bool, err error) {
	err = w.write(func(town *casework.Town, tx *pg.Tx) error {
		r, found, err = town.Filed(w.t.Context(), tx, ticket)
		return err
	})
	return r, found, err
}

// Fifty at once, a third of whom fail at the very end: no number is missing and
// none is there twice.
func TestNumbersHaveNoGaps(t *testing.T) {
	w := open(t).in(t, "varena")
	fails := errors.New("the transaction is given up")
	filings := make([]casework.Filing, 50)
	for i := range filings {
		filings[i] = w.filing(casework.Signal)
	}
	var all sync.WaitGroup
	for i, f := range filings {
		all.Go(func() {
			err := patiently(func() error {
				return w.write(func(town *casework.Town, tx *pg.Tx) error {
					if _, err := town.Submit(t.Context(), tx, f); err != nil {
						return err
					}
					if i%3 == 0 {
						return fails
					}
					return nil
				})
			})
			if err != nil && !errors.Is(err, fails) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var have []string
	must(t, w.db.Read(t.Context(), w.realm, func(tx *pg.Tx) error {
		return tx.Select(t.Context(), &have, `SELECT number FROM cases WHERE year = $1 ORDER BY seq`, 2026)
	}))
	if len(have) != 33 {
		t.Errorf("%d cases, want 33", len(have))
	}
	for i, number := range have {
		if want := fmt.Sprintf("VR-2026-%04d", i+1); number != want {
			t.Fatalf("number %d is %s, want %s", i, number, want)
		}
	}
	w.set(t, "2027-01-04 09:00")
	if r := w.filed(casework.Signal); r.Case.Number != "VR-2027-0001" {
		t.Errorf("the first of the next year is %s", r.Case.Number)
	}
}

// A form of another town, a made-up one and one that lay open for two days.
func TestForeignAndOldTickets(t *testing.T) {
	h := open(t)
	here, there := h.in(t, "klaipeda"), h.in(t, "varena")
	f := here.filing(casework.Complaint)
	f.Ticket = there.ticket()
	_, err := here.submit(f)
	refused(t, err, fault.Malformed, "", casework.KeyTicketForeign)
	f.Ticket = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	_, err = here.submit(f)
	refused(t, err, fault.Malformed, "", casework.KeyTicketForeign)

	used, unused := here.filing(casework.Complaint), here.filing(casework.Complaint)
	first, err := here.submit(used)
	must(t, err)
	h.set(t, "2026-11-22 09:00")
	_, err = here.submit(unused)
	refused(t, err, fault.Gone, "", casework.KeyTicketOld)
	// What was filed is shown again however late the browser comes back.
	again, err := here.submit(used)
	must(t, err)
	if !again.Again || again.Case.Number != first.Case.Number || again.Code != first.Code {
		t.Errorf("again %v, number %s, same code %v", again.Again, again.Case.Number, again.Code == first.Code)
	}
}
