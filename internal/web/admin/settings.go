package admin

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// Addresses below the settings.
const (
	pathTerms     = pathSettings + "/terms"
	pathCounting  = pathSettings + "/counting"
	pathAnonymous = pathSettings + "/anonymous"
	pathChannels  = pathSettings + "/channels"
	pathHours     = pathSettings + "/hours"
	pathDays      = pathSettings + "/days"

	pathDepartments = pathSettings + "/departments"
	pathPrivacy     = pathSettings + "/privacy"
)

// settingsRoutes are what a town has decided for itself. Whoever reads settings
// sees the lists; a form asks for the permission to edit.
func (s *Site) settingsRoutes() web.Routes {
	many := func(names ...string) web.Option { return web.Bring(web.Limits{Many: names}) }
	return web.Routes{
		web.Staff(access.SettingsRead, pathSettings, s.settings),

		web.Staff(access.SettingsRead, pathTerms, s.terms),
		web.Staff(access.SettingsEdit, pathTerms+"/:kind", s.termPage),
		web.Action(access.SettingsEdit, pathTerms+"/:kind", s.termSave, web.Refused(s.term), many(termLists()...)),
		web.Staff(access.SettingsEdit, pathTerms+"/:kind/try", s.termBack),
		web.Action(access.SettingsEdit, pathTerms+"/:kind/try", s.termTry, web.InSteps(), web.Refused(s.term), many(termLists()...)),
		web.Action(access.SettingsEdit, pathTerms+"/:kind/inherit", s.termInherit),

		web.Staff(access.SettingsEdit, pathCounting, s.countingPage),
		web.Action(access.SettingsEdit, pathCounting, s.countingSave, web.Refused(s.counting)),
		web.Staff(access.SettingsEdit, pathCounting+"/try", s.countingBack),
		web.Action(access.SettingsEdit, pathCounting+"/try", s.countingTry, web.InSteps(), web.Refused(s.counting)),

		web.Staff(access.SettingsEdit, pathAnonymous, s.anonymousPage),
		web.Action(access.SettingsEdit, pathAnonymous, s.anonymousSave, web.Refused(s.anonymous)),

		web.Staff(access.SettingsRead, pathChannels, s.channels),
		web.Action(access.SettingsEdit, pathChannels, s.channelsMove),
		web.Action(access.SettingsEdit, pathChannels+"/inherit", s.channelsInherit),
		web.Staff(access.SettingsEdit, pathChannels+"/edit/:key", s.channelPage),
		web.Action(access.SettingsEdit, pathChannels+"/edit/:key", s.channelSave, web.Refused(s.channel)),

		web.Staff(access.SettingsEdit, pathHours, s.hoursPage),
		web.Action(access.SettingsEdit, pathHours, s.hoursSave, web.Refused(s.hours)),

		web.Staff(access.SettingsEdit, pathPrivacy, s.privacyPage),
		web.Action(access.SettingsEdit, pathPrivacy, s.privacySave, web.Refused(s.privacy)),

		web.Staff(access.SettingsRead, pathDepartments, s.departments),
		web.Action(access.SettingsEdit, pathDepartments, s.departmentsChange),
		web.Staff(access.SettingsEdit, pathDepartments+"/edit/:key", s.departmentPage),
		web.Action(access.SettingsEdit, pathDepartments+"/edit/:key", s.departmentSave, web.Refused(s.department)),

		web.Staff(access.SettingsRead, pathDays, s.days),
		web.Action(access.SettingsEdit, pathDays, s.daysRemove),
		web.Staff(access.SettingsEdit, pathDays+"/edit/:date", s.dayPage),
		web.Action(access.SettingsEdit, pathDays+"/edit/:date", s.daySave, web.Refused(s.day)),
		web.Staff(access.SettingsEdit, pathDays+"/edit/:date/try", s.dayBack),
		web.Action(access.SettingsEdit, pathDays+"/edit/:date/try", s.dayTry, web.InSteps(), web.Refused(s.day)),
	}
}

// settingsTop is what every page of the settings begins with.
type settingsTop struct {
	web.Frame
	// Done tells what has just been done; empty = nothing.
	Done string
}

func settingsFrame(r *web.Request, title string, way ...web.Crumb) settingsTop {
	crumbs := append([]web.Crumb{{Label: r.Say(KeySettingsTitle, nil), Path: pathSettings}}, way...)
	top := settingsTop{Frame: web.Frame{Title: title, Menu: pathSettings, Crumbs: append(crumbs, web.Crumb{Label: title})}}
	if r.Query.Has("saved") {
		top.Done = r.Say(KeySettingsSaved, nil)
	}
	return top
}

// origin tells where a setting comes from: inherited from the country, from the
// package that the town began with, or changed by somebody on these pages.
type origin struct {
	Own     bool
	Package bool
	Since   deadline.Date // zero = it was always inherited
	Who     string        // name; empty = nobody, or somebody who was forgotten
	Country i18n.Text
	Version int64
}

// Key is the sentence that tells it.
func (o origin) Key() i18n.Key {
	switch {
	case o.Own && o.Package:
		return KeyOriginPackage
	case o.Own && o.Who != "":
		return KeyOriginOwnBy
	case o.Own:
		return KeyOriginOwn
	case !o.Since.IsZero() && o.Who != "":
		return KeyOriginBackBy
	case !o.Since.IsZero():
		return KeyOriginBack
	}
	return KeyOriginInherited
}

func (o origin) say(r *web.Request) string {
	return r.Say(o.Key(), i18n.Args{"Since": o.Since, "Who": o.Who, "From": o.Country})
}

// record is who wrote a setting last, whatever table it stands in.
type record struct {
	version int64
	own     bool
	from    tenant.Origin
	at      time.Time
	by      string
}

func ofRule(st casework.Standing) record {
	return record{st.Version, st.Own, st.Origin, st.Since, st.By}
}

func ofSetting(st tenant.Standing) record {
	return record{st.Version, st.Version > 0, st.Origin, st.ChangedAt, st.ChangedBy}
}

// origins puts names to records, in one reading.
func (s *Site) origins(r *web.Request, records ...record) ([]origin, error) {
	actors := []string{}
	for _, rec := range records {
		if rec.by != "" && !slices.Contains(actors, rec.by) {
			actors = append(actors, rec.by)
		}
	}
	names, err := access.Names(r.Ctx, r.Tx, actors)
	if err != nil {
		return nil, err
	}
	list := make([]origin, len(records))
	for i, rec := range records {
		o := origin{Own: rec.own, Package: rec.from == tenant.FromPackage, Who: names[rec.by], Version: rec.version, Country: s.packs[r.Town.Country].Name}
		if rec.version > 0 {
			o.Since = deadline.Of(rec.at, r.Town.Zone)
		}
		list[i] = o
	}
	return list, nil
}

func (s *Site) origin(r *web.Request, rec record) (origin, error) {
	list, err := s.origins(r, rec)
	if err != nil {
		return origin{}, err
	}
	return list[0], nil
}

// seen is the version that a form was made from.
func seen(r *web.Request) int64 {
	n, err := strconv.ParseInt(r.Form.Get("version"), 10, 64)
	if err != nil {
		return -1 // of no form of ours: it conflicts
	}
	return n
}

// shown prepares a form of the settings. A conflict shows both texts; sent again,
// it then takes the place of what it was shown.
func shown(r *web.Request, f *fault.Error, version int64) (web.Form, error) {
	form, err := r.Shown(f)
	if err == nil && (form.Changed || form.Value("version") == "") {
		form.Values.Set("version", strconv.FormatInt(version, 10))
	}
	return form, err
}

// typed tells whether the form holds what somebody typed; else what is stored is
// to be filled in.
func typed(r *web.Request) bool { return r.Form != nil }

// fillText puts a text into one field for each language.
func fillText(form web.Form, name string, t i18n.Text, langs []string) {
	for _, lang := range langs {
		form.Fill(name+"_"+lang, t[lang])
	}
}

// readText reads one field for each language; nil where none has anything.
func readText(r *web.Request, name string) i18n.Text {
	t := i18n.Text{}
	for _, lang := range r.Langs {
		if v := strings.TrimSpace(r.Form.Get(name + "_" + lang)); v != "" {
			t[lang] = v
		}
	}
	if len(t) == 0 {
		return nil
	}
	return t
}

// everyText is a text in each of its languages, that of the page first: what two
// people changed may differ in one of the others alone.
func everyText(r *web.Request, t i18n.Text) string {
	var lines []string
	for _, lang := range append([]string{r.Lang}, r.Langs...) {
		if s := strings.TrimSpace(t[lang]); s != "" && !slices.Contains(lines, s) {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

// missing lists the languages of the site that a text lacks, by their names.
func missing(r *web.Request, t i18n.Text) []string {
	var list []string
	if t.Empty() {
		return nil
	}
	for _, lang := range r.Langs {
		if strings.TrimSpace(t[lang]) == "" {
			list = append(list, r.Say(i18n.Key("language."+lang), nil))
		}
	}
	return list
}

// onFields leads the findings of a package's check to the fields of a form: below
// is the path of what the form edits, texts are those with a field for each
// language. A text that lacks a language is a fault of that language's field.
func onFields(r *web.Request, err error, below string, texts ...string) error {
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	out := *f
	out.Fields = slices.Clone(f.Fields)
	for i, field := range out.Fields {
		name := strings.TrimPrefix(strings.TrimPrefix(field.Name, below), ".")
		name = strings.ReplaceAll(name, ".", "_")
		lang, lacks := field.Args["Language"].(string)
		switch {
		case lacks && field.Key == string(tenant.KeyCheckLanguageMissing):
			name += "_" + lang
			out.Fields[i].Args = map[string]any{"Language": i18n.Key("language." + lang)}
		case slices.Contains(texts, name):
			name += "_" + r.Langs[0]
		}
		out.Fields[i].Name = name
	}
	return &out
}
