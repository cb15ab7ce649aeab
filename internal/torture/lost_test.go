package torture

import (
	"fmt"
	"testing"

	"charterhouse/internal/pg/pgtest"
)

// TestALostReply is K2: the database does what it was asked and its reply is
// lost. The citizen sends the form until it is answered, and there is one case.
func TestALostReply(t *testing.T) {
	h := build(t)
	proxy, through := pgtest.NewProxy(t, h.ServiceURL)
	direct := h.ServiceURL
	h.ServiceURL = through
	i := h.start(t)
	h.ServiceURL = direct
	rounds := times(4, 1000)
	cases, again := 0, 0
	for _, at := range []string{"COMMIT\x00", "INSERT INTO case_receipts", "INSERT INTO cases", "INSERT INTO jobs", "UPDATE audit_head"} {
		for n := range rounds {
			body := fmt.Sprintf("CNRY-lost-%s-%d", at[:6], cases)
			c := newClient("peshtera", func() string { return i.addr })
			f, err := c.open("bg", "complaint", body, 0)
			if err != nil {
				t.Fatal(err)
			}
			f.typed.Set("lang", "bg")
			proxy.LoseReplyTo(at)
			r, err := c.send(f)
			for tries := 0; err != nil && tries < 5; tries++ {
				again++
				r, err = c.send(f)
			}
			if err != nil {
				t.Fatalf("%q, round %d: %v", at, n, err)
			}
			// Sent once more, it is still the same.
			if same, err := c.send(f); err != nil || same != r {
				t.Errorf("%q, round %d: %v then %v, %v", at, n, r, same, err)
			}
			cases++
			if got := h.count(t, `SELECT count(*) FROM t_peshtera.case_texts WHERE body LIKE $1`, "%"+body+"%"); got != 1 {
				t.Errorf("%q, round %d: %d cases", at, n, got)
			}
		}
	}
	lost := int(proxy.Lost.Load())
	if lost != cases {
		t.Errorf("%d replies were lost in %d rounds: a statement has another name now", lost, cases)
	}
	if got := h.count(t, `SELECT count(*) FROM t_peshtera.cases WHERE NOT sample`); got != cases {
		t.Errorf("%d cases, want %d", got, cases)
	}
	t.Logf("%d replies lost, %d forms sent again, %d cases", lost, again, cases)
}
