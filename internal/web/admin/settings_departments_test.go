package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
)

const departmentsPage = "/lt/admin/settings/departments"

// The administrator adds departments, names them, puts them in order, and switches
// one off that cases were handed to; officers choose among those that are on.
func TestDepartmentsAreAddedNamedOrderedAndSwitchedOff(t *testing.T) {
	o := openOffice(t, demoMail).as("rasa@klaipeda.lt", access.Administrator)
	o.page(departmentsPage).wants(t, 200, "Nenurodytas nė vienas skyrius")
	if o.page(cases).Find("select[name=department]").Length() != 0 {
		t.Error("there is a filter by departments that the town does not have")
	}
	at := departmentsPage + "/edit/new"
	o.post(at, o.fill(at, "", "title_lt", "Švietimo skyrius")).wants(t, http.StatusUnprocessableEntity, "English")
	o.post(at, o.fill(at, "", "title_lt", "Švietimo skyrius", "title_en", "Education Department")).leads(t, departmentsPage+"?saved=1")
	o.post(at, o.fill(at, "", "title_lt", "Aplinkos skyrius", "title_en", "Environment Department")).leads(t, departmentsPage+"?saved=1")
	version := func() string {
		v, _ := o.page(departmentsPage).Find("input[name=version]").First().Attr("value")
		return v
	}
	change := func(key, do string) got {
		return o.post(departmentsPage, url.Values{"version": {version()}, "key": {key}, "do": {do}})
	}
	change("environment-department", "up").wants(t, http.StatusSeeOther)
	page := o.page(departmentsPage).wants(t, 200, "Savivaldybės nuostata nuo 2026-11-20, pakeitė Rasa Jankutė")
	if first := page.Find("tbody tr").First().Text(); !strings.Contains(first, "Aplinkos skyrius") {
		t.Errorf("first is %s", first)
	}
	edit := departmentsPage + "/edit/education-department"
	stale := o.fill(edit, "", "title_lt", "Ugdymo skyrius")
	o.post(edit, o.fill(edit, "", "title_lt", "Švietimo ir jaunimo skyrius")).wants(t, http.StatusSeeOther)
	o.post(edit, stale).wants(t, http.StatusConflict, "Švietimo ir jaunimo skyrius", "Ugdymo skyrius")

	number := o.received(casework.Question, "2026-11-19", nil)
	o.page(cases+"/"+number+"/assign").wants(t, 200, "Švietimo ir jaunimo skyrius", "Aplinkos skyrius")
	o.acts(number, "assign", "department", "education-department")
	if rows := o.page(cases + "?department=education-department").rows(); len(rows) != 1 {
		t.Errorf("of the department: %v", rows)
	}
	change("education-department", "remove").wants(t, http.StatusConflict, "Išjunkite jį")
	change("education-department", "off").wants(t, http.StatusSeeOther)
	o.page(departmentsPage).wants(t, 200, "išjungtas", "Buvo perduota")
	// The case keeps its department and its name, and may change hands there; nothing new comes to it.
	o.page(cases+"/"+number).wants(t, 200, "Švietimo ir jaunimo skyrius")
	o.acts(number, "assign", "assignee", "")
	if c := o.stands(number); c.Department != "education-department" {
		t.Errorf("the case is with %q", c.Department)
	}
	other := o.received(casework.Question, "2026-11-19", nil)
	form := cases + "/" + other + "/assign"
	if o.page(form).Find(`option[value="education-department"]`).Length() != 0 {
		t.Error("what is switched off is offered")
	}
	o.post(form, o.fill(form, "/assign", "department", "education-department")).wants(t, http.StatusUnprocessableEntity)
	if rows := o.page(cases + "?department=education-department").rows(); len(rows) != 1 {
		t.Errorf("of the department that is off: %v", rows)
	}
	change("environment-department", "remove").wants(t, http.StatusSeeOther)
	change("environment-department", "remove").wants(t, http.StatusNotFound)
	change("education-department", "on").wants(t, http.StatusSeeOther)
	if n := o.entries("settings.set", "settings/departments"); n != 7 {
		t.Errorf("%d entries, want 7", n)
	}
	// Others read the list at most.
	for role, want := range map[access.Role]int{access.Officer: 200, access.Auditor: 200, access.Viewer: 403} {
		reader := o.colleague(string(role)+"@klaipeda.lt", role)
		if g := reader.get(departmentsPage); g.StatusCode != want || g.Find("main form, main a[href*=edit]").Length() != 0 {
			t.Errorf("%s: %d", role, g.StatusCode)
		}
		reader.get(edit).wants(t, http.StatusForbidden)
		reader.post(departmentsPage, url.Values{"version": {"8"}, "key": {"education-department"}, "do": {"off"}}).wants(t, http.StatusForbidden)
	}
}
