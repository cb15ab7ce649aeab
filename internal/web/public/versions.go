package public

import (
	"fmt"
	"strconv"

	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// versionsShown bounds one page of the list of versions.
const versionsShown = 20

type versionsPage struct {
	web.Frame
	Versions []versionRow
	// Next is the query of the next page, empty on the last one.
	Next string
}

type versionRow struct {
	charter.Info
	Published deadline.Date
	Current   bool
	First     bool  // there is nothing to compare it with
	Before    int64 // the version it is compared with
}

// versions lists what the town has published, newest first; ?before=12 goes on.
func (s *Site) versions(r *web.Request) (web.Reply, error) {
	// What is no number begins at the newest: an address from a search engine
	// should still show the list.
	before, _ := strconv.ParseInt(r.Query.Get("before"), 10, 64)
	list, err := charter.List(r.Ctx, r.Tx, max(before, 0), versionsShown+1)
	if err != nil {
		return web.Reply{}, err
	}
	page := &versionsPage{Frame: web.Frame{
		Title: r.Say(KeyVersionsTitle, nil), Menu: "/charter",
		Crumbs: []web.Crumb{{Label: r.Say(KeyMenuCharter, nil), Path: "/charter"}, {Label: r.Say(KeyVersionsTitle, nil)}},
	}}
	if len(list) > versionsShown {
		list = list[:versionsShown]
		page.Next = fmt.Sprintf("?before=%d", list[versionsShown-1].Number)
	}
	for i, v := range list {
		page.Versions = append(page.Versions, versionRow{
			Info: v, Published: deadline.Of(v.PublishedAt, r.Town.Zone), Current: before <= 0 && i == 0, First: v.Number == 1, Before: v.Number - 1,
		})
	}
	return web.HTML("versions", page), nil
}

type diffPage struct {
	web.Frame
	Newer, Older int64
	Changes      []charter.Change
}

// versionDiff compares a version with the one before it, word by word.
func (s *Site) versionDiff(r *web.Request) (web.Reply, error) {
	newer, _, err := numbered(r)
	if err != nil {
		return web.Reply{}, err
	}
	older, err := charter.Numbered(r.Ctx, r.Tx, newer.Number-1)
	if err != nil {
		return web.Reply{}, err
	}
	title := r.Say(KeyDiffTitle, i18n.Args{"From": older.Number, "To": newer.Number})
	page := &diffPage{
		Frame: web.Frame{Title: title, Menu: "/charter", NoIndex: true, Crumbs: []web.Crumb{
			{Label: r.Say(KeyMenuCharter, nil), Path: "/charter"},
			{Label: r.Say(KeyVersionsTitle, nil), Path: "/charter/versions"},
			{Label: title},
		}},
		Newer: newer.Number, Older: older.Number,
		Changes: charter.Diff(&older.Document, &newer.Document, r.Lang),
	}
	return web.HTML("diff", page), nil
}

// versionText gives the very bytes whose checksum is published.
func (s *Site) versionText(r *web.Request) (web.Reply, error) {
	v, _, err := numbered(r)
	if err != nil {
		return web.Reply{}, err
	}
	name := fmt.Sprintf("%s-charter-%d.json", r.Town.Slug, v.Number)
	return web.Bytes("application/json", []byte(v.Text)).As(name), nil
}
