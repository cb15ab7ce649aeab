package admin

import (
	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// settingsPage is the overview: what may be set, what stands, and whose it is.
type settingsPage struct {
	settingsTop
	Rows []settingRow
	Edit bool
}

// settingRow is one page of the settings.
type settingRow struct {
	Title, About, Path string
	// Open: it can be read by whoever reads settings.
	Open   bool
	Origin origin
	// Unset: neither the town nor its country has said anything.
	Unset bool
	// Own counts the parts that the town has decided itself; Of is how many there are.
	Own, Of int
	// Missing are languages that a text of it lacks.
	Missing []string
}

func (s *Site) settings(r *web.Request) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	rules, err := casework.Standings(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	profile, err := tenant.Standings(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	var parts []casework.RulePart
	for _, kind := range casework.Kinds() {
		parts = append(parts, casework.PartOf(kind))
	}
	kinds, own := latest(rules, parts...)
	counting, ownCounting := latest(rules, casework.PartAsking, casework.PartOutsideHours)
	list, err := s.origins(r, kinds, counting, ofRule(rules[casework.PartAnonymous]),
		ofSetting(profile["channels"]), ofSetting(profile["hours"]), ofSetting(profile["calendar"]),
		ofSetting(profile["departments"]), ofSetting(profile["privacy"]))
	if err != nil {
		return web.Reply{}, err
	}
	page := &settingsPage{Edit: r.Principal.Can(access.SettingsEdit)}
	page.settingsTop = settingsFrame(r, r.Say(KeySettingsTitle, nil))
	page.Crumbs = nil
	texts := ownTexts(r, town)
	add := func(i int, path string, title, about i18n.Key) *settingRow {
		page.Rows = append(page.Rows, settingRow{
			Title: r.Say(title, nil), About: r.Say(about, nil), Path: path, Origin: list[i], Missing: texts[path],
			Open: path == pathTerms || path == pathChannels || path == pathDays || path == pathDepartments,
		})
		return &page.Rows[len(page.Rows)-1]
	}
	row := add(0, pathTerms, KeyTermsTitle, KeyTermsAbout)
	row.Own, row.Of = own, len(parts)
	row = add(1, pathCounting, KeyCountingTitle, KeyCountingAbout)
	row.Own, row.Of = ownCounting, 2
	add(2, pathAnonymous, KeyAnonymousTitle, KeyAnonymousAbout)
	add(3, pathChannels, KeyChannelsTitle, KeyChannelsAbout)
	hours := add(4, pathHours, KeyHoursTitle, KeyHoursAbout)
	hours.Unset = len(town.Profile.Hours) == 0
	add(5, pathDays, KeyDaysTitle, KeyDaysAbout)
	rooms := add(6, pathDepartments, KeyDepartmentsTitle, KeyDepartmentsAbout)
	rooms.Unset = len(town.Profile.Departments) == 0
	kept := add(7, pathPrivacy, KeyRetentionTitle, KeyRetentionAbout)
	kept.Unset = town.Profile.Privacy.Retention.Empty()
	return web.HTML("settings", page), nil
}

// latest is the last change among some rules, and how many of them are the town's
// own.
func latest(all map[casework.RulePart]casework.Standing, parts ...casework.RulePart) (last record, own int) {
	for _, part := range parts {
		st, ok := all[part]
		if !ok {
			continue
		}
		if st.Own {
			own++
		}
		if last.version == 0 || st.Since.After(last.at) {
			last = ofRule(st)
		}
	}
	last.own = own > 0
	return last, own
}

// ownTexts finds the pages whose texts lack a language of the site.
func ownTexts(r *web.Request, town *casework.Town) map[string][]string {
	found := map[string][]string{}
	note := func(path string, texts ...i18n.Text) {
		for _, t := range texts {
			if lacks := missing(r, t); len(lacks) > len(found[path]) {
				found[path] = lacks
			}
		}
	}
	for _, k := range town.Rules.Kinds {
		note(pathTerms, kindTexts(k)...)
	}
	if a := town.Rules.Anonymous; a != nil {
		note(pathAnonymous, a.Notice, a.Basis)
	}
	for _, c := range town.Profile.Channels {
		note(pathChannels, c.Title, c.Body)
		for _, l := range c.Links {
			note(pathChannels, l.Label)
		}
	}
	for _, d := range town.Profile.Calendar.ExtraDays {
		note(pathDays, d.Name)
	}
	note(pathPrivacy, town.Profile.Privacy.Retention)
	for _, d := range town.Profile.Departments {
		note(pathDepartments, d.Title)
	}
	return found
}

func kindTexts(k casework.Kind) []i18n.Text {
	texts := []i18n.Text{k.Note}
	if k.Own != nil {
		texts = append(texts, k.Own.Note)
	}
	if k.Law != nil {
		texts = append(texts, k.Law.Basis)
	}
	if k.Extension != nil {
		texts = append(texts, k.Extension.Basis)
	}
	return texts
}
