package public

import (
	"strconv"

	"charterhouse/internal/charter"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/results"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

type charterPage struct {
	web.Frame
	Version charter.Version
	// Former is set on a version that is no longer in force.
	Former  bool
	Current int64
	// Notes are the measured states in the margin; without them the adopted words
	// stand alone, for quoting and print.
	Notes     bool
	Sections  []section
	Approved  deadline.Date
	Effective deadline.Date
	Published deadline.Date
	Channels  []tenant.Channel
	Hours     []hoursRow
}

// section is one heading with its promises and their badges.
type section struct {
	charter.Section
	Groups     []group
	Milestones []milestone
}

type milestone struct {
	Date deadline.Date // zero = undated
	Text i18n.Text
}

type group struct {
	charter.Group
	Promises []promise
}

// charter shows the version in force. ?notes=no leaves the margin out.
func (s *Site) charter(r *web.Request) (web.Reply, error) {
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	return s.showCharter(r, v, v.Number, web.Frame{Title: r.Text(v.Document.Title)})
}

// version shows one version as it was published. Its number tells it apart from
// the page of the charter in force, which is the one to be found.
func (s *Site) version(r *web.Request) (web.Reply, error) {
	v, current, err := numbered(r)
	if err != nil {
		return web.Reply{}, err
	}
	title := r.Say(KeyVersionsName, i18n.Args{"Number": v.Number}) + ": " + r.Text(v.Document.Title)
	return s.showCharter(r, v, current, web.Frame{Title: title, NoIndex: true})
}

func (s *Site) showCharter(r *web.Request, v charter.Version, current int64, frame web.Frame) (web.Reply, error) {
	t, err := s.office(r)
	if err != nil {
		return web.Reply{}, err
	}
	var board *results.Board // a former version has no notes
	if v.Number == current {
		if board, err = t.board(r); err != nil {
			return web.Reply{}, err
		}
	}
	frame.Description, frame.Menu = r.Text(v.Document.Lead), "/charter"
	page := &charterPage{
		Frame: frame, Version: v, Former: v.Number != current, Current: current,
		Notes:     r.Query.Get("notes") != "no" && v.Number == current,
		Sections:  sections(&v.Document, board),
		Published: deadline.Of(v.PublishedAt, r.Town.Zone),
		Channels:  t.Profile.Channels,
		Hours:     hours(r, t.Profile),
	}
	page.Effective, _ = deadline.ParseDate(v.Document.Effective)
	if v.Document.Act != nil {
		page.Approved, _ = deadline.ParseDate(v.Document.Act.Date)
	}
	page.Crumbs = []web.Crumb{{Label: r.Say(KeyMenuCharter, nil)}}
	if page.Former {
		page.Crumbs = []web.Crumb{
			{Label: r.Say(KeyMenuCharter, nil), Path: "/charter"},
			{Label: r.Say(KeyVersionsTitle, nil), Path: "/charter/versions"},
			{Label: strconv.FormatInt(v.Number, 10)},
		}
	}
	return web.HTML("charter", page), nil
}

// sections lays the document out, each promise with its badge and number.
func sections(d *charter.Document, board *results.Board) []section {
	places := d.Places()
	out := make([]section, len(d.Sections))
	next := 0
	for i, s := range d.Sections {
		out[i] = section{Section: s}
		for _, m := range s.Milestones {
			date, _ := deadline.ParseDate(m.Date) // checked when it was published
			out[i].Milestones = append(out[i].Milestones, milestone{date, m.Text})
		}
		for _, g := range s.Groups {
			row := group{Group: g}
			for range g.Commitments {
				row.Promises = append(row.Promises, promise{places[next], board.Of(places[next].Commitment)})
				next++
			}
			out[i].Groups = append(out[i].Groups, row)
		}
	}
	return out
}

// numbered reads the version that the address names and tells which is in force.
func numbered(r *web.Request) (charter.Version, int64, error) {
	number, err := strconv.ParseInt(r.Param("number"), 10, 64)
	// One address for one version: 01 and +1 would each be a page of their own in
	// the page cache, and there is no end to such spellings.
	if err != nil || number < 1 || r.Param("number") != strconv.FormatInt(number, 10) {
		return charter.Version{}, 0, fault.New(fault.NotFound, charter.KeyNoSuchVersion)
	}
	v, err := charter.Numbered(r.Ctx, r.Tx, number)
	if err != nil {
		return charter.Version{}, 0, err
	}
	last, err := charter.List(r.Ctx, r.Tx, 0, 1)
	if err != nil {
		return charter.Version{}, 0, err
	}
	return v, last[0].Number, nil
}
