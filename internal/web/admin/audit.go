package admin

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// auditRoutes are the record of what was done, for whoever may read it.
func (s *Site) auditRoutes() web.Routes {
	return web.Routes{web.Staff(access.AuditRead, pathAudit, s.audit)}
}

// auditPage is a part of the chain, the newest first, and what a verification of
// it found.
type auditPage struct {
	web.Frame
	Form     web.Form // the filter as it was typed
	Rows     []auditRow
	Actions  []web.FieldOption
	Actors   []web.FieldOption
	Next     string // address of the older part; empty = there is none
	Searched int64  // the oldest entry that the filter has looked at
	Filtered bool
	Last     int64 // number of the last entry
	Sealed   *sealed
	Verify   string // address that begins a verification
}

// auditRow is one entry. All of it is what somebody wrote or a program noted: it
// is shown as text and never as anything else.
type auditRow struct {
	Seq            int64
	At             string
	Who            string
	WhoURL         string
	Action, Object string
	Label          string // of the action; empty = it has none
	ObjectURL      string
	// Named is the object in words, Leads its page; empty where there is none.
	Named, Leads string
	Facts        []auditFact
	// Rest: something of the record has no words here.
	Rest   bool
	Detail string // the record as it stands
	Erased bool
}

// sealed is the outcome of a verification so far.
type sealed struct {
	audit.Report
	From int64 // the first entry that was looked at
	Done bool
	Head string
	// Go is the address that goes on from here; empty when it is done.
	Go string
}

// verifyAtOnce bounds how many entries one press verifies: about a second.
const verifyAtOnce = 50_000

func (s *Site) audit(r *web.Request) (web.Reply, error) {
	page := &auditPage{Form: web.Form{Values: r.Query}}
	page.Title, page.Menu = r.Say(KeyAuditTitle, nil), pathAudit
	filter := page.filter(r)
	before, _ := strconv.ParseInt(r.Query.Get("before"), 10, 64)
	list, err := audit.List(r.Ctx, r.Tx, filter, before)
	if err != nil {
		return web.Reply{}, err
	}
	if page.Last, err = audit.Head(r.Ctx, r.Tx); err != nil {
		return web.Reply{}, err
	}
	page.Searched, page.Filtered = list.Searched, filter != audit.Filter{}
	if list.Next > 1 {
		page.Next = s.auditURL(r, "before", strconv.FormatInt(list.Next, 10))
	}
	if err := page.rows(r, s, list.Entries); err != nil {
		return web.Reply{}, err
	}
	if err := page.choose(r); err != nil {
		return web.Reply{}, err
	}
	page.Verify = s.auditURL(r, "verify", "0")
	if r.Query.Has("verify") {
		err = page.verify(r, s)
	}
	return web.HTML("audit", page), err
}

// filter reads what is looked for; what cannot be read does not choose.
func (p *auditPage) filter(r *web.Request) audit.Filter {
	f := audit.Filter{
		Actor: r.Query.Get("actor"), Action: r.Query.Get("action"), Object: strings.TrimSpace(r.Query.Get("object")),
	}
	zone := zoneOf(r)
	if d, err := i18n.ReadDate(r.Query.Get("from")); err == nil {
		f.From = d.In(zone)
	}
	if d, err := i18n.ReadDate(r.Query.Get("to")); err == nil {
		f.To = d.AddDays(1).In(zone)
	}
	return f
}

// auditURL is the page's own address with one parameter changed.
func (s *Site) auditURL(r *web.Request, name, value string) string {
	pairs := []string{name, value}
	for _, other := range []string{"actor", "action", "object", "from", "to"} {
		pairs = append(pairs, other, r.Query.Get(other))
	}
	return r.URL(pathAudit) + "?" + query(pairs...)
}

func (p *auditPage) rows(r *web.Request, s *Site, entries []audit.Entry) error {
	words, err := s.auditWords(r)
	if err != nil {
		return err
	}
	actors := []string{}
	for _, e := range entries {
		if !slices.Contains(actors, e.Actor) {
			actors = append(actors, e.Actor)
		}
	}
	names, err := access.Names(r.Ctx, r.Tx, actors)
	if err != nil {
		return err
	}
	for _, e := range entries {
		row := auditRow{
			Seq: e.Seq, At: r.Moment(e.At), Who: upright(whoSays(r, e.Actor, names)), WhoURL: r.URL(pathAudit) + "?" + query("actor", e.Actor),
			Action: upright(e.Action), Object: upright(e.Object), Label: upright(actionSays(r, e.Action)), Detail: upright(legible(e.Detail)),
			Erased: e.Erased,
		}
		row.ObjectURL = r.URL(pathAudit) + "?" + query("object", e.Object)
		if err := row.word(words, e); err != nil {
			return err
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// word adds what can be said of the entry in words.
func (row *auditRow) word(words *auditWords, e audit.Entry) (err error) {
	if row.Named, row.Leads, err = words.object(e.Object); err != nil {
		return err
	}
	row.Named = upright(row.Named)
	if e.Erased || row.Detail == "" {
		return nil
	}
	row.Facts, row.Rest, err = words.facts(e.Detail)
	for i := range row.Facts {
		row.Facts[i].Value = upright(row.Facts[i].Value)
	}
	return err
}

// legible writes recorded JSON for reading, a line for each value and letters as
// they are; what is no JSON is shown as it stands.
func legible(detail string) string {
	if detail == "null" {
		return ""
	}
	decoder := json.NewDecoder(strings.NewReader(detail))
	decoder.UseNumber()
	var content any
	if decoder.Decode(&content) != nil {
		return detail
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if encoder.Encode(content) != nil {
		return detail
	}
	return strings.TrimSpace(out.String())
}

// upright writes the marks that would turn the letters of an entry as what they
// are: whoever is refused a page has chosen its address, and with it how this one
// would read.
func upright(s string) string {
	if strings.IndexFunc(s, web.Turns) < 0 {
		return s
	}
	var out strings.Builder
	for _, c := range s {
		if web.Turns(c) {
			fmt.Fprintf(&out, `\u%04x`, c)
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}

// whoSays names an actor: a person of the staff, the service, the operator, or
// somebody outside.
func whoSays(r *web.Request, actor string, names map[string]string) string {
	switch {
	case names[actor] != "":
		return names[actor]
	case actor == audit.System().ID:
		return r.Say(KeyActorSystem, nil)
	case actor == audit.Operator().ID:
		return r.Say(KeyActorOperator, nil)
	case actor == access.Visitor().ID:
		return r.Say(KeyActorVisitor, nil)
	case actor == string(casework.Submitter):
		return r.Say(KeyActorSubmitter, nil)
	}
	return actor
}

// choose fills the lists of the filter.
func (p *auditPage) choose(r *web.Request) error {
	p.Actions = []web.FieldOption{{Label: r.Say(KeyAuditAnyAction, nil)}}
	for _, action := range slices.Sorted(maps.Keys(actionKeys())) {
		p.Actions = append(p.Actions, web.FieldOption{Value: action, Label: actionSays(r, action), Chosen: action == r.Query.Get("action")})
	}
	slices.SortStableFunc(p.Actions[1:], func(a, b web.FieldOption) int { return strings.Compare(a.Label, b.Label) })
	p.Actors = []web.FieldOption{{Label: r.Say(KeyAuditAnybody, nil)}}
	for _, a := range []audit.Actor{{ID: string(casework.Submitter)}, audit.System(), audit.Operator(), access.Visitor()} {
		p.Actors = append(p.Actors, web.FieldOption{Value: a.ID, Label: whoSays(r, a.ID, nil)})
	}
	users, _, err := access.ListUsers(r.Ctx, r.Tx, access.Page{Limit: 100})
	for _, u := range users {
		p.Actors = append(p.Actors, web.FieldOption{Value: u.Actor, Label: upright(u.Name)})
	}
	for i := range p.Actors {
		p.Actors[i].Chosen = p.Actors[i].Value == r.Query.Get("actor")
	}
	return err
}

// verify goes over the next part of the chain. Each part begins where the one
// before has ended, so that a long chain is verified by a few presses.
func (p *auditPage) verify(r *web.Request, s *Site) error {
	after, err := strconv.ParseInt(r.Query.Get("verify"), 10, 64)
	if err != nil || after < 0 || after > p.Last {
		after = 0
	}
	report, done, err := audit.VerifyFrom(r.Ctx, r.Tx, after, verifyAtOnce, nil)
	if err != nil {
		return err
	}
	p.Sealed = &sealed{Report: report, From: after + 1, Done: done, Head: hex.EncodeToString(report.Head)}
	if !done {
		p.Sealed.Go = s.auditURL(r, "verify", strconv.FormatInt(report.Entries, 10))
	}
	return nil
}

// zoneOf is the zone whose days the page means.
func zoneOf(r *web.Request) *time.Location {
	if r.Town.Zone != nil {
		return r.Town.Zone
	}
	return time.UTC
}
