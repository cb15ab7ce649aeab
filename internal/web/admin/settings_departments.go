package admin

import (
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// departmentsPage lists the parts of the administration that cases are handed to,
// in the order in which officers choose from them.
type departmentsPage struct {
	settingsTop
	Rows   []departmentRow
	Origin origin
	Nonce  string
	Edit   bool
}

type departmentRow struct {
	tenant.Department
	First, Last bool
	// Used: a case is with it or was, so it is switched off and not removed.
	Used    bool
	Missing []string
}

func (s *Site) departments(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	used, err := casework.UsedDepartments(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	page := &departmentsPage{Edit: mayEdit(r), Nonce: r.NewNonce()}
	page.settingsTop = settingsFrame(r, r.Say(KeyDepartmentsTitle, nil))
	if page.Origin, err = s.settingOrigin(r, "departments"); err != nil {
		return web.Reply{}, err
	}
	for i, d := range profile.Departments {
		page.Rows = append(page.Rows, departmentRow{d, i == 0, i == len(profile.Departments)-1, used[d.Key], missing(r, d.Title)})
	}
	return web.HTML("settings_departments", page), nil
}

// departmentsChange moves a department up or down, switches it off or on, or takes
// away one that no case was ever with.
func (s *Site) departmentsChange(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	list := slices.Clone(profile.Departments)
	at, err := departmentAt(profile, r.Form.Get("key"))
	if err != nil {
		return web.Reply{}, err
	}
	switch do := r.Form.Get("do"); {
	case do == "up" && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
	case do == "down" && at < len(list)-1:
		list[at+1], list[at] = list[at], list[at+1]
	case do == "off" || do == "on":
		list[at].Off = do == "off"
	case do == "remove":
		used, err := casework.UsedDepartments(r.Ctx, r.Tx)
		if err != nil {
			return web.Reply{}, err
		}
		if used[list[at].Key] {
			return web.Reply{}, fault.New(fault.Conflict, KeyDepartmentKept)
		}
		list = slices.Delete(list, at, at+1)
	}
	return s.saveDepartments(r, profile, list, "departments")
}

func (s *Site) saveDepartments(r *web.Request, profile tenant.Profile, list []tenant.Department, below string, texts ...string) (web.Reply, error) {
	profile.Departments = list
	if err := s.amendProfile(r, profile, "departments", below, list, texts...); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathDepartments + "?saved=1")), nil
}

// departmentAt finds a department; -1 for a new one.
func departmentAt(profile tenant.Profile, key string) (int, error) {
	if key == newOne {
		return -1, nil
	}
	at := slices.IndexFunc(profile.Departments, func(d tenant.Department) bool { return d.Key == key })
	if at < 0 {
		return 0, fault.New(fault.NotFound, KeyDepartmentNone)
	}
	return at, nil
}

// departmentPage is the name of one department in each language.
type departmentPage struct {
	settingsTop
	Form  web.Form
	New   bool
	Langs []namedLang

	Stands, Typed string
}

func (s *Site) departmentPage(r *web.Request) (web.Reply, error) { return s.department(r, nil) }

func (s *Site) department(r *web.Request, f *fault.Error) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	at, err := departmentAt(profile, r.Param("key"))
	if err != nil {
		return web.Reply{}, err
	}
	from, err := s.settingOrigin(r, "departments")
	if err != nil {
		return web.Reply{}, err
	}
	page := &departmentPage{New: at < 0, Langs: langsOf(r)}
	title, stands := r.Say(KeyDepartmentNew, nil), tenant.Department{}
	if at >= 0 {
		stands = profile.Departments[at]
		title = r.Text(stands.Title)
	}
	page.settingsTop = settingsFrame(r, title, web.Crumb{Label: r.Say(KeyDepartmentsTitle, nil), Path: pathDepartments})
	blank := !typed(r)
	if page.Form, err = shown(r, f, from.Version); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillText(page.Form, "title", stands.Title, r.Langs)
	}
	if page.Form.Changed {
		page.Stands, page.Typed = departmentWords(r, profile.Departments), inEachLang(r, readText(r, "title"))
	}
	return web.HTML("settings_department", page), nil
}

// departmentWords are all names: somebody may have added the very department.
func departmentWords(r *web.Request, list []tenant.Department) string {
	var names []string
	for _, d := range list {
		names = append(names, inEachLang(r, d.Title))
	}
	return strings.Join(names, "\n")
}

func inEachLang(r *web.Request, t i18n.Text) string {
	var all []string
	for _, lang := range r.Langs {
		if t[lang] != "" {
			all = append(all, t[lang])
		}
	}
	return strings.Join(all, " · ")
}

func (s *Site) departmentSave(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	at, err := departmentAt(profile, r.Param("key"))
	if err != nil {
		return web.Reply{}, err
	}
	list := slices.Clone(profile.Departments)
	if at < 0 {
		at = len(list)
		list = append(list, tenant.Department{})
	}
	if list[at].Title = readText(r, "title"); list[at].Key == "" {
		list[at].Key = departmentKey(list[at].Title, list)
	}
	return s.saveDepartments(r, profile, list, "departments."+strconv.Itoa(at), "title")
}

// departmentKey names a new department by its name in Latin letters, so that an
// export can be read; by "department" where it has none.
func departmentKey(title i18n.Text, list []tenant.Department) string {
	words := strings.FieldsFunc(strings.ToLower(title["en"]), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	name := strings.Join(words[:min(len(words), 4)], "-")
	if name == "" || len(name) > 60 {
		name = "department"
	}
	key := name
	for n := 2; key == newOne || slices.ContainsFunc(list, func(d tenant.Department) bool { return d.Key == key }); n++ {
		key = name + "-" + strconv.Itoa(n)
	}
	return key
}
