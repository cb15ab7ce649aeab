package isolation

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

// Line is one route with all that is decided about it.
type Line struct {
	Host  Host
	Route string // method and path without the language
	May   []Role // nobody else gets in
	// Audit is the action that the route leaves in the audit chain when it is done;
	// empty for what only reads. "-" stands where nothing is to be kept, with the
	// reason beside it.
	Audit string
}

var (
	public = []Role{Anonymous, Submitter, Viewer, Officer, Auditor, Administrator, Operator, Coordinator}
)

// Matrix is the only place that says who may do what on which route. A route that
// is not here fails the tests, and so does a line without a route.
func Matrix() []Line {
	return []Line{
		{Town, "GET /", public, ""},
		{Town, "GET /commitments", public, ""},
		{Town, "GET /commitments/:key", public, ""},
		{Town, "GET /charter", public, ""},
		{Town, "GET /charter/versions", public, ""},
		{Town, "GET /charter/versions/:number", public, ""},
		{Town, "GET /charter/versions/:number/diff", public, ""},
		{Town, "GET /charter/versions/:number/text", public, ""},
		{Town, "GET /due", public, ""},
		{Town, "GET /search", public, ""},
		{Town, "GET /accessibility", public, ""},
		{Town, "GET /privacy", public, ""},
		{Town, "GET /sitemap.xml", public, ""},
		{Town, "GET /robots.txt", public, ""},
		{Town, "GET /emblem.svg", public, ""},

		{Portal, "GET /", public, ""},
		{Portal, "GET /accessibility", public, ""},
		{Portal, "GET /privacy", public, ""},
		{Portal, "GET /sitemap.xml", public, ""},
		{Portal, "GET /robots.txt", public, ""},
		{Portal, "GET /emblem.svg", public, ""},
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
	// Word is one of a list that is the same in all towns.
	Word Thing = "word"
)

// Params says what the parameters of the routes name, by what stands before them.
// A parameter that is not here fails the tests by its name.
func Params() map[string]Thing {
	return map[string]Thing{
		"commitments/:key":     Commitment,
		"versions/:number":     Version,
		"cases/:number":        Case,
		"track/:number":        Case,
		"track/:number/:token": CaseLink,
		"submit/:kind":         Word,
		"users/:id":            User,
		"sessions/:id":         Session,
		"mails/:id":            Mail,
		"jobs/:id":             Job,
		"files/:file":          File,
		"files/:id":            File,
	}
}
