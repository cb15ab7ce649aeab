package notify_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"charterhouse/internal/fault"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

func TestAServerThatRefusesForAWhile(t *testing.T) {
	for name, set := range map[string]func(*mailbox, func() bool){
		"4xx at the recipient": func(b *mailbox, bad func() bool) {
			b.onRcpt = func(string) error { return unless(bad, 451, "greylisted") }
		},
		"4xx after the text": func(b *mailbox, bad func() bool) {
			b.onData = func(*smtp.Conn, string, string) error { return unless(bad, 452, "no room") }
		},
		"5xx at the sender": func(b *mailbox, bad func() bool) {
			b.onMail = func(string) error { return unless(bad, 550, "who are you?") }
		},
		"hangs up after the text": func(b *mailbox, bad func() bool) {
			b.onData = func(c *smtp.Conn, _, _ string) error {
				if bad() {
					return c.Conn().Close()
				}
				return nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var tried atomic.Int32
			box := newMailbox(t, func(b *mailbox) { set(b, func() bool { return tried.Add(1) <= 3 }) })
			h := newHouse(t, box.url())
			h.run(h.Post)
			h.queue(message("lt"))
			h.until("it is sent", func() bool { return h.inState(notify.Sent) == 1 })
			m := h.letters()[0]
			if m.Attempts < 4 || m.LastError != "" || m.SentAt == nil {
				t.Errorf("%+v", m)
			}
			ids := map[string]bool{}
			for _, got := range box.letters() {
				ids[parse(t, got.raw).Header.Get("Message-Id")] = true
			}
			if len(ids) != 1 || !ids["<"+m.MessageID+">"] {
				t.Errorf("arrived under %v, want %s", ids, m.MessageID)
			}
		})
	}
}

func unless(bad func() bool, code int, text string) error {
	if bad() {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 2, 2}, Message: text}
	}
	return nil
}

func TestAServerThatRefusesForGood(t *testing.T) {
	for name, set := range map[string]func(*mailbox){
		"at the recipient": func(b *mailbox) {
			b.onRcpt = func(to string) error { return unless(func() bool { return true }, 550, "no such user "+to) }
		},
		"after the text": func(b *mailbox) {
			b.onData = func(_ *smtp.Conn, to, _ string) error {
				return unless(func() bool { return true }, 554, "spam for "+to)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			box := newMailbox(t, set)
			h := newHouse(t, box.url())
			r := h.run(h.Post)
			h.queue(message("lt"))
			h.until("it is dead", func() bool { return h.inState(notify.Dead) == 1 })
			m := h.letters()[0]
			if m.Attempts != 1 || !strings.Contains(m.LastError, "jonas@example.com") {
				t.Errorf("%+v", m)
			}
			h.until("the job is done", func() bool { return one[int](h, `SELECT count(*) FROM t_alpha.jobs`) == 0 })
			if s := r.Stats(); s.Dead != 0 {
				t.Errorf("a refused letter is a dead job: %+v", s)
			}
			// Somebody corrects what was wrong, and the letter goes out as it was.
			box.mu.Lock()
			box.onRcpt, box.onData = nil, nil
			box.mu.Unlock()
			h.in(func(ctx context.Context, tx *pg.Tx) error { return h.Resend(ctx, tx, actor(), m.ID) })
			h.until("it is sent", func() bool { return h.inState(notify.Sent) == 1 })
			if id := parse(t, box.letters()[0].raw).Header.Get("Message-Id"); id != "<"+m.MessageID+">" {
				t.Errorf("sent again as %s", id)
			}
			if n := one[int](h, `SELECT count(*) FROM t_alpha.audit_entries WHERE action = 'mail.resend'`); n != 1 {
				t.Errorf("%d audit entries", n)
			}
		})
	}
}

func TestALetterInAListOfJobsNamesNobody(t *testing.T) {
	box := newMailbox(t, func(b *mailbox) {
		b.onRcpt = func(to string) error { return unless(func() bool { return true }, 450, "later, "+to) }
	})
	h := newHouse(t, box.url())
	h.run(h.Post)
	h.queue(message("lt"))
	h.until("it has failed", func() bool { return one[int](h, `SELECT count(*) FROM t_alpha.jobs WHERE last_error <> ''`) == 1 })
	said := one[string](h, `SELECT last_error FROM t_alpha.jobs`)
	if strings.Contains(said, "jonas") || !strings.Contains(said, "450") {
		t.Errorf("the list of jobs says %q", said)
	}
	if m := h.letters()[0]; m.State != notify.Queued || !strings.Contains(m.LastError, "jonas") || m.Attempts == 0 {
		t.Errorf("%+v", m)
	}
}

// TestNoServerAndATarpit: nobody listens; then somebody who never says a word.
// Queueing takes no longer for either.
func TestNoServerAndATarpit(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer silent.Close()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, nobody.Close())
	for name, address := range map[string]string{"refused": nobody.Addr().String(), "tarpit": silent.Addr().String()} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, "smtp://"+address)
			h.Reach(address, nil, 150*time.Millisecond)
			h.run(h.Post)
			began := time.Now()
			h.queue(message("lt"), message("lt"), message("lt"))
			if took := time.Since(began); took > 15*time.Second {
				t.Errorf("queueing took %s", took)
			}
			h.until("all have failed twice", func() bool {
				return one[int](h, `SELECT count(*) FROM t_alpha.mails WHERE attempts >= 2 AND state = 'queued' AND last_error <> ''`) == 3
			})
			// The server comes back on the same address.
			box := newMailbox(t, nil)
			working := h.post(box.url())
			h.run(working)
			h.until("all are sent", func() bool { return h.inState(notify.Sent) == 3 })
		})
	}
}

// TestABacklogIsDrained: 200 letters have waited, with poison among them.
func TestABacklogIsDrained(t *testing.T) {
	box := newMailbox(t, func(b *mailbox) {
		b.onRcpt = func(to string) error {
			if strings.HasPrefix(to, "poison") {
				return &smtp.SMTPError{Code: 451, Message: "not now"}
			}
			return nil
		}
	})
	h := newHouse(t, box.url())
	var all []notify.Message
	for n := range 200 {
		m := message("bg")
		if n%20 == 0 {
			m.To = "poison@example.com"
		}
		all = append(all, m)
	}
	h.queue(all...)
	began := time.Now()
	h.run(h.Post)
	h.until("190 are sent", func() bool { return h.inState(notify.Sent) == 190 })
	took := time.Since(began)
	ids := map[string]int{}
	for _, got := range box.letters() {
		ids[parse(t, got.raw).Header.Get("Message-Id")]++
	}
	if len(ids) != 190 || len(box.letters()) != 190 || h.inState(notify.Queued) != 10 {
		t.Errorf("%d letters under %d ids; %d wait", len(box.letters()), len(ids), h.inState(notify.Queued))
	}
	t.Logf("190 letters beside 10 that are refused: %s", took.Round(time.Millisecond))
	if p := h.Patience(); p < 48*time.Hour {
		t.Errorf("a letter is given up after %s", p)
	}
}

// TestNoServerIsSet: letters are kept and shown; once a server is set, they can be
// sent.
func TestNoServerIsSet(t *testing.T) {
	h := newHouse(t, "")
	if h.Sends() {
		t.Error("says that it sends")
	}
	h.queue(message("lt"))
	m := h.letters()[0]
	if m.State != notify.Kept || one[int](h, `SELECT count(*) FROM t_alpha.jobs`) != 0 {
		t.Errorf("%+v", m)
	}
	if strings.Contains(m.Plain+m.HTML+m.Link, "0123456789abcdef") {
		t.Errorf("a list shows what opens the case:\n%s", m.Plain)
	}
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		shown, err := notify.Reveal(ctx, tx, m.ID)
		if !strings.Contains(shown.Plain, "0123456789abcdef") || !strings.HasSuffix(shown.Link, "0123456789abcdef") {
			t.Errorf("%+v", shown)
		}
		return err
	})
	refused := func(p *notify.Post, id int64, kind fault.Kind, key string) {
		t.Helper()
		err := h.db.Write(t.Context(), alpha(), func(tx *pg.Tx) error { return p.Resend(t.Context(), tx, actor(), id) })
		if f, ok := fault.Of(err); !ok || f.Kind != kind || f.Key != key {
			t.Errorf("resend: %v", err)
		}
	}
	refused(h.Post, m.ID, fault.Conflict, string(notify.KeyNoServer))
	box := newMailbox(t, nil)
	p := h.post(box.url())
	h.run(p)
	refused(p, m.ID+1, fault.NotFound, string(notify.KeyNoMail))
	h.in(func(ctx context.Context, tx *pg.Tx) error { return p.Resend(ctx, tx, actor(), m.ID) })
	h.until("it is sent", func() bool { return h.inState(notify.Sent) == 1 })
	refused(p, m.ID, fault.Conflict, string(notify.KeyNotResent))
	if !strings.Contains(box.letters()[0].raw, "0123456789abcdef") {
		t.Error("the letter arrived without its link")
	}
	if link := one[string](h, `SELECT link FROM t_alpha.mails`); link != "" {
		t.Errorf("the link of a sent letter is kept: %s", link)
	}
}

func TestForgottenLettersAreNotSent(t *testing.T) {
	var open atomic.Bool
	box := newMailbox(t, func(b *mailbox) {
		b.onRcpt = func(string) error { return unless(func() bool { return !open.Load() }, 451, "later") }
	})
	h := newHouse(t, box.url())
	h.run(h.Post)
	other := message("lt")
	other.About = "case/2"
	h.queue(message("lt"), message("lt"), other)
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		for about, want := range map[string]int64{"case/1": 2, "": 0, "case": 0} {
			if n, err := notify.Forget(ctx, tx, about); err != nil || n != want {
				t.Errorf("forgot %d about %q, want %d: %v", n, about, want, err)
			}
		}
		return nil
	})
	open.Store(true)
	h.until("no job is left", func() bool { return one[int](h, `SELECT count(*) FROM t_alpha.jobs`) == 0 })
	if len(box.letters()) != 1 || len(h.letters()) != 1 {
		t.Errorf("%d arrived, %d are kept", len(box.letters()), len(h.letters()))
	}
}

// TestALetterWhoseJobDied: the process has ended at every attempt, so no handler
// could tell that the letter is given up.
func TestALetterWhoseJobDied(t *testing.T) {
	box := newMailbox(t, nil)
	h := newHouse(t, box.url())
	h.queue(message("lt"), message("bg"))
	_, err := h.raw.Exec(`UPDATE t_alpha.jobs SET tries = 100000 WHERE id = 1`)
	must(t, err)
	h.run(h.Post)
	h.until("one is sent, one is dead", func() bool { return h.inState(notify.Sent) == 1 && h.inState(notify.Dead) == 1 })
	h.queue(message("lt"))
	h.until("another is sent", func() bool { return h.inState(notify.Sent) == 2 })
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		c, err := notify.Count(ctx, tx)
		if c != (notify.Counts{Dead: 1}) {
			t.Errorf("counts: %+v", c)
		}
		dead, more, err2 := notify.List(ctx, tx, notify.Filter{State: notify.Dead, About: "case/1"}, 0)
		if len(dead) != 1 || more || dead[0].Plain != "" || dead[0].LastError == "" {
			t.Errorf("the list of the dead: %+v", dead)
		}
		return errors.Join(err, err2)
	})
}

func TestListsOfLettersAreBoundedAndPaged(t *testing.T) {
	h := newHouse(t, "")
	var all []notify.Message
	for range 120 {
		all = append(all, message("bg"))
	}
	h.queue(all...)
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		seen, before := map[int64]bool{}, int64(0)
		for page := 1; page <= 3; page++ {
			list, more, err := notify.List(ctx, tx, notify.Filter{State: notify.Kept}, before)
			if err != nil || len(list) > notify.PageSize || more != (page < 3) {
				t.Errorf("page %d has %d, more %v, %v", page, len(list), more, err)
			}
			for _, m := range list {
				seen[m.ID], before = true, m.ID
			}
		}
		if len(seen) != 120 {
			t.Errorf("the pages show %d of 120", len(seen))
		}
		return nil
	})
}

func TestALetterAboutAnAnonymousCaseKeepsNoHour(t *testing.T) {
	box := newMailbox(t, nil)
	h := newHouse(t, box.url())
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	h.in(func(ctx context.Context, tx *pg.Tx) error {
		m := message("lt")
		m.DayOnly = true
		tx.Now = day // as casework sets it
		return h.Queue(ctx, tx, m)
	})
	h.run(h.Post)
	h.until("it is sent", func() bool { return h.inState(notify.Sent) == 1 })
	if m := h.letters()[0]; !m.QueuedAt.Equal(day) || !m.SentAt.Equal(day) {
		t.Errorf("queued %s, sent %s", m.QueuedAt, m.SentAt)
	}
	if date := parse(t, box.letters()[0].raw).Header.Get("Date"); !strings.Contains(date, "00:00:00") {
		t.Errorf("Date: %s", date)
	}
}

func TestSettingsOfTheServer(t *testing.T) {
	for _, setting := range []string{
		"http://mail.example.org", "smtp://", "mail.example.org:25", "smtp://h:0", "smtp://h:70000", "smtp://u:s3cr3t@h:587/x",
		"smtp://u:s3cr3t@h?tls=no", "smtp://u:s3cr3t%zz@h", "smtp://u:s3cr3t@[::1",
	} {
		_, err := notify.New(notify.Options{Catalog: words(t), From: "a@example.org", SMTP: setting,
			Head: func(context.Context, *pg.Tx) (notify.Head, error) { return head(), nil }})
		if err == nil || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%s: %v", setting, err)
		}
	}
}

// secured is a mail server with a certificate for mail.example.org and a log-in.
func secured(t *testing.T, fromTheStart bool) (*mailbox, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example.org"}, DNSNames: []string{"mail.example.org"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	must(t, err)
	cert, err := x509.ParseCertificate(der)
	must(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	b := &mailbox{address: l.Addr().String()}
	b.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &login{session{box: b, conn: c}}, nil }))
	b.server.Domain, b.server.ErrorLog, b.server.TLSConfig = "mail.example.org", discard{}, config
	if fromTheStart {
		l = tls.NewListener(l, config)
	}
	go func() { _ = b.server.Serve(l) }()
	t.Cleanup(func() { _ = b.server.Close() })
	return b, roots
}

type login struct{ session }

func (*login) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *login) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "post" || password != "s3cr3t" {
			return errors.New("no")
		}
		s.user = user
		return nil
	}), nil
}

func TestOverANetworkOnlyWithTLS(t *testing.T) {
	plain := newMailbox(t, nil)
	starttls, roots := secured(t, false)
	smtps, others := secured(t, true)
	for name, c := range map[string]struct {
		setting string
		box     *mailbox
		roots   *x509.CertPool
		arrives bool
	}{
		"STARTTLS":               {"smtp://post:s3cr3t@mail.example.org", starttls, roots, true},
		"smtps":                  {"smtps://post:s3cr3t@mail.example.org", smtps, others, true},
		"nor without a log-in":   {"smtp://mail.example.org", plain, roots, false},
		"no STARTTLS":            {"smtp://post:s3cr3t@mail.example.org", plain, roots, false},
		"unknown certificate":    {"smtp://post:s3cr3t@mail.example.org", starttls, others, false},
		"smtps, unknown":         {"smtps://post:s3cr3t@mail.example.org", smtps, roots, false},
		"certificate of another": {"smtp://post:s3cr3t@other.example.org", starttls, roots, false},
		"wrong password":         {"smtp://post:wrong@mail.example.org", starttls, roots, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, c.setting)
			h.Reach(c.box.address, c.roots, 5*time.Second)
			before := len(c.box.letters())
			h.run(h.Post)
			h.queue(message("lt"))
			if !c.arrives {
				h.until("it has failed twice", func() bool {
					return one[int](h, `SELECT count(*) FROM t_alpha.mails WHERE attempts >= 2 AND state = 'queued'`) == 1
				})
				if len(c.box.letters()) != before {
					t.Error("it was sent")
				}
				if m := h.letters()[0]; strings.Contains(m.LastError, "s3cr3t") || m.LastError == "" {
					t.Errorf("last error %q", m.LastError)
				}
				return
			}
			h.until("it is sent", func() bool { return h.inState(notify.Sent) == 1 })
			got := c.box.letters()[before]
			if got.user != "post" {
				t.Errorf("logged in as %q", got.user)
			}
		})
	}
}
