package isolation

import (
	"database/sql"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// trial is one foreign thing on one route: carried in the path, or beside it (in
// query, form, cookie and Referer), or as the session itself.
type trial struct {
	route
	role    Role
	thing   Thing
	id      string
	carrier string
}

const (
	inPath    = "path"
	beside    = "beside"
	inField   = "field"
	asSession = "session"
)

// TestNoRouteShowsOrChangesAnotherTown asks every route of A, as everybody of A,
// with everything of B. The answer is that to an id which was never issued, and
// nothing of B changes.
func TestNoRouteShowsOrChangesAnotherTown(t *testing.T) {
	w := open(t)
	before := asked.Load()
	all := w.trials(t)
	routes := map[string]bool{}
	fingerprint := w.fingerprint(t, "t_"+slugB)
	never := map[string]string{}
	last, most := "", times(700, len(all))
	stride := (len(all) + most - 1) / most
	tried := 0
	for i, tr := range all {
		if now := string(tr.Host) + " " + tr.Route; now != last {
			w.unchanged(t, last, fingerprint)
			last, never = now, map[string]string{}
		} else if i%stride != 0 {
			continue
		}
		routes[last] = true
		tried++
		w.try(t, tr, never)
	}
	w.unchanged(t, last, fingerprint)
	if tried == 0 || asked.Load() == before {
		t.Fatal("nothing was asked")
	}
	if long() && asked.Load()-before < 20_000 {
		t.Errorf("only %d requests", asked.Load()-before)
	}
	t.Logf("route sweep: %d requests on %d routes, %d of %d trials", asked.Load()-before, len(routes), tried, len(all))
}

// try asks with the foreign id and with one that was never issued.
func (w *world) try(t *testing.T, tr trial, never map[string]string) {
	t.Helper()
	got := w.ask(w.question(t, tr, tr.id))
	w.revive(t, tr.route, got)
	if betrays(got.like(tr.id), slugB) {
		t.Errorf("%s as %s, %s in the %s: the answer carries the other town's canary", tr.Route, tr.role, tr.thing, tr.carrier)
	}
	key := fmt.Sprint(tr.role, tr.thing, tr.carrier)
	want, known := never[key]
	if !known || tr.Method != "GET" {
		id := neverIssued(tr.thing, tr.id)
		r := w.ask(w.question(t, tr, id))
		w.revive(t, tr.route, r)
		want = r.like(id)
		never[key] = want
	}
	if have := got.like(tr.id); have != want {
		t.Errorf("%s as %s, %s %s in the %s is not answered like one that never was:\n%s", tr.Route, tr.role, tr.thing, tr.id, tr.carrier, difference(have, want))
	}
}

// trials are all there are, by route.
func (w *world) trials(t *testing.T) (all []trial) {
	t.Helper()
	for _, r := range w.routes(t) {
		for _, role := range r.roles() {
			for _, th := range things() {
				ids := spread(w.b().ids(th), 3)
				if len(ids) == 0 {
					t.Fatalf("the other town has no %s", th)
				}
				for _, id := range ids {
					carriers := []string{beside}
					if slices.ContainsFunc(r.params, func(p param) bool { return p.thing == th || p.thing.common() }) {
						carriers = append(carriers, inPath)
					}
					if r.Method == "POST" {
						carriers = append(carriers, inField)
					}
					if th == Token {
						carriers = append(carriers, asSession)
					}
					for _, c := range carriers {
						all = append(all, trial{r, role, th, id, c})
					}
				}
			}
		}
	}
	return all
}

// spread picks n of a list, from its whole length.
func spread(list []string, n int) []string {
	if len(list) <= n || long() {
		return list
	}
	var some []string
	for i := range n {
		some = append(some, list[i*len(list)/n])
	}
	return some
}

// question puts an id where the trial carries it; everything else is A's own.
func (w *world) question(t testing.TB, tr trial, id string) question {
	c := w.a().Cases[opened]
	own := func(p param) string {
		if tr.carrier == inPath && (p.thing == tr.thing || p.thing.common()) {
			return id
		}
		return w.ownOf(tr.route, p.thing, c)
	}
	q := question{Slug: tr.slug(), Method: tr.Method, Path: tr.path(tr.lang(), own), Token: w.token(tr.slug(), tr.role)}
	if tr.Method == "POST" {
		if q.Form = maps.Clone(w.filled[tr.key()]); q.Form == nil {
			q.Form = w.form(t, tr.route, c)
		}
	}
	switch tr.carrier {
	case asSession:
		q.Token = id
	case inField:
		for name := range q.Form {
			if name != "nonce" && name != "number" && name != "code" || tr.thing == Case || tr.thing == Code {
				q.Form.Set(name, id)
			}
		}
	case beside:
		carried := url.Values{}
		for _, f := range fields() {
			if f == "nonce" && tr.thing != Ticket {
				continue // of another shape, it is no form at all
			}
			carried.Set(f, id)
			if q.Form != nil && !q.Form.Has(f) {
				q.Form.Set(f, id)
			}
		}
		q.Path += "?" + carried.Encode()
		q.Header = map[string]string{
			"Cookie": "case=" + url.QueryEscape(id) + "; token=" + url.QueryEscape(id), "Referer": "http://" + hostOf(slugB) + "/bg/track/" + url.PathEscape(id),
		}
	}
	return q
}

// ownOf is a thing of the town that is asked; of a case, of this one.
func (w *world) ownOf(r route, th Thing, c filed) string {
	s := w.towns[r.slug()]
	switch th {
	case Case, CaseLink, File, Code:
		return map[Thing]string{Case: c.Number, CaseLink: c.Link, File: c.File, Code: c.Code}[th]
	case Word:
		for mark, word := range map[string]string{"/terms/": "question", "/compare/": "on_time_law", "/municipalities/": slugA, "/figures/": "lt"} {
			if strings.Contains(r.Pattern, mark) {
				return word
			}
		}
		return "complaint"
	case User:
		p, ok := s.Users[string(Viewer)]
		if !ok {
			p = s.Users[string(Coordinator)]
		}
		return strconv.FormatInt(p.ID, 10)
	case Commitment:
		if strings.Contains(r.Pattern, "/admin/results") {
			return "public-services" // whose results are entered by hand
		}
		return "shared-vision"
	case Version:
		return "2"
	case Day, Channel, Department:
		if strings.Contains(r.Pattern, "/admin/results") {
			return "2025-01-01" // of the result that was sown
		}
		return "new"
	}
	if ids := s.ids(th); len(ids) > 0 {
		return ids[0]
	}
	return neverIssued(th, "never-issued")
}

// fingerprint is a checksum of every table of a schema.
func (w *world) fingerprint(t testing.TB, schema string) map[string]string {
	t.Helper()
	var all []string
	for _, table := range w.tables(t, schema) {
		all = append(all, `SELECT '`+table+`' AS name, coalesce(md5(string_agg(x, ',' ORDER BY x)), '') AS sum FROM (SELECT t::text x FROM `+schema+`.`+table+` t) s`)
	}
	return w.pairs(t, strings.Join(all, " UNION ALL "))
}

// pairs reads a result of two columns.
func (w *world) pairs(t testing.TB, query string, args ...any) map[string]string {
	t.Helper()
	rows, err := w.raw.Query(query, args...)
	must(t, err)
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, value string
		must(t, rows.Scan(&name, &value))
		all[name] = value
	}
	must(t, rows.Err())
	return all
}

func (w *world) tables(t testing.TB, schema string) []string {
	t.Helper()
	if all := w.listed[schema]; all != nil {
		return all
	}
	rows, err := w.raw.Query(`SELECT table_name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1`, schema)
	must(t, err)
	all := column(t, rows)
	if len(all) < 8 {
		t.Fatalf("%s has only %d tables", schema, len(all))
	}
	if w.listed == nil {
		w.listed = map[string][]string{}
	}
	w.listed[schema] = all
	return all
}

// column reads the one column of a result.
func column(t testing.TB, rows *sql.Rows) (all []string) {
	t.Helper()
	defer rows.Close()
	for rows.Next() {
		var s string
		must(t, rows.Scan(&s))
		all = append(all, s)
	}
	must(t, rows.Err())
	return all
}

func (w *world) unchanged(t *testing.T, after string, before map[string]string) {
	t.Helper()
	if after == "" {
		return
	}
	now := w.fingerprint(t, "t_"+slugB)
	for _, table := range slices.Sorted(maps.Keys(now)) {
		if now[table] != before[table] {
			t.Errorf("after %s the other town's table %s has changed", after, table)
			before[table] = now[table]
		}
	}
}
