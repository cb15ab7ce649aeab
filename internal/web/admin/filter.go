package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// The views: lists that somebody looks at every day, each with an address.
const (
	viewOpen       = ""
	viewMine       = "mine"
	viewOverdue    = "overdue"
	viewToday      = "today"
	viewSoon       = "soon"
	viewWaiting    = "waiting"
	viewUnassigned = "unassigned"
	viewDone       = "done"
)

// viewTitles names the views, in the order of the menu.
func viewTitles() []struct {
	View string
	Key  i18n.Key
} {
	return []struct {
		View string
		Key  i18n.Key
	}{
		{viewOpen, KeyInboxOpen}, {viewMine, KeyInboxMine}, {viewOverdue, KeyInboxOverdue}, {viewToday, KeyInboxToday},
		{viewSoon, KeyInboxSoon}, {viewWaiting, KeyInboxWaiting}, {viewUnassigned, KeyInboxUnassigned}, {viewDone, KeyInboxDone},
	}
}

// filter is what the address of a list says. Whatever it says that nobody knows
// finds nothing, and breaks nothing.
type filter struct {
	View, Kind, State, Department, Assignee, Channel, Query string

	after casework.Cursor
}

func readFilter(r *web.Request) filter { return filterOf(r.Query) }

func filterOf(q url.Values) filter {
	f := filter{
		View: q.Get("view"), Kind: q.Get("kind"), State: q.Get("state"), Department: q.Get("department"),
		Assignee: q.Get("assignee"), Channel: q.Get("channel"), Query: strings.TrimSpace(q.Get("q")),
	}
	known := false
	for _, v := range viewTitles() {
		known = known || v.View == f.View
	}
	if !known {
		f.View = viewOpen
	}
	f.follow()
	if day, id, ok := strings.Cut(q.Get("after"), "~"); ok {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			f.after = casework.CursorAt(day, n)
		}
	}
	return f
}

// follow lets the state that was chosen decide the view: a view of open cases holds
// none that was answered, and nobody is to conclude that there are none.
func (f *filter) follow() {
	state := casework.State(f.State)
	if !slices.Contains(casework.States(), state) {
		return
	}
	dated := f.View == viewOverdue || f.View == viewToday || f.View == viewSoon
	switch {
	case state == casework.Waiting && dated:
		f.View = viewWaiting // what stands still is never due
	case state.Open() && f.View == viewDone, state.Open() && state != casework.Waiting && f.View == viewWaiting:
		f.View = viewOpen
	case !state.Open() && f.View != viewDone:
		// Whose cases they are is still asked for; when they are due is no longer.
		switch f.View {
		case viewMine:
			f.Assignee = "me"
		case viewUnassigned:
			f.Assignee = "none"
		}
		f.View = viewDone
	}
}

// casework puts the view and the filters together.
func (f filter) casework(r *web.Request) casework.Filter {
	out := casework.Filter{Kind: f.Kind, State: casework.State(f.State), Department: f.Department, Channel: f.Channel}
	switch f.Assignee {
	case "":
	case "none":
		out.Assignee.Nobody = true
	case "me":
		out.Assignee.User = r.Principal.User
	default:
		if id, err := strconv.ParseInt(f.Assignee, 10, 64); err == nil && id > 0 {
			out.Assignee.User = id
		}
	}
	switch f.View {
	case viewMine:
		out.Assignee = casework.Whose{User: r.Principal.User}
	case viewUnassigned:
		out.Assignee = casework.Whose{Nobody: true}
	case viewWaiting:
		out.State = casework.Waiting
	case viewOverdue:
		out.Group = casework.GroupOverdue
	case viewToday:
		out.Group = casework.GroupToday
	case viewSoon:
		out.Group = casework.GroupSoon
	}
	return out
}

// Narrowed tells whether anything but the view chooses.
func (f filter) Narrowed() bool {
	return f.Kind+f.State+f.Department+f.Assignee+f.Channel+f.Query != ""
}

func (f filter) nothing() i18n.Key {
	if f.Narrowed() {
		return KeyInboxNone
	}
	return KeyInboxEmpty
}

func (f filter) title() i18n.Key {
	for _, v := range viewTitles() {
		if v.View == f.View {
			return v.Key
		}
	}
	return KeyInboxOpen
}

// link is the address of this list from after a case on.
func (f filter) link(r *web.Request, after casework.Cursor) string {
	f.after = after
	return listPath(r, f.values())
}

func listPath(r *web.Request, q url.Values) string {
	if len(q) == 0 {
		return r.URL(pathCases)
	}
	return r.URL(pathCases) + "?" + q.Encode()
}
