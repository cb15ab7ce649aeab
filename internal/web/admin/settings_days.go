package admin

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// daysPage lists the days that the town has declared itself, over those of its
// country, and the open cases that keep a date from before.
type daysPage struct {
	settingsTop
	Own     []dayRow
	Country []tenant.ExtraDay
	Origin  origin
	Nonce   string
	Edit    bool
	Moved   []movedRow
	More    bool
}

type dayRow struct {
	tenant.ExtraDay
	Past    bool
	Missing []string
	// Version is that of the day alone, see dayVersion.
	Version int64
}

// movedRow is an open case that would have another date today.
type movedRow struct {
	casework.Moved
	KindName string
}

func (s *Site) days(r *web.Request) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	page := &daysPage{Edit: mayEdit(r), Nonce: r.NewNonce()}
	page.settingsTop = settingsFrame(r, r.Say(KeyDaysTitle, nil))
	if page.Origin, err = s.settingOrigin(r, "calendar"); err != nil {
		return web.Reply{}, err
	}
	for _, d := range sortedDays(town.Profile.Calendar.ExtraDays) {
		page.Own = append(page.Own, dayRow{d, d.Date < r.Today.String(), missing(r, d.Name), dayVersion(d)})
	}
	for _, d := range s.packs[r.Town.Country].Calendar.Extra {
		if d.Date >= r.Today {
			page.Country = append(page.Country, tenant.ExtraDay{Date: d.Date.String(), Name: d.Name, Working: d.Working, Source: d.Source})
		}
	}
	page.Moved, page.More, err = movedBy(r, town, town.Calendar)
	if err != nil {
		return web.Reply{}, err
	}
	return web.HTML("settings_days", page), nil
}

func sortedDays(days []tenant.ExtraDay) []tenant.ExtraDay {
	list := slices.Clone(days)
	slices.SortStableFunc(list, func(a, b tenant.ExtraDay) int { return strings.Compare(a.Date, b.Date) })
	return list
}

// dayVersion tells whether a day is still the one that a form was made from. The list
// has a version too, but two people may declare different days at once.
func dayVersion(d tenant.ExtraDay) int64 {
	raw, err := json.Marshal(d)
	if err != nil {
		return 0
	}
	sum := sha256.Sum256(raw)
	return int64(binary.BigEndian.Uint64(sum[:]) >> 12) // of a size that every reader of numbers keeps
}

func movedBy(r *web.Request, town *casework.Town, calendar *deadline.Calendar) ([]movedRow, bool, error) {
	list, more, err := town.WouldMove(r.Ctx, r.Tx, calendar)
	var rows []movedRow
	for _, m := range list {
		rows = append(rows, movedRow{m, kindName(r, m.Kind)})
	}
	return rows, more, err
}

// daysRemove takes a declared day back.
func (s *Site) daysRemove(r *web.Request) (web.Reply, error) {
	profile, version, err := heldDays(r)
	if err != nil {
		return web.Reply{}, err
	}
	list := slices.Clone(profile.Calendar.ExtraDays)
	at := slices.IndexFunc(list, func(d tenant.ExtraDay) bool { return d.Date == r.Form.Get("date") })
	if at < 0 {
		return web.Reply{}, fault.New(fault.NotFound, KeyDayNone)
	}
	if seen(r) != dayVersion(list[at]) {
		return web.Reply{}, fault.New(fault.Conflict, tenant.KeySettingChanged)
	}
	return s.saveDays(r, profile, version, slices.Delete(list, at, at+1))
}

// heldDays gives the profile with the days, which nobody else changes meanwhile.
func heldDays(r *web.Request) (profile tenant.Profile, version int64, err error) {
	if version, err = tenant.Hold(r.Ctx, r.Tx, "calendar"); err == nil {
		profile, err = tenant.Export(r.Ctx, r.Tx)
	}
	return profile, version, err
}

func (s *Site) saveDays(r *web.Request, profile tenant.Profile, version int64, list []tenant.ExtraDay) (web.Reply, error) {
	profile.Calendar.ExtraDays = list
	if err := s.checkCalendar(r, profile); err != nil {
		return web.Reply{}, err
	}
	if err := s.checkProfile(r, profile, "calendar.extra_days"); err != nil {
		return web.Reply{}, err
	}
	if err := tenant.Amend(r.Ctx, r.Tx, r.Actor(), "calendar", version, profile.Calendar); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathDays + "?saved=1")), nil
}

// dayPage declares one day.
type dayPage struct {
	settingsTop
	Form  web.Form
	New   bool
	Date  string // of the address
	Kinds []web.FieldOption
	Langs []namedLang
	// Tried: the cases that would have another date were looked for.
	Tried bool
	Moved []movedRow
	More  bool

	Stands, Typed string
}

func (s *Site) dayPage(r *web.Request) (web.Reply, error) { return s.day(r, nil) }

func (s *Site) day(r *web.Request, f *fault.Error) (web.Reply, error) { return s.dayWith(r, f, nil) }

func (s *Site) dayWith(r *web.Request, f *fault.Error, would *casework.Town) (web.Reply, error) {
	town, err := s.desk.Read(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	at, err := dayAt(r, town.Profile)
	if err != nil {
		return web.Reply{}, err
	}
	page := &dayPage{New: at < 0, Date: r.Param("date"), Langs: langsOf(r)}
	title, stands := r.Say(KeyDayNew, nil), tenant.ExtraDay{}
	if at >= 0 {
		stands = town.Profile.Calendar.ExtraDays[at]
		title = r.Text(stands.Name)
	}
	page.settingsTop = settingsFrame(r, title, web.Crumb{Label: r.Say(KeyDaysTitle, nil), Path: pathDays})
	blank := !typed(r)
	if page.Form, err = shown(r, f, dayVersion(stands)); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillDay(r, page.Form, stands)
	}
	page.Kinds = []web.FieldOption{{Value: "off", Label: r.Say(KeyDayOff, nil)}, {Value: "working", Label: r.Say(KeyDayWorking, nil)}}
	if page.Form.Changed {
		next, _ := readDay(r)
		if page.Stands, page.Typed = dayWords(r, stands), dayWords(r, next); at < 0 {
			page.Stands = daysWords(r, sortedDays(town.Profile.Calendar.ExtraDays))
		}
	}
	if page.Tried = would != nil; page.Tried {
		if page.Moved, page.More, err = movedBy(r, town, would.Calendar); err != nil {
			return web.Reply{}, err
		}
	}
	return web.HTML("settings_day", page), nil
}

// dayAt finds the day of the address; -1 for a new one.
func dayAt(r *web.Request, profile tenant.Profile) (int, error) {
	date := r.Param("date")
	if date == newOne {
		return -1, nil
	}
	at := slices.IndexFunc(profile.Calendar.ExtraDays, func(d tenant.ExtraDay) bool { return d.Date == date })
	if at < 0 {
		return 0, fault.New(fault.NotFound, KeyDayNone)
	}
	return at, nil
}

func fillDay(r *web.Request, form web.Form, d tenant.ExtraDay) {
	kind := "off"
	if d.Working {
		kind = "working"
	}
	form.Fill("kind", kind).Fill("source", d.Source)
	if date, err := deadline.ParseDate(d.Date); err == nil {
		form.Fill("date", r.Say(KeyTryToday, i18n.Args{"Today": date}))
	}
	fillText(form, "name", d.Name, r.Langs)
}

func readDay(r *web.Request) (tenant.ExtraDay, error) {
	reader := &termReader{r: r}
	reader.choice("kind", "off", "working")
	if err := reader.err(); err != nil {
		return tenant.ExtraDay{}, err
	}
	d := tenant.ExtraDay{Name: readText(r, "name"), Working: r.Form.Get("kind") == "working", Source: strings.TrimSpace(r.Form.Get("source"))}
	date, err := i18n.ReadDate(r.Form.Get("date"))
	if err != nil {
		return d, fault.New(fault.Invalid, casework.KeyRuleFaults).On("date", string(KeyDateForm))
	}
	d.Date = date.String()
	return d, nil
}

// dayWords tells of a day all that can be set, in the reader's form of a date.
func dayWords(r *web.Request, d tenant.ExtraDay) string {
	kind := KeyDayOff
	if d.Working {
		kind = KeyDayWorking
	}
	lines := []string{r.Say(kind, nil), everyText(r, d.Name), d.Source}
	if date, err := deadline.ParseDate(d.Date); err == nil {
		lines = append([]string{r.Say(KeyTryToday, i18n.Args{"Today": date})}, lines...)
	}
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n"))
}

// daysWords are all days: what stands beside a new one.
func daysWords(r *web.Request, list []tenant.ExtraDay) string {
	var all []string
	for _, d := range list {
		all = append(all, dayWords(r, d))
	}
	return strings.Join(all, "\n\n")
}

// nextDays is the list as it would be with the day of the form, checked.
func (s *Site) nextDays(r *web.Request, profile tenant.Profile) (tenant.Profile, error) {
	at, err := dayAt(r, profile)
	if err != nil {
		return profile, err
	}
	next, err := readDay(r)
	if err != nil {
		return profile, err
	}
	list := slices.Clone(profile.Calendar.ExtraDays)
	if at < 0 {
		at = len(list)
		list = append(list, tenant.ExtraDay{})
	}
	list[at] = next
	profile.Calendar.ExtraDays = list
	path := "calendar.extra_days." + strconv.Itoa(at)
	if err := s.checkProfile(r, profile, path, "name"); err != nil {
		return profile, err
	}
	return profile, s.checkCalendar(r, profile)
}

func (s *Site) daySave(r *web.Request) (web.Reply, error) {
	profile, version, err := heldDays(r)
	if err != nil {
		return web.Reply{}, err
	}
	next, readErr := readDay(r)
	if readErr == nil && slices.ContainsFunc(profile.Calendar.ExtraDays, func(d tenant.ExtraDay) bool { return dayVersion(d) == dayVersion(next) }) {
		return web.Redirect(r.URL(pathDays + "?saved=1")), nil // the button was pressed twice
	}
	at, err := dayAt(r, profile)
	if err != nil {
		return web.Reply{}, err
	}
	if at >= 0 && seen(r) != dayVersion(profile.Calendar.ExtraDays[at]) {
		return web.Reply{}, fault.New(fault.Conflict, tenant.KeySettingChanged)
	}
	if profile, err = s.nextDays(r, profile); err != nil {
		return web.Reply{}, err
	}
	return s.saveDays(r, profile, version, sortedDays(profile.Calendar.ExtraDays))
}

func (s *Site) dayBack(r *web.Request) (web.Reply, error) {
	return web.Redirect(r.URL(pathDays + "/edit/" + r.Param("date"))), nil
}

// dayTry looks which open cases the day would have moved. Nothing is written.
func (s *Site) dayTry(r *web.Request) (reply web.Reply, err error) {
	err = r.Read(func() error {
		town, err := s.desk.Read(r.Ctx, r.Tx)
		if err != nil {
			return err
		}
		profile, err := s.nextDays(r, town.Profile)
		if err != nil {
			return err
		}
		would, err := town.Trying(town.OwnRules(), profile)
		if err != nil {
			return calendarFault(err)
		}
		reply, err = s.dayWith(r, nil, would)
		return err
	})
	return reply, err
}
