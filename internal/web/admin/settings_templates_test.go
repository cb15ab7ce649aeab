package admin

import "charterhouse/internal/web"

// settingsPages are the pages of settings, accounts, audit and mails, as empty as
// they can be.
func settingsPages() map[string][]web.Framed {
	return map[string][]web.Framed{
		"settings": {&settingsPage{}}, "settings_terms": {&termsPage{}}, "settings_term": {&termPage{Kind: "complaint"}, &termPage{Kind: "complaint", Tried: &tried{Kind: "complaint"}}},
		"settings_counting": {&countingPage{}}, "settings_anonymous": {&anonymousPage{}}, "settings_channels": {&channelsPage{}},
		"settings_channel": {&channelPage{}}, "settings_hours": {&hoursPage{}}, "settings_days": {&daysPage{}}, "settings_day": {&dayPage{}},
		"settings_departments": {&departmentsPage{}}, "settings_department": {&departmentPage{}}, "settings_privacy": {&retentionPage{}},
		"users": {&usersPage{}}, "user": {&userPage{}, &userPage{Own: true}}, "user_new": {&userNewPage{}},
		"results": {&resultsPage{}, &resultsPage{Rows: []manualRow{{Length: KeyResultsYearly}}}}, "result": {&resultPage{}, &resultPage{Edit: true, Entries: []entryRow{{}}}}, "result_correct": {&correctPage{}},
		"audit": {&auditPage{}, &auditPage{Sealed: &sealed{}}}, "mails": {&mailsPage{}, &mailsPage{Jobs: deadJobs{Rows: []deadJob{{}}, More: true, Rerun: true}}}, "mail": {&mailPage{}},
	}
}
