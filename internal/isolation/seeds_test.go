package isolation

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

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
	return map[string]string{slugA: "lt", slugB: "bg", "": "en", "varena": "lt"}[g.Slug]
}

func (g *sower) sow() error {
	if err := g.staff(); err != nil {
		return err
	}
	if g.Slug == "" {
		if err := g.answerFor(); err != nil {
			return err
		}
		return g.portalMails()
	}
	for _, step := range []func() error{g.cases, g.links, g.enterResult, g.jobs, g.numbers} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// announce writes the letters about new cases, as the runner does.
func (g *sower) announce() error {
	rows, err := g.raw.Query(`DELETE FROM ` + g.Realm + `.jobs WHERE kind = 'casework.announce' RETURNING args::text`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var args string
		if err := rows.Scan(&args); err != nil {
			return err
		}
		for _, kind := range g.Desk.Jobs() {
			if kind.Name != "casework.announce" {
				continue
			}
			if err := g.write(func(tx *pg.Tx) error { return kind.InTx(g.ctx, tx, json.RawMessage(args)) }); err != nil {
				return err
			}
		}
	}
	return rows.Err()
}

// links reads the tokens that the mails of the cases carry, as their readers do.
func (g *sower) links() error {
	if err := g.announce(); err != nil {
		return err
	}
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
	ctx, cancel := context.WithTimeout(g.ctx, 30*time.Second)
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
		// A letter about a confidential case is not for all who read letters.
		hidden := ``
		if table == "mails" {
			hidden = ` WHERE about NOT IN (SELECT 'case/' || number FROM ` + g.Realm + `.cases WHERE confidential)`
		}
		rows, err := g.raw.Query(`SELECT id FROM ` + g.Realm + `.` + table + hidden + ` ORDER BY id DESC LIMIT 5`)
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

// portalMails are letters of the portal, and one that was given up, and jobs that
// were.
func (g *sower) portalMails() error {
	_, err := g.raw.Exec(`INSERT INTO portal.jobs (kind, args, receipt, state, run_at, attempt, tries, last_error, created_at, died_at)
		SELECT 'admin.reset', '{}', 'r' || n, 'dead', now(), 1, 1, $1, now(), now() FROM generate_series(1, 3) n`, g.Canary)
	if err != nil {
		return err
	}
	_, err = g.raw.Exec(`INSERT INTO portal.mails (message_id, sender_name, sender, recipient, reply_to, lang, subject, plain, html, link, about, day_only, state, attempts, last_error, queued_at)
		SELECT '<' || n || '@portal>', $1, $1, $1, $1, 'en', $1, $1, $1, '', '', false, 'dead', 1, '', now() FROM generate_series(1, 3) n`, g.Canary)
	g.Mails = []int64{1, 2, 3}
	return err
}

// attached keeps a file as a form brings it.
func (g *sower) attached(tx *pg.Tx, ticket string) (string, error) {
	content := "%PDF-1.4\n% " + g.Canary + " " + ticket + "\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
	if _, err := g.Service.Files.Stage(g.ctx, tx.Realm, ticket, g.Canary+".pdf", true, bytes.NewReader([]byte(content))); err != nil {
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
