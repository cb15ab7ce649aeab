package app

import (
	"bytes"
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// TestWhateverEndsAnAnonymousCaseLeavesNoTrace goes on where a filing ends: somebody
// adds to an anonymous case and withdraws it, or the desk answers it, declines it or
// sends it on, with files, and the jobs that follow are done. Then every table, every
// file and every line of the log is searched for what came along, and what the
// submitter did for its hour. What they wrote stands in the case's texts alone.
func TestWhateverEndsAnAnonymousCaseLeavesNoTrace(t *testing.T) {
	const said, named = "CNRY-said-8f31", "CNRY-name-8f31"
	street := openStreet(t)
	citizen, officer := street.later("2026-11-20T11:37:41Z"), street.later("2026-11-20T12:05:00Z")
	photo := attached{named + ".jpg", photograph(t)}
	endings := map[string]func(w slip){
		"withdrawn": func(w slip) {
			form := w.on(citizen.opened(w), "reason", said, "sure", "yes")
			if got := citizen.oddly("chuprene", "/bg/track/withdraw", form); got.status != 200 {
				t.Fatalf("withdrawn: %d", got.status)
			}
		},
		"answered": func(w slip) {
			officer.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
				_, err := officer.service.Files.Stage(ctx, tx.Realm, "answer", named+".jpg", true, bytes.NewReader(photo.content))
				well(t, err)
				kept, err := officer.service.Files.Keep(ctx, tx, "answer")
				well(t, err)
				return town.Reply(ctx, tx, who, ref, casework.Message{Text: said, Files: []string{kept[0].ID}})
			})
			well(t, officer.service.Files.Forget(townRealm(t, "chuprene"), "answer"))
		},
		"declined": func(w slip) {
			officer.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
				return town.Decline(ctx, tx, who, ref, casework.Declining{Ground: "repeated", Explained: said})
			})
		},
		"forwarded": func(w slip) {
			officer.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
				return town.Refer(ctx, tx, who, ref, casework.Referring{Institution: "РИОСВ", Reason: said})
			})
		},
	}
	canaries := carried()
	for name, end := range endings {
		form := anonymous(citizen.filled("chuprene", "signal"))
		form.Set("body", said)
		w := slipOf("chuprene", citizen.oddly("chuprene", "/bg/submit/signal", form, photo))
		added := w.on(citizen.opened(w), "text", said)
		if got := citizen.oddly("chuprene", "/bg/track/add", added, photo); got.status != 200 {
			t.Fatalf("%s: added: %d", name, got.status)
		}
		end(w)
		citizen.workOff("chuprene")
		canaries = append(canaries, w.code, strings.ReplaceAll(w.code, "-", ""), form.Get("nonce"), added.Get("nonce"))
	}
	log := street.log.String() + citizen.log.String() + officer.log.String()
	places := searched(t, street, log, canaries, func(place, text string) {
		// The desk's own deeds may have an hour, and so may the rounds of the night.
		if strings.HasPrefix(place, "t_chuprene.") && place != "t_chuprene.due_work" && strings.Contains(text, ":37:41") {
			t.Errorf("%s keeps the hour:\n%s", place, text)
		}
		if strings.Contains(text, said) && place != "t_chuprene.case_texts" {
			t.Errorf("%s repeats what was written:\n%s", place, text)
		}
		if strings.Contains(text, named) && place != "t_chuprene.files" {
			t.Errorf("%s repeats the name of a file:\n%s", place, text)
		}
	})
	if places < 40 {
		t.Errorf("looked at %d places only", places)
	}
	t.Logf("%d endings; %d places searched for %d texts", len(endings), places, len(canaries))
}

// oddly sends a form with everything that a browser may tell of who sends it.
func (s *street) oddly(slug, path string, form url.Values, files ...attached) shown {
	s.t.Helper()
	req := s.multipart(slug, path, form, files...)
	req.Header.Set("User-Agent", canaryAgent)
	req.Header.Set("Referer", "http://"+slug+".localhost:8080/"+canaryPage)
	req.Header.Set("X-Forwarded-For", canaryAddress)
	req.Header.Set("X-Real-IP", canaryAddress)
	req.Header.Set("Cookie", "id="+canaryCookie)
	return s.do(req)
}

// workOff does the jobs of a town until none waits that could be done.
func (s *street) workOff(slug string) {
	s.t.Helper()
	runner, err := s.service.Runner()
	well(s.t, err)
	db, err := sql.Open("postgres", s.db.SuperURL)
	well(s.t, err)
	defer db.Close()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	left := 1
	for ; left > 0 && ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		well(s.t, db.QueryRow(`SELECT count(*) FROM t_`+slug+`.jobs WHERE state = 'pending' AND run_at <= $1`, s.settings.Clock).Scan(&left))
	}
	cancel()
	well(s.t, <-ended)
	if left > 0 {
		s.t.Fatalf("%d jobs are left", left)
	}
}
