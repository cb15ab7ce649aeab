package isolation

import "strings"

// Role is whoever asks.
type Role string

// Everybody there is: on the hosts of towns, and on the portal's.
const (
	Anonymous     Role = "anonymous"
	Submitter     Role = "code holder"
	Viewer        Role = "viewer"
	Officer       Role = "officer"
	Auditor       Role = "auditor"
	Administrator Role = "administrator"
	Operator      Role = "operator"
	Coordinator   Role = "coordinator"
)

// TownRoles and PortalRoles are who is tried on each host.
func TownRoles() []Role {
	return []Role{Anonymous, Submitter, Viewer, Officer, Auditor, Administrator}
}

// PortalRoles: the portal has accounts of its own and no cases.
func PortalRoles() []Role { return []Role{Anonymous, Operator, Coordinator} }

// Host is the side of the service that a route answers on.
type Host string

// The two kinds of host.
const (
	Town   Host = "town"
	Portal Host = "portal"
)

// The states in which a case is met. Own and foreign are confidential, handled by
// the officer and by a colleague.
const (
	fresh     = "fresh" // received, nobody's
	opened    = "open"  // taken by the officer
	waiting   = "waiting"
	answered  = "answered"
	closed    = "closed"
	withdrawn = "withdrawn"
	declined  = "declined"
	forwarded = "forwarded"
	own       = "confidential own"
	foreign   = "confidential foreign"
	sample    = "sample"
	danger    = "danger" // claimed by an anonymous submitter
	// erased is a case that was and is no more: whatever its submitter still holds is
	// answered as if it had never been. Samples are taken away like that.
	erased = "erased"
)

func states() []string {
	return []string{fresh, opened, waiting, answered, closed, withdrawn, declined, forwarded, own, foreign, sample, danger}
}

// met are the states in which somebody may ask about a case.
func met() []string { return append(states(), erased) }

// Line is one route with all that is decided about it.
type Line struct {
	Host  Host
	Route string // method and path without the language
	May   []Role // nobody else gets in
	// Audit is the action that the route leaves in the audit chain when it is done;
	// empty for what only reads, none for a form that changes nothing.
	Audit string
	// In are the states of a case in which it can be done; nil = it is about no case,
	// or about one of any state.
	In []string
}

// none is what a form leaves that only looks something up.
const none = "-"

var (
	anybody = []Role{Anonymous, Submitter, Viewer, Officer, Auditor, Administrator, Operator, Coordinator}
	// holder is whoever shows the code of a case, or the link of a mail about it.
	holder    = []Role{Submitter}
	staff     = []Role{Viewer, Officer, Auditor, Administrator, Operator, Coordinator}
	readers   = []Role{Viewer, Officer, Auditor, Administrator}
	handlers  = []Role{Officer, Administrator}
	viewers   = []Role{Officer, Auditor, Administrator}
	overseers = []Role{Administrator, Auditor, Operator}
	admins    = []Role{Administrator, Operator}
)

// Confidential says who may open a case that is not for everybody's eyes.
func Confidential() map[string][]Role {
	return map[string][]Role{own: {Officer, Administrator}, foreign: {Administrator}}
}

// Matrix is the only place that says who may do what on which route. A route that
// is not here fails the tests, and so does a line without a route.
func Matrix() []Line {
	lines := append(publicLines(), submitterLines()...)
	lines = append(lines, deskLines()...)
	lines = append(lines, figureLines()...)
	for _, host := range []Host{Town, Portal} {
		for _, l := range append(entranceLines(), houseLines()...) {
			l.Host = host
			lines = append(lines, l)
		}
	}
	return lines
}

// publicLines are the pages of everybody.
func publicLines() []Line {
	return []Line{
		{Town, "GET /", anybody, "", nil},
		{Town, "GET /commitments", anybody, "", nil},
		{Town, "GET /commitments/:key", anybody, "", nil},
		{Town, "GET /charter", anybody, "", nil},
		{Town, "GET /charter/versions", anybody, "", nil},
		{Town, "GET /charter/versions/:number", anybody, "", nil},
		{Town, "GET /charter/versions/:number/diff", anybody, "", nil},
		{Town, "GET /charter/versions/:number/text", anybody, "", nil},
		{Town, "GET /results", anybody, "", nil},
		{Town, "GET /results/download", anybody, "", nil},
		{Town, "GET /due", anybody, "", nil},
		{Town, "GET /search", anybody, "", nil},
		{Town, "GET /accessibility", anybody, "", nil},
		{Town, "GET /privacy", anybody, "", nil},
		{Town, "GET /sitemap.xml", anybody, "", nil},
		{Town, "GET /robots.txt", anybody, "", nil},
		{Town, "GET /emblem.svg", anybody, "", nil},

		{Portal, "GET /", anybody, "", nil},
		{Portal, "GET /compare", anybody, "", nil},
		{Portal, "GET /compare/download", anybody, "", nil},
		{Portal, "GET /compare/:indicator", anybody, "", nil},
		{Portal, "GET /compare/:indicator/download", anybody, "", nil},
		{Portal, "GET /municipalities/:slug", anybody, "", nil},
		{Portal, "GET /municipalities/:slug/download", anybody, "", nil},
		{Portal, "GET /accessibility", anybody, "", nil},
		{Portal, "GET /privacy", anybody, "", nil},
		{Portal, "GET /sitemap.xml", anybody, "", nil},
		{Portal, "GET /robots.txt", anybody, "", nil},
		{Portal, "GET /emblem.svg", anybody, "", nil},
	}
}

// submitterLines are filing a case and what its submitter does with it later. Who
// has neither code nor link gets as far as the form.
func submitterLines() []Line {
	mailed := []string{fresh, opened, waiting, answered, closed, withdrawn, declined, forwarded, own, foreign}
	running := []string{fresh, opened, waiting, own, foreign, sample, danger}
	return []Line{
		{Town, "GET /submit", anybody, "", nil},
		{Town, "GET /submit/:kind", anybody, "", nil},
		{Town, "POST /submit/:kind", anybody, "case.submit", nil},
		{Town, "GET /track", anybody, "", nil},
		{Town, "POST /track", holder, none, nil},
		{Town, "GET /track/:number/:token", holder, "", mailed},
		{Town, "GET /track/file", anybody, "", nil},
		{Town, "POST /track/file", holder, none, nil},
		{Town, "GET /track/add", anybody, "", nil},
		{Town, "POST /track/add", holder, "case.add", running},
		{Town, "GET /track/answer", anybody, "", nil},
		{Town, "POST /track/answer", holder, "case.respond", []string{waiting}},
		{Town, "GET /track/withdraw", anybody, "", nil},
		{Town, "POST /track/withdraw", holder, "case.withdraw", running},
		{Town, "GET /track/rate", anybody, "", nil},
		{Town, "POST /track/rate", holder, "case.rate", []string{answered, closed}},
	}
}

// entranceLines are the pages before the door, the same for towns and the portal.
func entranceLines() []Line {
	return []Line{
		{"", "GET /admin", anybody, "", nil},
		{"", "GET /admin/log-in", anybody, "", nil},
		{"", "POST /admin/log-in", anybody, "session.begin", nil},
		{"", "POST /admin/log-out", anybody, "session.end", nil},
		{"", "GET /admin/code", anybody, "", nil},
		{"", "POST /admin/code", anybody, "second_factor.recovery_used", nil},
		{"", "GET /admin/new-password", anybody, "", nil},
		{"", "POST /admin/new-password", anybody, "password.change", nil},
		{"", "GET /admin/second-factor", anybody, "", nil},
		{"", "POST /admin/second-factor", anybody, "second_factor.begin", nil},
		{"", "POST /admin/second-factor/confirm", anybody, "second_factor.on", nil},
		{"", "GET /admin/forgotten", anybody, "", nil},
		{"", "POST /admin/forgotten", anybody, "password.ask", nil},
		{"", "GET /admin/forgotten/sent", anybody, "", nil},
		{"", "GET /admin/reset", anybody, "", nil},
		{"", "POST /admin/reset", anybody, "password.reset", nil},
		{"", "GET /admin/invite", anybody, "", nil},
		{"", "POST /admin/invite", anybody, "user.accept", nil},
		{"", "GET /admin/email", anybody, "", nil},
		{"", "POST /admin/email", anybody, "user.email", nil},
	}
}

// houseLines are what every realm has behind the door.
func houseLines() []Line {
	return []Line{
		{"", "GET /admin/account", staff, "", nil},
		{"", "POST /admin/account", staff, "user.edit", nil},
		{"", "POST /admin/account/sessions", staff, "session.end_others", nil},
		{"", "GET /admin/account/password", staff, "", nil},
		{"", "POST /admin/account/password", staff, "password.change", nil},
		{"", "GET /admin/account/email", staff, "", nil},
		{"", "POST /admin/account/email", staff, "user.email_ask", nil},
		{"", "POST /admin/second-factor/codes", staff, "second_factor.recovery_renewed", nil},
		{"", "POST /admin/second-factor/off", staff, "second_factor.off", nil},

		{"", "GET /admin/users", admins, "", nil},
		{"", "GET /admin/users/new", admins, "", nil},
		{"", "POST /admin/users/new", admins, "user.add", nil},
		{"", "GET /admin/users/user/:id", admins, "", nil},
		{"", "POST /admin/users/user/:id", admins, "user.edit", nil},
		{"", "GET /admin/users/user/:id/do", admins, "", nil},
		{"", "POST /admin/users/user/:id/do", admins, "user.disable", nil},
		{"", "GET /admin/audit", overseers, "", nil},
		{"", "GET /admin/mails", overseers, "", nil},
		{"", "GET /admin/mails/mail/:id", overseers, "mail.read", nil},
		{"", "POST /admin/mails/mail/:id", admins, "mail.resend", nil},
		{"", "POST /admin/mails/jobs", admins, "job.rerun", nil},
	}
}

// figureLines are what the portal's people take away: figures of all towns.
func figureLines() []Line {
	both := []Role{Operator, Coordinator}
	return []Line{
		{Portal, "GET /admin/figures", both, "", nil},
		{Portal, "GET /admin/figures/:country", both, "", nil},
	}
}

// deskLines are what a town has behind the door.
func deskLines() []Line {
	return append(append(append(caseLines(), actLines()...), resultLines()...), settingsLines()...)
}

// caseLines are reading and registering cases. Whoever may only read never sees
// who the submitter is.
func caseLines() []Line {
	return []Line{
		{Town, "GET /admin/cases", readers, "", nil},
		{Town, "GET /admin/cases/:number", readers, "", nil},
		{Town, "GET /admin/cases/:number/person", handlers, "case.read_person", nil},
		{Town, "GET /admin/cases/:number/files/:file", readers, "", nil},
		{Town, "GET /admin/register", handlers, "", nil},
		{Town, "POST /admin/register", handlers, "case.register", nil},
		{Town, "GET /admin/register/dates", handlers, "", nil},
		{Town, "POST /admin/register/dates", handlers, none, nil},
	}
}

// actLines are what the desk does with a case: a page that tells what it brings
// about, and the form.
func actLines() (lines []Line) {
	undecided := []string{fresh, opened, waiting, own, foreign, sample, danger}
	decided := []string{fresh, opened, waiting, own, foreign, sample}
	for act, when := range map[string][]string{
		"confirm-danger": {danger},
		"refuse-danger":  {danger},
		"take":           {fresh, sample, danger},
		"reply":          decided,
		"extend":         {fresh, opened, own, foreign, sample},
		"ask":            {fresh, opened, own, foreign, sample, danger},
		"resume":         {waiting},
		"forward":        undecided,
		"decline":        undecided,
		"assign":         undecided,
		"add":            undecided,
		"note":           states(),
		"close":          {answered, forwarded},
		"reopen":         {answered, forwarded, declined, closed},
		"withdraw":       undecided,
		"protect":        states(),
	} {
		audit := "case." + strings.ReplaceAll(act, "-", "_")
		lines = append(lines,
			Line{Town, "GET /admin/cases/:number/" + act, handlers, "", nil},
			Line{Town, "POST /admin/cases/:number/" + act, handlers, audit, when})
	}
	return lines
}

// resultLines are the results that a town enters itself.
func resultLines() []Line {
	edits := []Role{Administrator}
	return []Line{
		{Town, "GET /admin/results", viewers, "", nil},
		{Town, "GET /admin/results/:key", viewers, "", nil},
		{Town, "POST /admin/results/:key", edits, "result.enter", nil},
		{Town, "GET /admin/results/:key/:starts", edits, "", nil},
		{Town, "POST /admin/results/:key/:starts", edits, "result.correct", nil},
	}
}

// settingsLines are what a town has decided for itself.
func settingsLines() []Line {
	edits := []Role{Administrator}
	return []Line{
		{Town, "GET /admin/settings", viewers, "", nil},
		{Town, "GET /admin/settings/terms", viewers, "", nil},
		{Town, "GET /admin/settings/terms/:kind", edits, "", nil},
		{Town, "POST /admin/settings/terms/:kind", edits, "rules.set", nil},
		{Town, "GET /admin/settings/terms/:kind/try", edits, "", nil},
		{Town, "POST /admin/settings/terms/:kind/try", edits, none, nil},
		{Town, "POST /admin/settings/terms/:kind/inherit", edits, "rules.set", nil},
		{Town, "GET /admin/settings/counting", edits, "", nil},
		{Town, "POST /admin/settings/counting", edits, "rules.set", nil},
		{Town, "GET /admin/settings/counting/try", edits, "", nil},
		{Town, "POST /admin/settings/counting/try", edits, none, nil},
		{Town, "GET /admin/settings/anonymous", edits, "", nil},
		{Town, "POST /admin/settings/anonymous", edits, "rules.set", nil},
		{Town, "GET /admin/settings/channels", viewers, "", nil},
		{Town, "POST /admin/settings/channels", edits, "settings.set", nil},
		{Town, "POST /admin/settings/channels/inherit", edits, "settings.set", nil},
		{Town, "GET /admin/settings/channels/edit/:key", edits, "", nil},
		{Town, "POST /admin/settings/channels/edit/:key", edits, "settings.set", nil},
		{Town, "GET /admin/settings/privacy", edits, "", nil},
		{Town, "POST /admin/settings/privacy", edits, "settings.set", nil},
		{Town, "GET /admin/settings/departments", viewers, "", nil},
		{Town, "POST /admin/settings/departments", edits, "settings.set", nil},
		{Town, "GET /admin/settings/departments/edit/:key", edits, "", nil},
		{Town, "POST /admin/settings/departments/edit/:key", edits, "settings.set", nil},
		{Town, "GET /admin/settings/hours", edits, "", nil},
		{Town, "POST /admin/settings/hours", edits, "settings.set", nil},
		{Town, "GET /admin/settings/days", viewers, "", nil},
		{Town, "POST /admin/settings/days", edits, "settings.set", nil},
		{Town, "GET /admin/settings/days/edit/:date", edits, "", nil},
		{Town, "POST /admin/settings/days/edit/:date", edits, "settings.set", nil},
		{Town, "GET /admin/settings/days/edit/:date/try", edits, "", nil},
		{Town, "POST /admin/settings/days/edit/:date/try", edits, none, nil},
	}
}

// Thing is what a parameter of a route, or a field of a form, names.
type Thing string

// The things of a town that have a name or a number.
const (
	Case       Thing = "case"
	Code       Thing = "tracking code"
	CaseLink   Thing = "case link"
	Ticket     Thing = "ticket"
	File       Thing = "file"
	User       Thing = "user"
	Session    Thing = "session"
	Token      Thing = "session token"
	Mail       Thing = "mail"
	Job        Thing = "job"
	Email      Thing = "address"
	Invitation Thing = "invitation"
	Reset      Thing = "reset link"
	NewEmail   Thing = "new address link"
	Recovery   Thing = "recovery code"
	OneTime    Thing = "one-time password"
	Version    Thing = "version"
	Commitment Thing = "commitment"
	// These are the same in all towns, or no secret of any.
	Word       Thing = "word"
	Channel    Thing = "channel"
	Department Thing = "department"
	Day        Thing = "day"
)

// Params says what the parameters of the routes name, by what stands before them.
// A parameter that is not here fails the tests by its name.
func Params() map[string]Thing {
	return map[string]Thing{
		"commitments/:key":      Commitment,
		"results/:key":          Commitment,
		"results/:key/:starts":  Day,
		"versions/:number":      Version,
		"cases/:number":         Case,
		"track/:number":         Case,
		"track/:number/:token":  CaseLink,
		"submit/:kind":          Word,
		"figures/:country":      Word,
		"compare/:indicator":    Word,
		"municipalities/:slug":  Word,
		"terms/:kind":           Word,
		"channels/edit/:key":    Channel,
		"departments/edit/:key": Department,
		"days/edit/:date":       Day,
		"user/:id":              User,
		"mail/:id":              Mail,
		"sessions/:id":          Session,
		"jobs/:id":              Job,
		"files/:file":           File,
		"files/:id":             File,
	}
}
