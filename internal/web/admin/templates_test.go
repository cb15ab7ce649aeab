package admin

import (
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
)

func TestTemplates(t *testing.T) {
	webtest.Templates(t, web.Face{Name: "admin", Templates: templates}, merge(
		entrancePages(), deskPages(), settingsPages(),
	))
}

// inside is a frame as somebody sees it who has signed in.
func inside() web.Frame {
	return web.Frame{Side: &side{
		Views: []sideItem{{Label: "Mano", URL: "/lt/admin/cases?view=mine", Count: 3}}, Menu: []sideItem{{Label: "Nustatymai", URL: "/lt/admin/settings"}},
	}}
}

func entrancePages() map[string][]web.Framed {
	return map[string][]web.Framed{
		"log_in": {&entrancePage{}}, "code": {&entrancePage{}}, "forgotten": {&entrancePage{}}, "over": {&overPage{}, &overPage{Frame: inside()}}, "sent": {&sentPage{}},
		"password": {&passwordPage{}, &passwordPage{Frame: inside()}}, "email": {&emailPage{}}, "email_new": {&entrancePage{Frame: inside()}},
		"second": {&secondPage{}, &secondPage{Frame: inside()}}, "enrol": {&enrolPage{}, &enrolPage{Frame: inside()}},
		"codes": {&codesPage{}, &codesPage{Frame: inside()}}, "account": {&accountPage{Frame: inside()}},
	}
}

func deskPages() map[string][]web.Framed {
	return map[string][]web.Framed{
		"case": {
			&casePage{Frame: inside(), caseHead: caseHead{Case: &casework.Case{}}},
			&casePage{Frame: inside(), caseHead: caseHead{Case: &casework.Case{Anonymous: true}}, Reads: true, Reply: &offer{}},
		},
		"act":      {&actPage{Frame: inside(), caseHead: caseHead{Case: &casework.Case{}}}},
		"register": {&registerPage{Frame: inside()}}, "registered": {&registeredPage{Frame: inside(), Case: &casework.Case{}}},
		"inbox": {&inboxPage{Frame: inside()}, &inboxPage{Frame: inside(), Groups: []inboxGroup{{Rows: []inboxRow{{}}}}, Finished: true}},
	}
}

// merge puts the pages of the rooms together.
func merge(parts ...map[string][]web.Framed) map[string][]web.Framed {
	all := map[string][]web.Framed{}
	for _, part := range parts {
		for name, pages := range part {
			all[name] = append(all[name], pages...)
		}
	}
	return all
}
