package torture

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// sink is a mail server that takes every letter. Until it is opened, its address
// refuses.
type sink struct {
	addr    string
	letters chan string
}

// As fast as ever: the median of the forms may be so many times that of the same
// forms, filed between them, where the server takes every letter, and so much more.
// Whoever waited for a connection that says nothing would wait for seconds.
const (
	fastEnough = 1.5
	slack      = 30 * time.Millisecond
)

// TestAMailServerThatIsAway is K4 on the page: filing is answered as fast as ever,
// and when the server is back, each letter comes once under its own Message-ID.
func TestAMailServerThatIsAway(t *testing.T) {
	h := build(t)
	there := build(t).start(t, "CHARTER_SMTP_URL=smtp://"+taking(t).addr, "CHARTER_MAIL_FROM=noreply@charter.example.org")
	for name, away := range map[string]func(*testing.T) *sink{"refused": nobody, "silent": silent} {
		t.Run(name, func(t *testing.T) {
			s := away(t)
			i := h.start(t, "CHARTER_SMTP_URL=smtp://"+s.addr, "CHARTER_MAIL_FROM=noreply@charter.example.org")
			forms := times(20, 200)
			var with, without []time.Duration
			for n := range forms {
				body := fmt.Sprintf("CNRY-mail-%s-%d", name, n)
				with, without = append(with, timed(t, there, body)), append(without, timed(t, i, body))
			}
			slices.Sort(with)
			slices.Sort(without)
			usual, now := with[forms/2], without[forms/2]
			if now > time.Duration(fastEnough*float64(usual))+slack {
				t.Errorf("a form takes %s, and %s where the server is there", now, usual)
			}
			if n := h.count(t, `SELECT count(*) FROM t_varena.mails WHERE state = 'sent'`); n != 0 {
				t.Errorf("%d letters were sent to nobody", n)
			}
			t.Logf("%d forms: median %s, slowest %s; where the server is there %s and %s: ratio %.2f", forms,
				now.Round(time.Millisecond), without[forms-1].Round(time.Millisecond),
				usual.Round(time.Millisecond), with[forms-1].Round(time.Millisecond), float64(now)/float64(usual))
		})
	}
	s := taking(t)
	h.start(t, "CHARTER_SMTP_URL=smtp://"+s.addr, "CHARTER_MAIL_FROM=noreply@charter.example.org")
	// What failed is tried again after a pause that grows, what was cut short when its
	// lease ends; nobody waits for either here.
	if _, err := h.raw.Exec(`UPDATE t_varena.jobs SET hold_until = NULL, run_at = LEAST(run_at, now())`); err != nil {
		t.Fatal(err)
	}
	eventually(t, "every letter is written", time.Minute, func() bool {
		return h.count(t, `SELECT count(*) FROM t_varena.jobs WHERE kind = 'casework.announce'`) == 0
	})
	waiting := h.count(t, `SELECT count(*) FROM t_varena.mails`)
	eventually(t, "every letter is sent", time.Minute, func() bool {
		return h.count(t, `SELECT count(*) FROM t_varena.mails WHERE state = 'sent'`) == waiting
	})
	ids := map[string]int{}
	for range waiting {
		for line := range strings.Lines(<-s.letters) {
			if id, ok := strings.CutPrefix(line, "Message-ID: "); ok {
				ids[strings.TrimSpace(id)]++
			}
		}
	}
	if len(ids) != waiting {
		t.Errorf("%d letters have %d Message-IDs", waiting, len(ids))
	}
}

// timed files a form and tells how long the answer took.
func timed(t *testing.T, i *instance, body string) time.Duration {
	t.Helper()
	c := newClient("varena", func() string { return i.addr })
	f, err := c.open("lt", "complaint", body, 0)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := c.send(f); err != nil {
		t.Fatal(err)
	}
	return time.Since(began)
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// nobody is an address where nobody listens.
func nobody(t *testing.T) *sink {
	l := listen(t)
	l.Close()
	return &sink{addr: l.Addr().String()}
}

// silent takes a connection and says nothing.
func silent(t *testing.T) *sink {
	l := listen(t)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(io.Discard, c); c.Close() }()
		}
	}()
	return &sink{addr: l.Addr().String()}
}

// taking opens a mail server that takes every letter.
func taking(t *testing.T) *sink {
	l := listen(t)
	s := &sink{addr: l.Addr().String(), letters: make(chan string, 10_000)}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return s, nil }))
	go func() { _ = server.Serve(l) }() // until it is closed
	t.Cleanup(func() { server.Close() })
	return s
}

// Mail, Rcpt, Data, Reset and Logout make the sink a session of the server's.
func (s *sink) Mail(string, *smtp.MailOptions) error { return nil }

func (s *sink) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (s *sink) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	s.letters <- string(raw)
	return err
}

func (s *sink) Reset() {}

func (s *sink) Logout() error { return nil }
