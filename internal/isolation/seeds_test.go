package isolation

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"charterhouse/internal/access"
	"charterhouse/internal/app"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/pg"
)

// seeds are the things of one town, with every secret that opens one of them.
type seeds struct {
	Slug, Realm, Canary string
	Users               map[string]person
	Cases               map[string]filed
	Files               map[string][]byte
	Mails, Jobs         []int64

	Tickets []string // of forms that were opened and not sent
	Invite  string
	Reset   string
	Email   string
	OneTime string // password of the user of that name
}

// person is an account with what its owner knows.
type person struct {
	ID, Session  int64
	Email, Actor string
	Token, TOTP  string
	Recovery     []string
}

// filed is a case with what its submitter knows. Link is the token of the mail.
type filed struct {
	ID           int64
	Number       string
	Code, Ticket string
	Link         string
	File         string
}

// canaryOf is what every text of a town carries.
func canaryOf(slug string) string {
	if slug == "" {
		slug = "portal"
	}
	return "CNRY-" + slug + "-7f3a"
}

// openCanary is what a town's published charter carries.
func openCanary(slug string) string { return "OPEN-" + slug + "-7f3a" }

const password = "gili upė teka lėtai"

func newSeeds(slug string) *seeds {
	return &seeds{
		Slug: slug, Realm: realm(slug).Name(), Canary: canaryOf(slug),
		Users: map[string]person{}, Cases: map[string]filed{}, Files: map[string][]byte{},
	}
}

// sower fills one town through the verbs that the pages use.
type sower struct {
	*app.Service
	*seeds
	ctx context.Context
	raw *sql.DB
	dir string
}

func (g *sower) write(fn func(*pg.Tx) error) error {
	return g.DB.Class(pg.Jobs).Write(g.ctx, realm(g.Slug), fn)
}

func (g *sower) lang() string {
	return map[string]string{slugA: "lt", slugB: "bg", "": "en"}[g.Slug]
}

func (g *sower) sow() error {
	if err := g.staff(); err != nil {
		return err
	}
	if g.Slug == "" {
		return g.portalMails()
	}
	for _, step := range []func() error{g.cases, g.links, g.jobs, g.numbers} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// staff makes the accounts; each signs in, but for those whose way in waits.
func (g *sower) staff() error {
	team := map[string]access.Role{
		"viewer": access.Viewer, "officer": access.Officer, "colleague": access.Officer, "auditor": access.Auditor,
		"administrator": access.Administrator, "deputy": access.Administrator,
	}
	waiting, leading := access.Viewer, access.Administrator
	if g.Slug == "" {
		team = map[string]access.Role{"operator": access.Operator, "coordinator": access.Coordinator}
		waiting, leading = access.Coordinator, access.Operator
	}
	for name, role := range team {
		if err := g.hire(name, role); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := g.outside(waiting); err != nil {
		return err
	}
	return g.halfWay(leading)
}

// halfWay are those who stand between two steps of signing in: a code is asked
// for, a second factor, another password.
func (g *sower) halfWay(role access.Role) error {
	for _, name := range []string{"halfway", "unenrolled"} {
		if err := g.hire(name, role); err != nil {
			return err
		}
	}
	half, err := signIn(g.ctx, g.Service, realm(g.Slug), g.Users["halfway"], password)
	if err != nil {
		return err
	}
	g.Users["halfway"] = half
	if err := g.begin("unenrolled"); err != nil {
		return err
	}
	once, err := signIn(g.ctx, g.Service, realm(g.Slug), g.Users["onetime"], g.OneTime)
	g.Users["onetime"] = once
	return err
}

// begin gives somebody a second factor that is not confirmed yet.
func (g *sower) begin(name string) error {
	p := g.Users[name]
	err := g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		e, err := g.Gate.BeginSecondFactor(g.ctx, tx, who, access.Proof{})
		p.TOTP = e.Secret.Reveal()
		return err
	})
	g.Users[name] = p
	return err
}

// add makes an account and its invitation.
func (g *sower) add(name string, role access.Role) (u access.User, invited access.Token, err error) {
	err = g.write(func(tx *pg.Tx) error {
		u, err = access.AddUser(g.ctx, tx, audit.Operator(), access.NewUser{Roles: []access.Role{role}, Profile: access.Profile{
			Email: name + "@" + strings.ToLower(g.Canary) + ".example.org", Name: g.Canary + " " + name, Department: g.Canary, Lang: g.lang(),
		}})
		if err != nil {
			return err
		}
		m, err := g.Gate.Invite(g.ctx, tx, audit.Operator(), u.ID)
		invited = m.Token
		return err
	})
	g.Users[name] = person{ID: u.ID, Email: u.Email, Actor: u.Actor}
	return u, invited, err
}

// hire makes an account, accepts the invitation and signs in.
func (g *sower) hire(name string, role access.Role) error {
	u, invited, err := g.add(name, role)
	if err != nil {
		return err
	}
	secret, err := g.Gate.Prepare(g.ctx, access.HolderOfUser(u), password)
	if err != nil {
		return err
	}
	if err := g.write(func(tx *pg.Tx) error { return g.Gate.Accept(g.ctx, tx, invited, secret) }); err != nil {
		return err
	}
	p, err := signIn(g.ctx, g.Service, realm(g.Slug), g.Users[name], password)
	if err != nil {
		return err
	}
	g.Users[name], err = p, nil
	if (role == access.Administrator || role == access.Operator) && name != "unenrolled" {
		g.Users[name], err = g.enrol(p, access.Proof{})
	}
	return err
}

// signIn goes through the gate as the page does.
func signIn(ctx context.Context, v *app.Service, r pg.Realm, p person, password string) (person, error) {
	write := func(fn func(*pg.Tx) error) error { return v.DB.Class(pg.Staff).Write(ctx, r, fn) }
	var attempt access.Attempt
	err := write(func(tx *pg.Tx) (err error) { attempt, err = v.Gate.Begin(ctx, tx, p.Email, p.Email); return err })
	if err != nil {
		return p, err
	}
	proof, err := v.Gate.Verify(ctx, attempt, password)
	if err != nil {
		return p, err
	}
	var out access.Outcome
	if err := write(func(tx *pg.Tx) (err error) { out, err = v.Gate.LogIn(ctx, tx, proof, "Firefox, Linux", ""); return err }); err != nil {
		return p, err
	}
	if out.Refusal != nil {
		return p, out.Refusal
	}
	p.Token = out.Token.Reveal()
	return p, write(func(tx *pg.Tx) error {
		who, err := v.Gate.Session(ctx, tx, out.Token)
		p.Session = who.SessionID
		return err
	})
}

// enrol sets up a second factor; the proof is for whose role does not ask for one.
func (g *sower) enrol(p person, proof access.Proof) (person, error) {
	now, err := time.Parse(time.RFC3339, noon)
	if err != nil {
		return p, err
	}
	return p, g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		e, err := g.Gate.BeginSecondFactor(g.ctx, tx, who, proof)
		if err != nil {
			return err
		}
		p.TOTP = e.Secret.Reveal()
		code, err := totp.GenerateCode(p.TOTP, now)
		if err != nil {
			return err
		}
		out, recovery, err := g.Gate.ConfirmSecondFactor(g.ctx, tx, who, code)
		if err != nil {
			return err
		}
		for _, c := range recovery {
			p.Recovery = append(p.Recovery, c.Reveal())
		}
		p.Token = out.Token.Reveal()
		return nil
	})
}

// outside are the accounts and links whose owners have not come in: an
// invitation, a one-time password, a new password asked for, a new address.
func (g *sower) outside(role access.Role) error {
	_, invited, err := g.add("invited", role)
	if err != nil {
		return err
	}
	g.Invite = invited.Reveal()
	gone, _, err := g.add("disabled", role)
	if err != nil {
		return err
	}
	once, _, err := g.add("onetime", role)
	if err != nil {
		return err
	}
	g.OneTime = access.OneTimePassword()
	secret, err := g.Gate.Prepare(g.ctx, access.HolderOfUser(once), g.OneTime)
	if err != nil {
		return err
	}
	asking, moving := "viewer", "colleague"
	if g.Slug == "" {
		asking, moving = "coordinator", "coordinator"
	}
	proof, err := g.prove(g.Users[moving])
	if err != nil {
		return err
	}
	return g.write(func(tx *pg.Tx) error {
		if err := access.Disable(g.ctx, tx, audit.Operator(), gone.ID, gone.Version); err != nil {
			return err
		}
		if _, err := g.Gate.GivePassword(g.ctx, tx, audit.Operator(), once.ID, secret); err != nil {
			return err
		}
		r, err := g.Gate.AskReset(g.ctx, tx, g.Users[asking].Email, "somewhere")
		if err != nil {
			return err
		}
		reset, _, err := g.Gate.WriteReset(g.ctx, tx, r)
		if err != nil {
			return err
		}
		who, err := g.Gate.Session(g.ctx, tx, access.Token(g.Users[moving].Token))
		if err != nil {
			return err
		}
		moved, err := g.Gate.AskEmail(g.ctx, tx, who, proof, "new@"+strings.ToLower(g.Canary)+".example.org")
		g.Reset, g.Email = reset.Token.Reveal(), moved.Token.Reveal()
		return err
	})
}

func (g *sower) prove(p person) (access.Proof, error) {
	var a access.Attempt
	err := g.write(func(tx *pg.Tx) error {
		who, err := g.Gate.Session(g.ctx, tx, access.Token(p.Token))
		if err != nil {
			return err
		}
		a, err = g.Gate.BeginAgain(g.ctx, tx, who, p.Email)
		return err
	})
	if err != nil {
		return access.Proof{}, err
	}
	return g.Gate.Verify(g.ctx, a, password)
}

// links reads the tokens that the mails of the cases carry, as their readers do.
func (g *sower) links() error {
	for name, c := range g.Cases {
		var links []string
		rows, err := g.raw.Query(`SELECT link FROM `+g.Realm+`.mails WHERE link LIKE '%/track/%' AND about = $1 ORDER BY id`, "case/"+c.Number)
		if err != nil {
			return err
		}
		for rows.Next() {
			var l string
			if err := rows.Scan(&l); err != nil {
				return err
			}
			links = append(links, l)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		if len(links) > 0 {
			c.Link = links[0][strings.LastIndex(links[0], "/")+1:]
			g.Cases[name] = c
		}
	}
	return nil
}

// jobs does what the filing left to do, so that the desk has its letters too.
func (g *sower) jobs() error {
	runner, err := g.Runner()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(g.ctx, 2*time.Minute)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	for left := 1; left > 0 && ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		if err := g.raw.QueryRow(`SELECT count(*) FROM ` + g.Realm + `.jobs WHERE state = 'pending' AND kind = 'casework.announce'`).Scan(&left); err != nil {
			return err
		}
	}
	cancel()
	return <-ended
}

// numbers notes which letters and jobs there are; one job is dead.
func (g *sower) numbers() error {
	err := g.write(func(tx *pg.Tx) error {
		t, err := g.Desk.Read(g.ctx, tx)
		for i := 0; i < 6 && err == nil; i++ {
			var ticket string
			ticket, err = t.Ticket(tx.Now)
			g.Tickets = append(g.Tickets, ticket)
		}
		return err
	})
	if err != nil {
		return err
	}
	_, err = g.raw.Exec(`INSERT INTO ` + g.Realm + `.jobs (kind, args, receipt, state, run_at, attempt, tries, last_error, created_at, died_at)
		SELECT 'casework.announce', '{"case": 1, "news": "filed"}', 'r' || n, 'dead', now(), 1, 1, '` + g.Canary + `', now(), now() FROM generate_series(1, 3) n`)
	if err != nil {
		return err
	}
	if _, err := g.raw.Exec(`UPDATE ` + g.Realm + `.mails SET state = 'dead'`); err != nil {
		return err
	}
	for table, ids := range map[string]*[]int64{"mails": &g.Mails, "jobs": &g.Jobs} {
		rows, err := g.raw.Query(`SELECT id FROM ` + g.Realm + `.` + table + ` ORDER BY id DESC LIMIT 5`)
		if err != nil {
			return err
		}
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			*ids = append(*ids, id)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		if len(*ids) < 3 {
			return fmt.Errorf("only %d %s", len(*ids), table)
		}
	}
	return nil
}

// portalMails are letters of the portal, and one that was given up.
func (g *sower) portalMails() error {
	_, err := g.raw.Exec(`INSERT INTO portal.mails (message_id, sender_name, sender, recipient, reply_to, lang, subject, plain, html, link, about, day_only, state, attempts, last_error, queued_at)
		SELECT '<' || n || '@portal>', $1, $1, $1, $1, 'en', $1, $1, $1, '', '', false, 'dead', 1, '', now() FROM generate_series(1, 3) n`, g.Canary)
	g.Mails = []int64{1, 2, 3}
	return err
}

// attached keeps a file as a form brings it.
func (g *sower) attached(tx *pg.Tx, ticket string) (string, error) {
	content := "%PDF-1.4\n% " + g.Canary + " " + ticket + "\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
	if _, err := g.Service.Files.Stage(tx.Realm, ticket, g.Canary+".pdf", bytes.NewReader([]byte(content))); err != nil {
		return "", err
	}
	kept, err := g.Service.Files.Keep(g.ctx, tx, ticket)
	if err != nil {
		return "", err
	}
	in, err := g.Service.Files.Read(tx.Realm, kept[0].ID)
	if err != nil {
		return "", err
	}
	defer in.Close()
	g.seeds.Files[kept[0].ID], err = io.ReadAll(in)
	return kept[0].ID, err
}

func officerOf(p person) casework.Officer {
	return casework.Officer{Actor: audit.Actor{ID: p.Actor}, User: p.ID}
}
