package app

import (
	"context"
	"testing"

	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// TestALostCommitIsAnsweredAsIfNothingHadHappened is K2 for the pages of a case:
// the reply to COMMIT is lost, the citizen gets the receipt and the page all the
// same, and everything is written once.
func TestALostCommitIsAnsweredAsIfNothingHadHappened(t *testing.T) {
	db := preparedTowns(t)
	copied := *db
	var proxy *pgtest.Proxy
	proxy, copied.ServiceURL = pgtest.NewProxy(t, db.ServiceURL)
	settings := testSettings(&copied)
	settings.DataDir = t.TempDir()
	s := openStreetOn(t, &copied, settings)

	form := s.filled("klaipeda", "complaint")
	proxy.LoseReplyTo("COMMIT\x00")
	w := slipOf("klaipeda", s.send("klaipeda", "complaint", form))
	if again := slipOf("klaipeda", s.send("klaipeda", "complaint", form)); again != w {
		t.Errorf("sent again: %v, first %v", again, w)
	}
	page := s.opened(w)
	proxy.LoseReplyTo("COMMIT\x00")
	got := s.post("klaipeda", "/lt/track/add", w.on(page, "text", "Dar vienas žibintas"))
	if got.status != 200 || got.doc.Find(".note[role=status]").Length() != 1 {
		t.Errorf("added: %d %s", got.status, words(got.doc.Find("main")))
	}
	// What was not written is not confirmed, and may be sent again.
	form = s.filled("klaipeda", "question")
	proxy.LoseReplyTo("INSERT INTO case_pins")
	if got := s.send("klaipeda", "question", form); got.status != 503 || typed(got, "body") != form.Get("body") || got.doc.Find("dl.receipt").Length() != 0 {
		t.Errorf("lost before the commit: %d %s", got.status, words(got.doc.Find("main")))
	}
	slipOf("klaipeda", s.send("klaipeda", "question", form))
	if lost := proxy.Lost.Load(); lost != 3 {
		t.Errorf("%d replies were lost, want 3", lost)
	}
	n := s.count("klaipeda", func(ctx context.Context, tx *pg.Tx, n *int) error {
		return tx.Get(ctx, n, `SELECT (SELECT count(*) FROM cases) + 100 * (SELECT count(*) FROM case_events WHERE action = $1)`, "add")
	})
	if n != 102 {
		t.Errorf("cases, additions: %d, want 2 and 1", n)
	}
}
