package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// TestAFormSentTwiceIsOneCase is K6 for the page: a double click, a reload, a copy
// of the request over two instances at once: one case, the same receipt.
func TestAFormSentTwiceIsOneCase(t *testing.T) {
	s := openStreet(t)
	other := openStreetOn(t, s.db, s.settings)
	form := s.filled("klaipeda", "complaint")
	first := s.upload("klaipeda", "/lt/submit/complaint", form, attached{"a.pdf", pdf("a")})
	w := slipOf("klaipeda", first)
	answers := make([]shown, 20)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			at := []*street{s, other}[i%2]
			answers[i] = at.upload("klaipeda", "/lt/submit/complaint", form, attached{"a.pdf", pdf("a")})
		})
	}
	all.Wait()
	for _, got := range answers {
		if again := slipOf("klaipeda", got); again != w {
			t.Errorf("another receipt: %v, first %v", again, w)
		}
	}
	n := s.count("klaipeda", func(ctx context.Context, tx *pg.Tx, n *int) error {
		return tx.Get(ctx, n, `SELECT (SELECT count(*) FROM cases) + 100 * (SELECT count(*) FROM files) + 10000 * (SELECT count(*) FROM jobs WHERE kind = 'casework.announce') WHERE $1`, true)
	})
	if n != 10101 {
		t.Errorf("cases, files, announcements: %d, want 1 of each", n)
	}
}

// masked takes out of a page what differs in every answer: what was typed and the
// nonce.
func masked(got shown, typed ...string) string {
	body := regexp.MustCompile(`name="nonce" value="[^"]*"`).ReplaceAllString(got.body, "nonce")
	for _, text := range typed {
		body = strings.ReplaceAll(body, text, "…")
	}
	return body
}

// TestWhatOpensNothingLooksTheSame is T2: a wrong code, a code of another case, of
// another town, of an erased case, one that never was, one that is none.
func TestWhatOpensNothingLooksTheSame(t *testing.T) {
	s := openStreet(t)
	mine, neighbour, foreign, erased := s.filed("klaipeda", "question"), s.filed("klaipeda", "question"), s.filed("varena", "question"), s.filed("klaipeda", "question")
	err := s.service.DB.Write(t.Context(), townRealm(t, "klaipeda"), func(tx *pg.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE case_receipts SET code_hash = NULL WHERE id = (SELECT id FROM cases WHERE number = $1)`, erased.number)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var want, first string
	var header http.Header
	var at *street
	guesses := 0
	for name, try := range map[string][2]string{
		"wrong sign":         {mine.number, swapped(mine.code)},
		"another case's":     {mine.number, neighbour.code},
		"another town's":     {mine.number, foreign.code},
		"another's wholly":   {foreign.number, foreign.code},
		"erased":             {erased.number, erased.code},
		"never issued":       {mine.number, "0000-0000-0000-0000-0"},
		"never given number": {"KL-2026-9999", mine.code},
		"no code":            {mine.number, "neprisimenu"},
		"no number":          {"nežinau", mine.code},
		"much":               {mine.number, strings.Repeat("7", 5000)},
	} {
		for _, path := range []string{"/lt/track", "/lt/track/add", "/lt/track/file", "/lt/track/rate"} {
			if guesses++; guesses%8 == 1 {
				// The limit of guesses is another test's: a service that has seen none.
				at = openStreetOn(t, s.db, s.settings)
			}
			got := at.post("klaipeda", path, url.Values{"number": {try[0]}, "code": {try[1]}, "text": {"x"}, "score": {"5"}, "file": {"a"}})
			body := masked(got, try[0], try[1])
			body = regexp.MustCompile(`/(lt|en)/track[a-z/]*`).ReplaceAllString(body, "/track")
			got.header.Del("Date")
			got.header.Del("Content-Length") // of what was typed
			if want == "" {
				want, header, first = body, got.header, name
			}
			if got.status != 404 || body != want {
				t.Errorf("%s on %s: %d, and %s differs", name, path, got.status, first)
			}
			if !slices.Equal(headerLines(got.header), headerLines(header)) {
				t.Errorf("%s on %s: %v, and %s has %v", name, path, got.header, first, header)
			}
			if got.header.Get("Referrer-Policy") != "no-referrer" || got.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %v", name, got.header)
			}
		}
	}
	if got := s.post("klaipeda", "/lt/track", url.Values{"number": {""}, "code": {""}}); got.status != 422 || got.doc.Find("#number-e, #code-e").Length() != 2 {
		t.Errorf("nothing typed: %d", got.status)
	}
}

func townRealm(t testing.TB, slug string) pg.Realm {
	t.Helper()
	realm, err := pg.Town(slug)
	if err != nil {
		t.Fatal(err)
	}
	return realm
}

func headerLines(h http.Header) (all []string) {
	for name, values := range h {
		all = append(all, name+": "+strings.Join(values, ", "))
	}
	slices.Sort(all)
	return all
}

// swapped is the code with one sign changed.
func swapped(code string) string {
	if code[0] == '7' {
		return "8" + code[1:]
	}
	return "7" + code[1:]
}

// TestGuessesAreSlowedAndToldAnotherWay: ten wrong codes, then none for that case
// is looked at for a while; who has a right one is not counted, and who has that of
// another case, at the same address, is let in.
func TestGuessesAreSlowedAndToldAnotherWay(t *testing.T) {
	s := openStreet(t)
	w, neighbour := s.filed("klaipeda", "question"), s.filed("klaipeda", "complaint")
	for range 15 {
		s.opened(w)
	}
	var got shown
	for range 12 {
		if got = s.post("klaipeda", "/lt/track", url.Values{"number": {w.number}, "code": {"0000-0000-0000-0000-0"}}); got.status != 404 {
			break
		}
	}
	if got.status != 429 || !strings.Contains(words(got.doc.Find("main")), "(8 46) 39 60 66") {
		t.Errorf("after ten guesses: %d", got.status)
	}
	s.opened(neighbour)
}

// An extension that moves only a date which is not public is told by the day of
// the answer; the promise stands beside it as it was.
func TestAnExtensionOfAHiddenDate(t *testing.T) {
	s := openStreet(t)
	w := slipOf("klaipeda", s.post("klaipeda", "/lt/submit/question", s.filled("klaipeda", "question")))
	late := s.later("2026-11-26T10:00:00Z")
	final := date(t, "2026-12-23")
	late.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
		return town.Extend(ctx, tx, who, ref, casework.Extending{Reasons: "Reikia komisijos posėdžio", Final: final})
	})
	page := late.opened(w)
	if v := words(page.doc.Find(".one-date")); !strings.Contains(v, "lapkričio 24 d.") || strings.Contains(v, "pakeistas") || strings.Contains(v, "gruodžio 23") {
		t.Errorf("the promise: %s", v)
	}
	if v := words(page.doc.Find("header .note")); !strings.Contains(v, "Atsakysime ne vėliau kaip 2026 m. gruodžio 23 d., trečiadienį. Pažado pagal chartiją tai nekeičia.") {
		t.Errorf("put off: %s", v)
	}
	e := words(page.doc.Find(".timeline .moved"))
	if !strings.Contains(e, "atsakysime ne vėliau kaip 2026 m. gruodžio 23 d.") || !strings.Contains(e, "lapkričio 24 d., antradienį, nesilaikyta") || strings.Contains(e, "pratęstas iki") {
		t.Errorf("in the timeline: %s", e)
	}
	if main := words(page.doc.Find("main")); strings.Contains(main, "erminas pratęstas") || strings.Contains(main, "pagal įstatymą") {
		t.Errorf("the page speaks of a limit that it does not show: %s", main)
	}
	if v := words(s.later("2026-12-28T10:00:00Z").opened(w).doc.Find("header .note")); !strings.Contains(v, "turėjome atsakyti ne vėliau kaip 2026 m. gruodžio 23 d.") {
		t.Errorf("after that day: %s", v)
	}
}

// TestTheWholeStory goes through a case as its submitter sees it: asked, answered,
// extended, answered by the town, rated; files both ways.
func TestTheWholeStory(t *testing.T) {
	s := openStreet(t)
	w := slipOf("klaipeda", s.upload("klaipeda", "/lt/submit/complaint", s.filled("klaipeda", "complaint"), attached{"planas.pdf", pdf("plan")}))
	page := s.opened(w)
	if h := words(page.doc.Find("h1")); h != "Gauta 2026 m. lapkričio 20 d." {
		t.Errorf("heading %q", h)
	}
	if v := words(page.doc.Find(".one-date")); !strings.Contains(v, "gruodžio 18 d.") || !strings.Contains(v, "Liko 20 darbo dienų") {
		t.Errorf("date: %s", v)
	}
	if n := page.doc.Find("table.cal td.final").Length(); n != 1 {
		t.Errorf("%d last days on the calendar", n)
	}
	file, _ := page.doc.Find("button[name=file]").Attr("value")
	got := s.post("klaipeda", "/lt/track/file", w.on(page, "file", file))
	if got.status != 200 || got.body != string(pdf("plan")) || !strings.HasPrefix(got.header.Get("Content-Disposition"), `attachment; filename="planas.pdf"`) ||
		got.header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("download: %d %v", got.status, got.header)
	}

	s.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
		return town.Ask(ctx, tx, who, ref, "Prie kurių vartų?")
	})
	page = s.opened(w)
	if h := words(page.doc.Find("h1")); h != "Laukiame jūsų atsakymo" || !strings.Contains(words(page.doc.Find("#question").Parent()), "Prie kurių vartų?") {
		t.Errorf("asked: %q", h)
	}
	if got := s.post("klaipeda", "/lt/track/answer", w.on(page, "answer", "")); got.status != 422 || got.doc.Find("#answer-e").Length() != 1 {
		t.Errorf("an empty answer: %d", got.status)
	}
	reply := w.on(page, "answer", "Prie šiaurinių")
	for range 2 { // sent twice, it is one answer
		page = s.upload("klaipeda", "/lt/track/answer", reply, attached{"vartai.pdf", pdf("gate")})
		if page.status != 200 || page.doc.Find(`.note[role=status]`).Length() != 1 || strings.Count(page.body, "Prie šiaurinių") != 1 {
			t.Fatalf("answered: %d %s", page.status, words(page.doc.Find("main")))
		}
	}
	if next, _ := page.doc.Find("main input[name=nonce]").First().Attr("value"); next == reply.Get("nonce") || next == "" {
		t.Error("the next form of the page has the nonce of the last")
	}

	final := date(t, "2026-12-29")
	s.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
		return town.Extend(ctx, tx, who, ref, casework.Extending{Reasons: "Reikia komisijos posėdžio", Final: final})
	})
	page = s.opened(w)
	if v := words(page.doc.Find(".one-date")); !strings.Contains(v, "2026 m. gruodžio 29 d., antradienis") || !strings.Contains(v, "Terminas pagal įstatymą, pakeistas") {
		t.Errorf("extended: %s", v)
	}
	if e := words(page.doc.Find(".timeline .moved")); !strings.Contains(e, "Reikia komisijos posėdžio") || !strings.Contains(e, "pratęstas iki 2026 m. gruodžio 29 d.") {
		t.Errorf("the extension in the timeline: %s", e)
	}
	if got := s.post("klaipeda", "/lt/track/rate", w.on(page, "score", "5")); got.status != 409 {
		t.Errorf("rated before the answer: %d", got.status)
	}

	late := s.later("2026-12-30T10:00:00Z")
	late.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
		return town.Reply(ctx, tx, who, ref, casework.Message{Text: "Laba diena,\n\nžibintas pakeistas."})
	})
	page = late.opened(w)
	if h := words(page.doc.Find("h1")); h != "Atsakyta 2026 m. gruodžio 30 d." {
		t.Errorf("heading %q", h)
	}
	if v := words(page.doc.Find(".one-date .badge--broken")); v != "Nesilaikyta: vėluota 1 darbo dieną" {
		t.Errorf("verdict %q", v)
	}
	if a := words(page.doc.Find("#answer").Parent()); !strings.Contains(a, "žibintas pakeistas.") {
		t.Errorf("answer: %s", a)
	}
	if got := late.post("klaipeda", "/lt/track/rate", w.on(page, "comment", "Ilgai")); got.status != 422 || typed(got, "comment") != "Ilgai" {
		t.Errorf("rated without a mark: %d", got.status)
	}
	rating := w.on(page, "score", "4", "comment", "Ilgai")
	for range 2 {
		got = late.post("klaipeda", "/lt/track/rate", rating)
		if got.status != 200 || !strings.Contains(words(got.doc.Find(".timeline")), "Įvertinimas: 4 iš 5") || got.doc.Find("#rate").Length() != 0 {
			t.Errorf("rated: %d %s", got.status, words(got.doc.Find("main")))
		}
	}
	if log := s.log.String() + late.log.String(); strings.Contains(log, w.code) || strings.Contains(log, `"ERROR"`) || strings.Contains(log, "level=ERROR") {
		t.Errorf("the log names the code, or a defect:\n%s", log)
	}
}

func date(t testing.TB, text string) deadline.Date {
	t.Helper()
	d, err := deadline.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestOtherEndings: added to and withdrawn, declined with its ground, sent on.
func TestOtherEndings(t *testing.T) {
	s := openStreet(t)
	w := s.filed("peshtera", "complaint")
	page := s.opened(w)
	got := s.upload("peshtera", "/bg/track/add", w.on(page, "text", "Още нещо"), attached{"b.pdf", pdf("b")})
	if got.status != 200 || got.doc.Find(".timeline button[name=file]").Length() != 1 || strings.Count(got.body, "Още нещо") != 1 {
		t.Errorf("added: %d %s", got.status, words(got.doc.Find("main")))
	}
	if got := s.post("peshtera", "/bg/track/withdraw", w.on(got, "reason", "Реши се")); got.status != 422 || typed(got, "reason") != "Реши се" {
		t.Errorf("withdrawn without a tick: %d", got.status)
	}
	got = s.post("peshtera", "/bg/track/withdraw", w.on(got, "reason", "Реши се", "sure", "yes"))
	if h := words(got.doc.Find("h1")); got.status != 200 || h != "Оттеглена на 20 ноември 2026 г." || got.doc.Find("form.form").Length() != 0 {
		t.Errorf("withdrawn: %d %q", got.status, h)
	}
	if got := s.post("peshtera", "/bg/track/add", w.on(got, "text", "Късно")); got.status != 409 {
		t.Errorf("added after the end: %d", got.status)
	}

	w = s.filed("peshtera", "complaint")
	s.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
		return town.Decline(ctx, tx, who, ref, casework.Declining{Ground: "offensive", Explained: "Вижте последния абзац"})
	})
	page = s.opened(w)
	if o := words(page.doc.Find("#outcome").Parent()); !strings.Contains(o, "Нецензурни думи") || !strings.Contains(o, "Важно е да се знае") || !strings.Contains(o, "последния абзац") {
		t.Errorf("declined: %s", o)
	}

	w = s.filed("klaipeda", "signal")
	s.desk(w, func(ctx context.Context, town *casework.Town, tx *pg.Tx, who casework.Officer, ref casework.Ref) error {
		return town.Refer(ctx, tx, who, ref, casework.Referring{Institution: "Aplinkos apsaugos departamentas", Reason: "Tai jų kompetencija"})
	})
	page = s.opened(w)
	if o := words(page.doc.Find("#outcome").Parent()); !strings.Contains(o, "Aplinkos apsaugos departamentas") || !strings.Contains(o, "kompetencija") {
		t.Errorf("sent on: %s", o)
	}
	// Files of one case are not given out by the code of another.
	file := s.filed("klaipeda", "signal")
	other := slipOf("klaipeda", s.upload("klaipeda", "/lt/submit/signal", s.filled("klaipeda", "signal"), attached{"c.pdf", pdf("c")}))
	id, _ := s.opened(other).doc.Find("button[name=file]").Attr("value")
	if got := s.post("klaipeda", "/lt/track/file", url.Values{"number": {file.number}, "code": {file.code}, "file": {id}}); got.status != 404 || strings.Contains(got.body, "%PDF") {
		t.Errorf("another's file: %d", got.status)
	}
}

// TestTheLinkOfAMailOpensTheCase, by its own token, and tells nobody its address.
func TestTheLinkOfAMailOpensTheCase(t *testing.T) {
	s := openStreet(t)
	w := s.filed("peshtera", "complaint")
	err := s.service.DB.Write(t.Context(), townRealm(t, "peshtera"), func(tx *pg.Tx) error {
		c, err := casework.Find(t.Context(), tx, w.number)
		for _, kind := range s.service.Desk.Jobs() {
			if err == nil && kind.Name == "casework.announce" {
				err = kind.InTx(t.Context(), tx, fmt.Appendf(nil, `{"case":%d,"news":"filed"}`, c.ID))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var link string
	err = s.service.DB.Read(t.Context(), townRealm(t, "peshtera"), func(tx *pg.Tx) error {
		list, _, err := notify.List(t.Context(), tx, notify.Filter{}, 0)
		if err != nil || len(list) == 0 {
			return err
		}
		mail, err := notify.Reveal(t.Context(), tx, list[0].ID)
		link = regexp.MustCompile(`/bg/track/\S+`).FindString(mail.Link)
		if strings.Contains(mail.Plain+mail.HTML+mail.Subject, w.code) {
			t.Error("the code stands in the mail")
		}
		return err
	})
	if err != nil || link == "" {
		t.Fatalf("no mail with a link: %v", err)
	}
	got := s.get("peshtera", link)
	if got.status != 200 || got.header.Get("Referrer-Policy") != "no-referrer" || got.header.Get("Cache-Control") != "no-store" || !strings.Contains(got.body, w.number) {
		t.Fatalf("%s: %d %v", link, got.status, got.header)
	}
	if robots, _ := got.doc.Find("meta[name=robots]").Attr("content"); robots != "noindex" {
		t.Error("the page may be listed by search engines")
	}
	// What is done from there needs no code.
	form := url.Values{"number": {w.number}, "text": {"Още нещо"}}
	for _, field := range []string{"nonce", "token"} {
		value, _ := got.doc.Find("main form input[name=" + field + "]").First().Attr("value")
		form.Set(field, value)
	}
	if got := s.post("peshtera", "/bg/track/add", form); got.status != 200 || !strings.Contains(got.body, "Още нещо") {
		t.Errorf("added by the link: %d", got.status)
	}
	for _, wrong := range []string{link[:len(link)-1] + "A", link + "x", "/bg/track/" + url.PathEscape(w.number) + "/x", "/en/track/x/y"} {
		got := s.get("peshtera", wrong)
		if wrong == link {
			continue
		}
		if got.status != 404 || got.header.Get("Referrer-Policy") != "no-referrer" || got.doc.Find(`form [name=code]`).Length() != 1 {
			t.Errorf("%s: %d", wrong, got.status)
		}
	}
	if strings.Contains(s.log.String(), form.Get("token")) {
		t.Error("the log names the token")
	}
}
