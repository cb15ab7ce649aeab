package casework_test

import (
	"context"
	"slices"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// What an officer reads before an act is what then happens: how the submitter is
// told stands with the event, and a mail is written where it says so, and only there.
func TestTheNoticeForetoldIsTheNoticeGiven(t *testing.T) {
	w := open(t).in(t, "peshtera")
	all := actions(t)[casework.Staff]
	told := map[casework.Notice]int{}
	for _, line := range casework.Lifecycle() {
		do := all[line.Do]
		if do == nil || !slices.Contains(line.By, casework.Staff) {
			continue
		}
		for _, way := range []casework.ReplyBy{casework.ByEmail, casework.ByPost, casework.ByTrack} {
			for _, state := range line.From {
				r := w.caseIn(t, state, line.Do, all)
				w.ok(func(_ *casework.Town, tx *pg.Tx) error {
					_, err := tx.Exec(t.Context(), `UPDATE case_people SET reply_by = $2 WHERE case_id = $1`, r.Case.ID, string(way))
					return err
				})
				var want casework.Notice
				w.ok(func(_ *casework.Town, tx *pg.Tx) (err error) {
					want, err = casework.NoticeOf(t.Context(), tx, w.find(r.Case.Number), line.Do)
					return err
				})
				before := w.written()
				must(t, do(w, r, true))
				var got casework.Notice
				w.ok(func(_ *casework.Town, tx *pg.Tx) error {
					events, err := casework.Timeline(t.Context(), tx, w.find(r.Case.Number), casework.Staff)
					got = events[len(events)-1].Facts.Notice
					return err
				})
				sent := w.written() - before
				if got != want || (sent > 0) != (want == casework.NoticeMail) {
					t.Errorf("%s from %s of one who is answered by %s: foretold %q, kept %q, %d mails", line.Do, state, way, want, got, sent)
				}
				told[want]++
			}
		}
	}
	if told[casework.NoticeMail] < 8 || told[casework.NoticeLetter] < 8 || told[casework.NoticePage] < 8 || told[""] < 8 {
		t.Errorf("too little was tried: %v", told)
	}
}

// written counts the letters of the town.
func (w *town) written() int {
	w.t.Helper()
	return w.count(func(ctx context.Context, tx *pg.Tx, n *int) error {
		return tx.Get(ctx, n, `SELECT count(*) FROM mails`)
	})
}
