package admin

import (
	"slices"
	"strings"
	"time"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// hoursPage is when the town receives people, day by day.
type hoursPage struct {
	settingsTop
	Form   web.Form
	Origin origin
	Days   []hoursDay

	Stands, Typed string
}

// hoursDay is one row of the form.
type hoursDay struct{ Key, Name string }

func weekdays() []string { return []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} }

func weekdayName(r *web.Request, at int) string { return r.Weekday(time.Weekday((at + 1) % 7)) }

func (s *Site) hoursPage(r *web.Request) (web.Reply, error) { return s.hours(r, nil) }

func (s *Site) hours(r *web.Request, f *fault.Error) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	page := &hoursPage{}
	page.settingsTop = settingsFrame(r, r.Say(KeyHoursTitle, nil))
	if page.Origin, err = s.settingOrigin(r, "hours"); err != nil {
		return web.Reply{}, err
	}
	for i, key := range weekdays() {
		page.Days = append(page.Days, hoursDay{key, weekdayName(r, i)})
	}
	blank := !typed(r)
	if page.Form, err = shown(r, f, page.Origin.Version); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillHours(page.Form, profile.Hours)
	}
	if page.Form.Changed {
		list, _ := readHours(r)
		page.Stands, page.Typed = hoursWords(r, profile.Hours), hoursWords(r, list)
	}
	return web.HTML("settings_hours", page), nil
}

// span is a stretch of one day.
type span struct{ from, to string }

// spansOf gives the stretches of a day in their order.
func spansOf(hours []tenant.Hours, day string) []span {
	var list []span
	for _, h := range hours {
		if slices.Contains(h.Days, day) {
			list = append(list, span{h.From, h.To})
		}
	}
	slices.SortFunc(list, func(a, b span) int { return strings.Compare(a.from, b.from) })
	return list
}

// fillHours shows a day as opening, break and closing.
func fillHours(form web.Form, hours []tenant.Hours) {
	for _, day := range weekdays() {
		list := spansOf(hours, day)
		if len(list) == 0 {
			continue
		}
		form.Fill(day+"_opens", list[0].from).Fill(day+"_closes", list[len(list)-1].to)
		if len(list) > 1 {
			form.Fill(day+"_break_from", list[0].to).Fill(day+"_break_to", list[1].from)
		}
	}
}

// readHours reads the rows and puts days with the same hours together. A day left
// empty is closed.
func readHours(r *web.Request) ([]tenant.Hours, error) {
	f := fault.New(fault.Invalid, casework.KeyRuleFaults)
	byDay := map[string][]span{}
	for _, day := range weekdays() {
		get := func(name string) string {
			typed := strings.TrimSpace(r.Form.Get(day + "_" + name))
			if typed == "" {
				return ""
			}
			hour, err := readHour(typed)
			if err != nil {
				f.On(day+"_"+name, string(KeyHourForm))
				return typed
			}
			return hour.Format("15:04")
		}
		opens, from, to, closes := get("opens"), get("break_from"), get("break_to"), get("closes")
		switch {
		case opens == "" && closes == "" && from == "" && to == "":
			continue
		case opens == "" || closes == "":
			f.On(day+"_opens", string(KeyHoursBoth))
		case (from == "") != (to == ""):
			f.On(day+"_break_from", string(KeyBreakBoth))
		case from == "" && opens >= closes, from != "" && (opens >= from || from >= to || to >= closes):
			f.On(day+"_opens", string(KeyHoursOrder))
		case from == "":
			byDay[day] = []span{{opens, closes}}
		default:
			byDay[day] = []span{{opens, from}, {to, closes}}
		}
	}
	if len(f.Fields) > 0 {
		return nil, f
	}
	return grouped(byDay), nil
}

// grouped writes equal days as one entry for each stretch.
func grouped(byDay map[string][]span) []tenant.Hours {
	list := []tenant.Hours{}
	done := map[string]bool{}
	for i, day := range weekdays() {
		if done[day] || len(byDay[day]) == 0 {
			continue
		}
		days := []string{}
		for _, other := range weekdays()[i:] {
			if slices.Equal(byDay[other], byDay[day]) {
				days, done[other] = append(days, other), true
			}
		}
		for _, s := range byDay[day] {
			list = append(list, tenant.Hours{Days: days, From: s.from, To: s.to})
		}
	}
	return list
}

func hoursWords(r *web.Request, hours []tenant.Hours) string {
	var lines []string
	for i, day := range weekdays() {
		var spans []string
		for _, s := range spansOf(hours, day) {
			spans = append(spans, s.from+"–"+s.to)
		}
		if len(spans) > 0 {
			lines = append(lines, weekdayName(r, i)+": "+strings.Join(spans, ", "))
		}
	}
	return strings.Join(lines, "\n")
}

func (s *Site) hoursSave(r *web.Request) (web.Reply, error) {
	list, err := readHours(r)
	if err != nil {
		return web.Reply{}, err
	}
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	profile.Hours = list
	if err := s.amendProfile(r, profile, "hours", "hours", list); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathHours + "?saved=1")), nil
}
