package torture

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/app"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
)

// What is promised of freshness: a town's own pages, and those of the portal.
const (
	atHome = 5 * time.Second
	abroad = time.Minute
)

// tries is how often the promise is put to the proof before a busy machine is no
// excuse any more.
const tries = 3

// office is the town hall of Klaipėda: the desk behind its doors, which shares the
// database with the service and nothing else, and an officer at the service's pages.
type office struct {
	*app.Service
	t     *testing.T
	realm pg.Realm
	town  *casework.Town
	who   casework.Officer
	token string
	front *instance
}

func (h *house) openOffice(t *testing.T) *office {
	t.Helper()
	loaded, err := config.Load(config.Source{Forced: map[string]any{
		"environment": config.Development, "secret_key": secret, "database_url": h.ServiceURL, "files_dir": h.dir, "log_level": "error",
	}})
	fine(t, err)
	v, err := app.Open(t.Context(), &loaded.Settings, io.Discard)
	fine(t, err)
	t.Cleanup(func() { v.Close() })
	o := &office{Service: v, t: t, front: h.start(t)}
	o.realm, err = pg.Town("klaipeda")
	fine(t, err)
	o.write(func(tx *pg.Tx) (err error) { o.town, err = v.Desk.Read(t.Context(), tx); return err })
	o.hire()
	return o
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) write(fn func(*pg.Tx) error) {
	o.t.Helper()
	fine(o.t, o.DB.Write(o.t.Context(), o.realm, fn))
}

// hire makes an officer who is signed in.
func (o *office) hire() {
	o.t.Helper()
	const email, password = "ona@klaipeda.example", "nine blue lanterns 47"
	ctx := o.t.Context()
	var u access.User
	o.write(func(tx *pg.Tx) (err error) {
		u, err = access.AddUser(ctx, tx, audit.Operator(), access.NewUser{
			Profile: access.Profile{Email: email, Name: "Ona Onaitė", Lang: "lt"}, Roles: []access.Role{access.Officer},
		})
		return err
	})
	prepared, err := o.Gate.Prepare(ctx, access.HolderOfUser(u), password)
	fine(o.t, err)
	var attempt access.Attempt
	o.write(func(tx *pg.Tx) error {
		m, err := o.Gate.Invite(ctx, tx, audit.Operator(), u.ID)
		if err != nil {
			return err
		}
		return o.Gate.Accept(ctx, tx, m.Token, prepared)
	})
	o.write(func(tx *pg.Tx) (err error) { attempt, err = o.Gate.Begin(ctx, tx, email, "x"); return err })
	proof, err := o.Gate.Verify(ctx, attempt, password)
	fine(o.t, err)
	o.write(func(tx *pg.Tx) error {
		out, err := o.Gate.LogIn(ctx, tx, proof, "Firefox, Linux", "")
		o.token = out.Token.Reveal()
		return err
	})
	o.who = casework.Officer{Actor: u.Person(), User: u.ID}
}

// letter enters a question that came by mail on that day, and takes it up.
func (o *office) letter(on deadline.Date) (number string) {
	o.t.Helper()
	ctx := o.t.Context()
	o.write(func(tx *pg.Tx) error {
		ticket, err := o.town.Ticket(tx.Now)
		if err != nil {
			return err
		}
		r, err := o.town.Register(ctx, tx, o.who, casework.Filing{
			Ticket: ticket, Kind: casework.Question, Lang: "lt", Title: "Kada veiks šviestuvas?", Body: "Prie mokyklos tamsu.",
			Person: casework.Person{Name: "Jonas Jonaitis", ReplyBy: casework.ByTrack},
		}, casework.Arrival{Channel: "email", ReceivedOn: on})
		if err != nil {
			return err
		}
		number = r.Case.Number
		return o.town.Take(ctx, tx, o.who, casework.Ref{Number: number, Version: r.Case.Version})
	})
	return number
}

// ask speaks to the service as the officer, or without an account.
func (o *office) ask(slug, path string, signedIn bool, form url.Values) (int, string) {
	o.t.Helper()
	method, body := http.MethodGet, ""
	if form != nil {
		method, body = http.MethodPost, form.Encode()
	}
	host := strings.TrimPrefix(slug+".localhost", ".")
	req, err := http.NewRequestWithContext(o.t.Context(), method, "http://"+host+path, strings.NewReader(body))
	fine(o.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if signedIn {
		req.AddCookie(&http.Cookie{Name: "sid", Value: o.token})
	}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, o.front.addr)
	}
	client := http.Client{
		Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(req)
	fine(o.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	fine(o.t, err)
	return res.StatusCode, string(text)
}

// answer sends the form of the answer, as the officer's browser does.
func (o *office) answer(number string) {
	o.t.Helper()
	path := "/lt/admin/cases/" + url.PathEscape(number) + "/reply"
	status, text := o.ask("klaipeda", path, true, nil)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	fine(o.t, err)
	form := url.Values{"answer": {"Šviestuvas pakeistas."}}
	doc.Find("form[method=post] input[type=hidden]").Each(func(_ int, in *goquery.Selection) {
		form.Set(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	if status != http.StatusOK || form.Get("version") == "" {
		o.t.Fatalf("the form of the answer: %d %v", status, form)
	}
	if status, text = o.ask("klaipeda", path, true, form); status != http.StatusSeeOther {
		o.t.Fatalf("the answer to %s: %d\n%s", number, status, text)
	}
}

// within waits until what was done can be seen, and tells how long that took; a
// wait over the limit is false.
func (o *office) within(what string, limit time.Duration, since time.Time, is func() bool) bool {
	o.t.Helper()
	for !is() {
		if time.Since(since) > 2*limit {
			o.t.Fatalf("not within %s: %s", 2*limit, what)
		}
		time.Sleep(50 * time.Millisecond)
	}
	took := time.Since(since).Round(time.Millisecond)
	o.t.Logf("%s: %s (promised %s)", what, took, limit)
	return took <= limit
}

// settled waits until no month waits to be counted, and the service has seen what
// came of it.
func (o *office) settled(h *house) {
	o.t.Helper()
	eventually(o.t, "the months are counted", abroad, func() bool {
		return h.count(o.t, `SELECT count(*) FROM t_klaipeda.marks`) == 0
	})
	time.Sleep(3 * time.Second) // registry and page cache
}

// tells is whether a part of a page of the town says that n of n cases were
// answered in time.
func (o *office) tells(path, part string, n int) bool {
	o.t.Helper()
	_, text := o.ask("klaipeda", path, false, nil)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	fine(o.t, err)
	return strings.Contains(strings.Join(strings.Fields(doc.Find(part).Text()), " "), fmt.Sprintf("%d iš %d", n, n))
}

// timely is the same for the table of the page of results.
func (o *office) timely(n int) bool { return o.tells("/lt/results", ".timely tr.me", n) }

// comparison is what the portal's page of what was received says, kept in its cache
// as for every reader.
func (o *office) comparison() string {
	o.t.Helper()
	_, text := o.ask("", "/lt/compare/received", false, nil)
	return text
}

// compared is how many cases the portal's table of what was received has of the town.
func (o *office) compared() string {
	o.t.Helper()
	_, text := o.ask("", "/lt/compare/download?format=csv&indicator=received", false, nil)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	fine(o.t, err)
	for _, row := range rows[1:] {
		if row[0] == "klaipeda" {
			return row[slices.Index(rows[0], "cases")]
		}
	}
	o.t.Fatalf("Klaipėda is not in\n%s", text)
	return ""
}

// known is how many finished cases of a month the portal knows of the town.
func (o *office) known(day deadline.Date) (n int64) {
	o.t.Helper()
	fine(o.t, o.DB.Read(o.t.Context(), pg.Portal(), func(tx *pg.Tx) error {
		facts, err := results.Sums(o.t.Context(), tx, []results.Indicator{results.Finished}, results.MonthOf(day), o.realm.Name())
		for _, f := range facts {
			n += f.Den
		}
		return err
	}))
	return n
}

// TestWhatIsAnsweredIsSeen: an answer is on the town's page of results and beside
// the promise that it keeps within five seconds, and the portal knows of it within
// a minute. A result that is entered is on the town's page within seconds, also
// where another instance has taken it.
func TestWhatIsAnsweredIsSeen(t *testing.T) {
	h := build(t)
	o := h.openOffice(t)
	var today deadline.Date
	o.write(func(tx *pg.Tx) error { today = o.town.Today(tx); return nil })
	n := results.Least - 1
	for range n {
		number := o.letter(today)
		o.write(func(tx *pg.Tx) error {
			return o.town.Reply(t.Context(), tx, o.who, casework.Ref{Number: number, Version: 2}, casework.Message{Text: "Pakeistas."})
		})
	}
	for try := 1; ; try++ {
		number := o.letter(today)
		o.settled(h)
		if n++; o.timely(n) || o.known(today) >= int64(n) {
			t.Fatal("what is to be waited for stands there before")
		}
		o.answer(number)
		began := time.Now()
		page := o.within("the town's results", atHome, began, func() bool { return o.timely(n) })
		badge := o.within("the badge of the promise", atHome, began, func() bool { return o.tells("/lt/commitments/answer-questions", ".state__fig", n) })
		portal := o.within("what the portal knows", abroad, began, func() bool { return o.known(today) == int64(n) })
		if page && badge && portal {
			break
		}
		if try == tries {
			t.Fatalf("%d answers were seen too late", tries)
		}
	}
	o.entered(today)
}

// entered is the second half: the result of a promise that no case tells of.
func (o *office) entered(today deadline.Date) {
	const promise = "services-online"
	for try := 1; ; try++ {
		value := fmt.Sprintf("27%d,5", try)
		o.write(func(tx *pg.Tx) error {
			e := results.Entering{Commitment: promise, Day: today, Value: 270.5 + float64(try), Evidence: "Savivaldybės paslaugų sąrašas"}
			if try == 1 {
				_, err := results.Enter(o.t.Context(), tx, o.who.Actor, e, today)
				return err
			}
			_, err := results.Correct(o.t.Context(), tx, o.who.Actor, e, int64(try-1), "Perskaičiuota", today)
			return err
		})
		if o.within("a result that was entered", atHome, time.Now(), func() bool {
			_, text := o.ask("klaipeda", "/lt/results", false, nil)
			return strings.Contains(text, value)
		}) {
			return
		}
		if try == tries {
			o.t.Fatalf("%d results were seen too late", tries)
		}
	}
}

// TestTheComparisonFollows: the portal compares months that are over. What is
// entered late for one of them, at another instance, is in its pages within a
// minute.
func TestTheComparisonFollows(t *testing.T) {
	h := build(t)
	o := h.openOffice(t)
	var last deadline.Date
	o.write(func(tx *pg.Tx) error { last = results.MonthOf(o.town.Today(tx)).From.AddDays(-1); return nil })
	for range results.Least - 1 {
		o.letter(last)
	}
	o.settled(h)
	before := o.comparison()
	if got := o.compared(); got != "" {
		t.Fatalf("of %d letters the portal tells %q", results.Least-1, got)
	}
	o.letter(last)
	began := time.Now()
	if !o.within("the comparison", abroad, began, func() bool { return o.comparison() != before }) {
		t.Error("the comparison is late")
	}
	if got, want := o.compared(), fmt.Sprint(results.Least); got != want {
		t.Errorf("of %s letters the portal tells %q", want, got)
	}
}
