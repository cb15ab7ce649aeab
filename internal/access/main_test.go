package access_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp/totp"
	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
	"charterhouse/migrations"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// watch is a clock that the test moves.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) read() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// pass lets time go by: for the service by its clock, for the counts of attempts,
// which go by the server's, by making them older.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	h.clock.mu.Lock()
	h.clock.now = h.clock.now.Add(d)
	h.clock.mu.Unlock()
	for _, r := range []pg.Realm{town("aa"), town("bb"), pg.Portal()} {
		h.behind(`UPDATE `+r.Name()+`.log_in_attempts SET last_at = last_at - $1 * interval '1 second',
			barred_until = barred_until - $1 * interval '1 second'`, int64(d/time.Second))
	}
}

// house is two towns and the portal, with a gate over all of them. The service
// comes in by its own door, without the rights of the owner.
type house struct {
	t     testing.TB
	db    *pg.DB
	super *sql.DB // behind the door
	gate  *access.Gate
	clock *watch
	// town is where the verbs below happen.
	town pg.Realm
}

func secretKey() []byte { return []byte("a key of the tests, longer than 32 bytes") }

func newHouse(t testing.TB) *house {
	t.Helper()
	url := pgtest.Prepared(t, "access", build)
	clock := &watch{now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
	db, err := pg.Open(t.Context(), pg.Options{URL: url.ServiceURL, Pool: 16, Clock: clock.read, Seal: audit.Append})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	super, err := sql.Open("postgres", url.SuperURL)
	must(t, err)
	t.Cleanup(func() { super.Close() })
	h := &house{t: t, db: db.Class(pg.Staff), super: super, clock: clock, town: town("aa")}
	h.gate = h.newGate(access.Options{Key: secretKey(), Issuer: "charterhouse.example"})
	return h
}

func (h *house) newGate(o access.Options) *access.Gate {
	h.t.Helper()
	g, err := access.New(o)
	must(h.t, err)
	return access.Cheap(g)
}

// dearly gives the gate the hashes that the service has.
func (h *house) dearly() {
	h.t.Helper()
	g, err := access.New(access.Options{Key: secretKey()})
	must(h.t, err)
	h.gate = g
}

func town(slug string) pg.Realm {
	r, err := pg.Town(slug)
	if err != nil {
		panic(err)
	}
	return r
}

func build(db *pgtest.Database) error {
	ctx := context.Background()
	super, err := pg.OpenAdmin(ctx, pg.Options{URL: db.SuperURL, Clock: time.Now})
	if err != nil {
		return err
	}
	if err := super.Setup(ctx, db.ServiceURL); err != nil {
		return err
	}
	super.Close()
	admin, err := pg.OpenAdmin(ctx, pg.Options{URL: db.AdminURL, Pool: 4, Clock: time.Now, Seal: audit.Append})
	if err != nil {
		return err
	}
	defer admin.Close()
	m, err := admin.Migrator(pg.Sets{Platform: migrations.Platform(), Realm: migrations.Realm(), Tenant: migrations.Tenant()}, pg.MigratorOptions{})
	if err != nil {
		return err
	}
	for _, slug := range []string{"aa", "bb"} {
		if err := admin.CreateRealm(ctx, town(slug)); err != nil {
			return err
		}
	}
	report, err := m.Run(ctx)
	if err != nil {
		return err
	}
	return report.Err()
}

// write runs fn in a Write and gives its error.
func (h *house) write(fn func(*pg.Tx) error) error {
	return h.db.Write(context.Background(), h.town, fn)
}

func (h *house) do(fn func(*pg.Tx) error) {
	h.t.Helper()
	must(h.t, h.write(fn))
}

func (h *house) in(r pg.Realm) *house {
	other := *h
	other.town = r
	return &other
}

const goodPassword = "gili upė teka lėtai"

// person is an account with what its owner knows.
type person struct {
	access.User
	password string
	secret   string
	recovery []access.Token
}

func (h *house) add(email string, roles ...access.Role) person {
	h.t.Helper()
	var u access.User
	h.do(func(tx *pg.Tx) (err error) {
		u, err = access.AddUser(h.t.Context(), tx, audit.Operator(), access.NewUser{
			Profile: access.Profile{Email: email, Name: "Ona Onaitė", Department: "Bendrasis skyrius", Lang: "lt"}, Roles: roles,
		})
		return err
	})
	return person{User: u}
}

func (h *house) prepare(who access.Holder, password string) access.NewPassword {
	h.t.Helper()
	np, err := h.gate.Prepare(h.t.Context(), who, password)
	must(h.t, err)
	return np
}

// member adds a user who has accepted the invitation.
func (h *house) member(email string, roles ...access.Role) person {
	h.t.Helper()
	p := h.add(email, roles...)
	var m access.Mail
	h.do(func(tx *pg.Tx) (err error) {
		m, err = h.gate.Invite(h.t.Context(), tx, audit.Operator(), p.ID)
		return err
	})
	h.do(func(tx *pg.Tx) error {
		return h.gate.Accept(h.t.Context(), tx, m.Token, h.prepare(access.HolderOfUser(p.User), goodPassword))
	})
	p.password = goodPassword
	return p
}

// knock begins an attempt and leaves it at that.
func (h *house) knock(email, client string) error {
	return h.write(func(tx *pg.Tx) error { _, err := h.gate.Begin(h.t.Context(), tx, email, client); return err })
}

// prove goes through Begin and Verify.
func (h *house) prove(email, password, client string) (access.Proof, error) {
	var a access.Attempt
	err := h.write(func(tx *pg.Tx) (err error) { a, err = h.gate.Begin(h.t.Context(), tx, email, client); return err })
	if err != nil {
		return access.Proof{}, err
	}
	return h.gate.Verify(h.t.Context(), a, password)
}

func (h *house) tryLogIn(email, password, client string) (access.Outcome, error) {
	proof, err := h.prove(email, password, client)
	if err != nil {
		return access.Outcome{}, err
	}
	var out access.Outcome
	err = h.write(func(tx *pg.Tx) (err error) {
		out, err = h.gate.LogIn(h.t.Context(), tx, proof, "Firefox, Linux", "")
		return err
	})
	return out, err
}

// logIn wants to be let in.
func (h *house) logIn(p person) access.Token {
	h.t.Helper()
	out, err := h.tryLogIn(p.Email, p.password, "client")
	must(h.t, err)
	if out.Refusal != nil {
		h.t.Fatalf("%s was refused: %v", p.Email, out.Refusal)
	}
	return out.Token
}

func (h *house) session(token access.Token) (p access.Principal, err error) {
	err = h.db.Read(h.t.Context(), h.town, func(tx *pg.Tx) (err error) {
		p, err = h.gate.Session(h.t.Context(), tx, token)
		return err
	})
	return p, err
}

func (h *house) principal(token access.Token) access.Principal {
	h.t.Helper()
	p, err := h.session(token)
	must(h.t, err)
	return p
}

// wants checks that err refuses in this way.
func wants(t testing.TB, err error, kind fault.Kind, key i18n.Key) {
	t.Helper()
	e, ok := fault.Of(err)
	if !ok || e.Kind != kind || e.Key != string(key) {
		t.Errorf("got %v, want %s: %s", err, kind, key)
	}
}

// signedOut checks that a token is worth nothing.
func (h *house) signedOut(token access.Token, why string) {
	h.t.Helper()
	if p, err := h.session(token); !access.NeedsSignIn(err) {
		h.t.Errorf("%s: still %s in stage %q, %v", why, p.Actor.ID, p.Stage, err)
	}
}

func (h *house) user(id int64) (u access.User) {
	h.t.Helper()
	h.do(func(tx *pg.Tx) (err error) { u, err = access.GetUser(h.t.Context(), tx, id); return err })
	return u
}

// together runs fn n times at the same moment.
func together(n int, fn func(i int)) {
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			fn(i)
		})
	}
	close(start)
	all.Wait()
}

// enrol gives a user a second factor, through the pages' own steps, and signs in
// anew; the session that enrolled goes on.
func (h *house) enrol(p person) (person, access.Token) {
	h.t.Helper()
	who := h.principal(h.logIn(p))
	proof, err := h.prove(p.Email, p.password, "client")
	must(h.t, err)
	var e access.Enrolment
	h.do(func(tx *pg.Tx) (err error) {
		e, err = h.gate.BeginSecondFactor(h.t.Context(), tx, who, proof)
		return err
	})
	p.secret = e.Secret.Reveal()
	var out access.Outcome
	h.do(func(tx *pg.Tx) (err error) {
		out, p.recovery, err = h.gate.ConfirmSecondFactor(h.t.Context(), tx, who, h.code(p))
		return err
	})
	if out.Refusal != nil {
		h.t.Fatalf("the first code was refused: %v", out.Refusal)
	}
	return p, out.Token
}

// code is what the app of p shows now.
func (h *house) code(p person) string {
	h.t.Helper()
	code, err := totp.GenerateCode(p.secret, h.clock.read())
	must(h.t, err)
	return code
}

func (h *house) show(token access.Token, code string) (out access.Outcome, err error) {
	p, err := h.session(token)
	if err != nil {
		return out, err
	}
	err = h.write(func(tx *pg.Tx) (err error) { out, err = h.gate.SecondFactor(h.t.Context(), tx, p, code); return err })
	return out, err
}

// dump gives every row of every table of a realm as text.
func (h *house) dump(r pg.Realm) map[string]string {
	h.t.Helper()
	rows, err := h.super.Query(`SELECT table_name FROM information_schema.tables WHERE table_schema = $1`, r.Name())
	must(h.t, err)
	var names []string
	for rows.Next() {
		var name string
		must(h.t, rows.Scan(&name))
		names = append(names, name)
	}
	must(h.t, errors.Join(rows.Err(), rows.Close()))
	all := map[string]string{}
	for _, name := range names {
		var text string
		must(h.t, h.super.QueryRow(`SELECT coalesce(string_agg(t::text, E'\n'), '') FROM `+r.Name()+`.`+name+` t`).Scan(&text))
		all[name] = text
	}
	if len(all) < 10 {
		h.t.Fatalf("only %d tables", len(all))
	}
	return all
}

// entries counts the audit entries of the town by action.
func (h *house) entries() map[string]int {
	h.t.Helper()
	rows, err := h.super.Query(`SELECT action, count(*) FROM ` + h.town.Name() + `.audit_entries GROUP BY action`)
	must(h.t, err)
	all := map[string]int{}
	for rows.Next() {
		var action string
		var n int
		must(h.t, rows.Scan(&action, &n))
		all[action] = n
	}
	must(h.t, errors.Join(rows.Err(), rows.Close()))
	return all
}

// behind changes rows as nobody may who comes through the door.
func (h *house) behind(q string, args ...any) {
	h.t.Helper()
	_, err := h.super.Exec(q, args...)
	must(h.t, err)
}

func (h *house) look(dest any, q string, args ...any) {
	h.t.Helper()
	must(h.t, h.super.QueryRow(q, args...).Scan(dest))
}

// weakHash is one by the figures of another day.
func weakHash(t testing.TB, password string) string {
	t.Helper()
	hash, err := argon2id.CreateHash(norm.NFC.String(password), &argon2id.Params{Memory: 8 * 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	must(t, err)
	return hash
}
