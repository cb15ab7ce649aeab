package admin

import (
	"net/url"

	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// mostFrom bounds what the address of a case tells of its list.
const mostFrom = 500

// way is the list from which somebody came to a case. It goes along in the address
// of every page and form of the case, so that the way back outlives what is done.
// An address that somebody else has made leads to a list of ours all the same.
type way struct {
	from string // the query of the list; "" = the first list of all
	// List is its address, Label its name; both empty where nobody came from one.
	List, Label string
}

func cameFrom(r *web.Request) way {
	q, err := url.ParseQuery(r.Query.Get("from"))
	if err != nil {
		return way{}
	}
	f := filterOf(q)
	w := way{from: f.from()}
	if w.from == "" {
		return way{}
	}
	w.List, w.Label = listPath(r, f.values()), r.Say(f.title(), nil)
	if f.Query != "" {
		w.Label = r.Say(KeyInboxFound, i18n.Args{"Query": f.Query})
	}
	return w
}

// to is the address of a page of a case, with the way back to the list; more are
// pairs of what else it says.
func (w way) to(path string, more ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	if w.from != "" {
		q.Set("from", w.from)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// from is the list in one word of an address; "" is the first one of all, and one
// that is too long to go along.
func (f filter) from() string {
	if s := f.values().Encode(); len(s) <= mostFrom {
		return s
	}
	return ""
}

// values are what the address of this very list says.
func (f filter) values() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{
		"view": f.View, "kind": f.Kind, "state": f.State, "department": f.Department, "assignee": f.Assignee, "channel": f.Channel, "q": f.Query,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.after != (casework.Cursor{}) {
		q.Set("after", f.after.Sort+"~"+number(f.after.ID))
	}
	return q
}
