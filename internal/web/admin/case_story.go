package admin

import (
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/files"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// filed is what the submitter sent at first.
type filed struct {
	Title, Body, Danger string
	Lang                string
	When                string
	Channel             string
	Files               []caseFile
}

// caseFile is a file with the address it is saved from.
type caseFile struct {
	files.File
	URL string
}

// event is one line of the timeline as the desk reads it.
type event struct {
	At, ISO string
	Title   string
	Who     string
	Visible bool
	// Theirs: the submitter did it.
	Theirs bool
	Quiet  bool
	Moved  bool
	Notice casework.Notice // how the submitter is told of it; empty = not at all
	Texts  []eventText
	Notes  []string // how the submitter was told, and what counts
	Files  []caseFile
}

type eventText struct {
	Label, Body string
	Lang        string
}

// story tells what was filed and what has happened since, the earliest first.
func story(r *web.Request, t *casework.Town, c *casework.Case, pin casework.Pin, who *people) (filed, []event, error) {
	var first filed
	list, err := casework.Timeline(r.Ctx, r.Tx, c, casework.Staff)
	if err != nil {
		return first, nil, err
	}
	referrals, err := casework.Referrals(r.Ctx, r.Tx, c)
	if err != nil {
		return first, nil, err
	}
	var actors []string
	for _, e := range list {
		actors = append(actors, e.Actor)
	}
	names, err := access.Names(r.Ctx, r.Tx, actors)
	if err != nil {
		return first, nil, err
	}
	tell := teller{r: r, t: t, c: c, pin: pin, who: who, names: names, referrals: referrals}
	var all []event
	for i, e := range list {
		out, err := tell.event(e)
		if err != nil {
			return first, nil, err
		}
		if i == 0 {
			first = tell.filed(e, &out)
		}
		all = append(all, out)
	}
	return first, all, nil
}

// teller puts events into words.
type teller struct {
	r         *web.Request
	t         *casework.Town
	c         *casework.Case
	pin       casework.Pin
	who       *people
	names     map[string]string
	referrals []casework.Referral
}

func (t *teller) event(e casework.Event) (event, error) {
	out := event{
		Who: t.names[e.Actor], Visible: e.Visible, Theirs: e.Party == casework.Submitter, Title: t.title(e),
		Moved: e.Action == casework.ToExtend, Notice: e.Facts.Notice, Quiet: e.Action == casework.ToSubmit || e.Action == casework.ToRegister,
	}
	out.At, out.ISO = when(t.r, e.At, e.DayOnly)
	for _, text := range e.Texts {
		label := ""
		switch text.Part {
		case casework.PartReasons:
			label = t.r.Say(KeyEventReasons, nil)
		case casework.PartSteps:
			label = t.r.Say(KeyEventSteps, nil)
		}
		out.Texts = append(out.Texts, eventText{Label: label, Body: text.Body, Lang: t.c.Lang})
	}
	out.Notes = t.notes(e)
	var err error
	out.Files, err = attached(t.r, t.c, e.Files)
	return out, err
}

// title says what happened.
func (t *teller) title(e casework.Event) string {
	args := i18n.Args{}
	key := i18n.Key("admin.event." + string(e.Action))
	switch e.Action {
	case casework.ToTake:
		if args["Name"] = t.who.name(t.r, e.Facts.Assignee); e.Facts.Assignee == 0 {
			key = KeyEventTakenUp // a made-up case, which no account handles
		}
	case casework.ToAssign:
		args["Name"] = t.assigned(e.Facts)
	case casework.ToExtend:
		args["Date"] = e.Facts.Final
		if !e.Facts.Unmoved().IsZero() {
			key = KeyEventExtendLaw
		}
	case casework.ToForward:
		args["Name"] = t.institution(e.Facts.Referral)
	case casework.ToRate:
		args["Score"] = e.Facts.Score
	case casework.ToProtect:
		if !e.Facts.Protected {
			key = KeyEventUnprotect
		}
	}
	return t.r.Say(key, args)
}

func (t *teller) assigned(f casework.Facts) string {
	switch {
	case f.Assignee == 0 && f.Department == "":
		return t.r.Say(KeyEventNobody, nil)
	case f.Assignee == 0:
		return departmentName(t.r, t.t, f.Department)
	case f.Department == "":
		return t.who.name(t.r, f.Assignee)
	}
	return t.who.name(t.r, f.Assignee) + ", " + departmentName(t.r, t.t, f.Department)
}

func (t *teller) institution(id int64) string {
	for _, to := range t.referrals {
		if to.ID == id {
			return to.Institution
		}
	}
	return "–"
}

// notes are the particulars that are no text of anybody.
func (t *teller) notes(e casework.Event) []string {
	var notes []string
	if e.Facts.Ground != "" {
		for _, g := range t.pin.Rule.Grounds {
			if g.Key == e.Facts.Ground {
				notes = append(notes, t.r.Say(KeyEventGround, i18n.Args{"Ground": t.r.Text(g.Title)}))
			}
		}
	}
	if e.Facts.Late {
		notes = append(notes, t.r.Say(KeyEventLate, nil))
	}
	if key, known := map[casework.Notice]i18n.Key{
		casework.NoticeMail: KeyEventNoticeMail, casework.NoticeLetter: KeyEventNoticeLetter, casework.NoticePage: KeyEventNoticePage,
	}[e.Facts.Notice]; known {
		notes = append(notes, t.r.Say(key, nil))
	}
	return notes
}

// filed takes what was sent at first out of its event: it stands above the
// timeline, whole.
func (t *teller) filed(e casework.Event, out *event) filed {
	f := filed{Lang: t.c.Lang, When: out.At, Channel: channelName(t.r, t.c.Channel), Files: out.Files}
	var rest []eventText
	for i, text := range e.Texts {
		switch text.Part {
		case casework.PartFiling:
			f.Title, f.Body = text.Title, text.Body
		case casework.PartDanger:
			f.Danger = text.Body
		default:
			rest = append(rest, out.Texts[i])
		}
	}
	out.Texts, out.Files = rest, nil
	return f
}

// when writes a moment by the town's clock, or the day where nobody kept more.
func when(r *web.Request, at time.Time, dayOnly bool) (shown, iso string) {
	local := at
	if r.Town.Zone != nil {
		local = at.In(r.Town.Zone)
	}
	if dayOnly {
		return r.Say(KeyDay, i18n.Args{"Date": deadline.Of(at, local.Location())}), local.Format("2006-01-02")
	}
	return r.Moment(at), local.Format("2006-01-02T15:04")
}

// attached describes files of the case; one that was erased since is left out.
func attached(r *web.Request, c *casework.Case, ids []string) ([]caseFile, error) {
	var all []caseFile
	for _, id := range ids {
		f, err := files.Get(r.Ctx, r.Tx, id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, caseFile{f, r.URL(casePath(c.Number, "/files/"+f.ID))})
	}
	return all, nil
}
