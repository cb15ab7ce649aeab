package torture

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

// TestOneFormAHundredTimes is K6: the same form, sent in parallel to two
// instances, is one case, and everybody who is told anything is told the same.
func TestOneFormAHundredTimes(t *testing.T) {
	h := build(t)
	one, two := h.start(t), h.start(t)
	forms, each := times(3, 50), 100
	for n := range forms {
		body := fmt.Sprintf("CNRY-once-%d", n)
		c := newClient("klaipeda", func() string { return one.addr })
		f, err := c.open("lt", "complaint", body, n%2)
		if err != nil {
			t.Fatal(err)
		}
		var told sync.Map
		var wg sync.WaitGroup
		for i := range each {
			wg.Go(func() {
				addr := one.addr
				if i%2 == 1 {
					addr = two.addr
				}
				r, err := newClient("klaipeda", func() string { return addr }).send(f)
				if busy := (*refused)(nil); errors.As(err, &busy) && busy.status == 503 {
					return // full: told to come again, and nothing of a receipt
				}
				if err != nil {
					t.Errorf("form %d: %v", n, err)
				}
				told.Store(r, true)
			})
		}
		wg.Wait()
		var receipts []receipt
		told.Range(func(r, _ any) bool { receipts = append(receipts, r.(receipt)); return true })
		if len(receipts) != 1 {
			t.Errorf("form %d: told %v\n%s\n%s", n, receipts, one.log, two.log)
		}
		if got := h.count(t, `SELECT count(*) FROM t_klaipeda.case_texts WHERE body LIKE $1`, "%"+body+"%"); got != 1 {
			t.Errorf("form %d: %d cases", n, got)
		}
	}
	if got := h.count(t, `SELECT count(*) FROM t_klaipeda.cases WHERE NOT sample`); got != forms {
		t.Errorf("%d cases, want %d", got, forms)
	}
	t.Logf("%d forms sent %d times each over two instances: %d cases", forms, each, forms)
}
