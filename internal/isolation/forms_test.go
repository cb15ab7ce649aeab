package isolation

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// sheet is a form as it stands on a page, with what a browser would send.
type sheet struct {
	action string
	values url.Values
	names  map[string]bool // of all its fields, also of those that send nothing
}

// where is the page that a form stands on: who finds it, and with a case of which
// state.
type where struct {
	route route // the page; of a form that opens a case, the route it is sent to
	role  Role
	token string
	state string
}

// sheets reads the forms of a page that are sent by POST; a button with an
// address of its own makes another.
func sheets(body, page string) (all []sheet) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		return nil
	}
	doc.Find("form").Each(func(_ int, f *goquery.Selection) {
		if !strings.EqualFold(f.AttrOr("method", ""), "post") {
			return
		}
		values, names := url.Values{}, map[string]bool{}
		f.Find("input, textarea, select, button").Each(func(_ int, in *goquery.Selection) { names[in.AttrOr("name", "")] = true })
		f.Find("input, textarea, select").Each(func(_ int, in *goquery.Selection) { fill(values, in) })
		buttons := f.Find("button")
		action := f.AttrOr("action", page)
		buttons.Each(func(_ int, b *goquery.Selection) {
			own := maps.Clone(values)
			if name, has := b.Attr("name"); has {
				own[name] = []string{b.AttrOr("value", "")}
			}
			all = append(all, sheet{b.AttrOr("formaction", action), own, names})
		})
		if buttons.Length() == 0 {
			all = append(all, sheet{action, values, names})
		}
	})
	return all
}

// fill takes one field as it stands; what is empty is filled in as a careful
// person would.
func fill(values url.Values, in *goquery.Selection) {
	name, has := in.Attr("name")
	if !has {
		return
	}
	value, kind := in.AttrOr("value", ""), in.AttrOr("type", "text")
	_, checked := in.Attr("checked")
	switch {
	case in.Is("textarea"):
		value = in.Text()
	case in.Is("select"):
		chosen := in.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = in.Find("option").FilterFunction(func(_ int, o *goquery.Selection) bool { return o.AttrOr("value", "") != "" }).First()
		}
		value = chosen.AttrOr("value", "")
	case kind == "file":
		return
	case kind == "radio" || kind == "checkbox":
		if !checked && (kind == "checkbox" || values.Has(name)) {
			return
		}
		if checked && kind == "radio" {
			values.Del(name)
		}
		values[name] = append(values[name], value)
		return
	}
	if value == "" && kind != "hidden" {
		value = filler(name, kind)
	}
	values.Set(name, value)
}

// filler is what is typed into an empty field.
func filler(name, kind string) string {
	switch {
	case kind == "email":
		return "someone@example.org"
	case kind == "date" || strings.Contains(name, "date") || strings.HasSuffix(name, "_on") || name == "final":
		return "2026-11-20"
	case kind == "number":
		return "3"
	}
	return map[string]string{
		"title": "Neveikia šviestuvas", "body": "Prie mokyklos tamsu.", "name": "Ona Onaitė", "address": "Liepų g. 11", "text": "Pildau.",
		"answer": "Atsakome.", "question": "Kur?", "reason": "Taip reikia.", "reasons": "Taip reikia.", "note": "Pastaba.", "comment": "Ačiū.",
		"institution": "Ministerija", "explained": "Todėl.", "password": password, "new_password": newPassword,
	}[name]
}

const newPassword = "ąžuolas auga palengva"

// findForms finds out, once, on which page the form of each route stands: with an
// open case first, with the other states for what is then still missing.
func (w *world) findForms(t testing.TB) {
	t.Helper()
	w.forms, w.filled, w.names = map[string]where{}, map[string]url.Values{}, map[string]map[string]bool{}
	all := w.routes(t)
	for i, state := range append([]string{opened}, states()...) {
		for _, r := range all {
			if twin, _ := strings.CutPrefix(r.key(), string(r.Host)+" GET "); i > 0 && (len(r.statesOf()) == 1 || w.forms[string(r.Host)+" POST "+twin].state != "") {
				continue
			}
			for _, role := range []Role{Anonymous, Submitter, Administrator, Operator} {
				if slices.Contains(r.roles(), role) {
					w.findOn(all, where{r, role, w.token(r.slug(), role), state})
				}
			}
			if r.entrance() {
				for _, half := range []string{"halfway", "unenrolled", "onetime"} {
					w.findOn(all, where{r, Administrator, w.towns[r.slug()].Users[half].Token, state})
				}
			}
		}
	}
	for _, r := range all {
		// Its form comes with the answer to the step before.
		if r.Route == "POST /admin/second-factor/confirm" {
			w.forms[r.key()] = where{token: w.towns[r.slug()].Users["unenrolled"].Token}
		}
		if _, found := w.forms[r.key()]; r.Method == "POST" && !found {
			t.Errorf("%s: no page shows this form", r.key())
		}
	}
}

func (w *world) findOn(all []route, at where) {
	if at.route.Method == "POST" && (at.route.Portal || at.route.Route != "POST /track" || at.role != Submitter) {
		return
	}
	page, path := w.pageOf(at, w.a().Cases[at.state])
	for _, s := range sheets(page.Body, path) {
		for _, r := range all {
			if _, found := w.forms[r.key()]; !found && r.Method == "POST" && r.Portal == at.route.Portal && r.matches(s.action) {
				w.forms[r.key()] = at
			}
		}
	}
}

// pageOf asks for the page that a form stands on.
func (w *world) pageOf(at where, c filed) (reply, string) {
	path := at.route.path(at.route.lang(), func(p param) string { return w.ownOf(at.route, p.thing, c) })
	q := question{Slug: at.route.slug(), Method: at.route.Method, Path: path, Token: at.token}
	for name, value := range map[string]string{"reset": w.towns[q.Slug].Reset, "invite": w.towns[q.Slug].Invite, "email": w.towns[q.Slug].Email} {
		if strings.HasSuffix(path, "/admin/"+name) {
			q.Path += "?token=" + value
		}
	}
	if q.Method == "POST" {
		q.Form = url.Values{"number": {c.Number}, "code": {c.Code}}
	}
	return w.ask(q), path
}

// form is the form of a route as it is filled in well, about a case of a state.
func (w *world) form(t testing.TB, r route, c filed) url.Values {
	t.Helper()
	if w.forms == nil {
		w.findForms(t)
	}
	at := w.forms[r.key()]
	values := w.sheet(r, at, c)
	if values == nil && at.route.Pattern != "" {
		// In this state no page shows the form; somebody may send it all the same.
		if values = w.sheet(r, at, w.a().Cases[at.state]); values != nil {
			for name, value := range map[string]string{"number": c.Number, "code": c.Code, "token": c.Link, "version": w.version(t, c)} {
				if values.Has(name) {
					values.Set(name, value)
				}
			}
		}
	}
	if values == nil {
		values = url.Values{"nonce": {newNonce()}}
	}
	if values.Get("token") == "" && values.Has("token") {
		values.Del("token") // no letter was written: the code it is
		values.Set("code", c.Code)
	}
	for name, value := range typed(w, r, c) {
		if value == "" {
			values.Del(name)
		} else {
			values.Set(name, value)
		}
	}
	// For whom a page was drawn guards against a mistake and gives nobody a right: here
	// everybody sends everything.
	values.Del("as")
	w.filled[r.key()] = maps.Clone(values)
	return values
}

// sheet is the form of a route on a page about a case; nil where it is not there.
func (w *world) sheet(r route, at where, c filed) url.Values {
	if at.route.Pattern == "" {
		return nil
	}
	page, path := w.pageOf(at, c)
	for _, s := range sheets(page.Body, path) {
		if r.matches(s.action) {
			w.names[r.key()] = s.names
			return s.values
		}
	}
	return nil
}

// version is that of a case as it stands.
func (w *world) version(t testing.TB, c filed) (version string) {
	t.Helper()
	must(t, w.raw.QueryRow(`SELECT coalesce(max(version), 1) FROM t_`+slugA+`.cases WHERE id = $1`, c.ID).Scan(&version))
	return version
}

// matches tells whether an address is one of the route.
func (r route) matches(action string) bool {
	action, _, _ = strings.Cut(action, "#")
	action, _, _ = strings.Cut(action, "?")
	have, want := strings.Split(action, "/"), strings.Split(r.Pattern, "/")
	if len(have) != len(want) {
		return false
	}
	for i := range have {
		if !strings.HasPrefix(want[i], ":") && have[i] != want[i] {
			return false
		}
	}
	return true
}

func (r route) key() string { return string(r.Host) + " " + r.Route }

// statesOf are the states of a case that the route may be asked about; one where
// it is about none.
func (r route) statesOf() []string {
	if r.Method == "POST" && strings.HasPrefix(r.Route, "POST /track") || slices.ContainsFunc(r.params, func(p param) bool { return p.thing == Case }) {
		return met()
	}
	return []string{opened}
}
