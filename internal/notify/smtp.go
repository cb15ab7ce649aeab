package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Times of a delivery. A server that answers one byte a minute is hung up on.
const (
	sendLimit = time.Minute
	connLimit = 25 * time.Second
)

// server is the mail server of the instance.
type server struct {
	host           string
	port           int
	user, password string
	hello          string // our own name
	// tls from the first byte (smtps); else STARTTLS, which only loopback may lack.
	tls, loopback bool
	config        *tls.Config
	limit         time.Duration // of the silence of the server
	dial          func(ctx context.Context, network, address string) (net.Conn, error)
}

var errServer = errors.New("notify: the mail server is written smtp://user:password@host:587 (with STARTTLS) or smtps://user:password@host:465")

// newServer reads the setting. Its errors never repeat it: it holds a password.
func newServer(setting, hello string) (*server, error) {
	u, err := url.Parse(setting)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" {
		return nil, errServer
	}
	s := &server{host: u.Hostname(), user: u.User.Username(), hello: hello, limit: connLimit, dial: (&net.Dialer{}).DialContext}
	s.password, _ = u.User.Password()
	s.config = &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
	switch u.Scheme {
	case "smtp":
		s.port = 587
	case "smtps":
		s.port, s.tls = 465, true
	default:
		return nil, errServer
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return nil, errServer
		}
	}
	ip := net.ParseIP(s.host)
	s.loopback = s.host == "localhost" || ip != nil && ip.IsLoopback()
	return s, nil
}

// refusal is why a letter was not taken. Error is fit for a list of jobs; said
// may repeat the reader's address and stays with the letter.
type refusal struct {
	short     string
	said      string
	permanent bool
}

func (r *refusal) Error() string { return r.short }

// full is what the operator reads beside the letter.
func full(err error) string {
	var r *refusal
	if errors.As(err, &r) {
		return clean(r.said, 500)
	}
	return clean(err.Error(), 500)
}

// deliver hands a letter to the server: nil when the server has taken it.
func (s *server) deliver(ctx context.Context, m Mail) error {
	message, err := compose(m)
	if err != nil {
		return &refusal{short: "mail: the letter cannot be written", said: err.Error(), permanent: true}
	}
	wire := &wire{}
	defer wire.hangUp()
	// The library looks at its context only while it dials.
	defer context.AfterFunc(ctx, wire.hangUp)()
	client, err := s.client(wire)
	if err != nil {
		return &refusal{short: "mail: the settings of the server", said: err.Error()}
	}
	if err := client.DialWithContext(ctx); err != nil {
		return &refusal{short: "mail: the server cannot be reached", said: err.Error()}
	}
	err = client.Send(message)
	if message.IsDelivered() {
		_ = client.Close() // taken; what the server says after that changes nothing
		return nil
	}
	return judge(err)
}

// judge tells what is wrong with the letter from what is wrong with the way. A
// refusal of the sender or of the log-in is about the settings and not about this
// letter: it is tried again.
func judge(err error) error {
	var e *mail.SendError
	if !errors.As(err, &e) {
		return &refusal{short: "mail: the connection was lost", said: err.Error()}
	}
	said := strings.ReplaceAll(e.Error(), "\n", " ")
	aboutLetter := e.Reason == mail.ErrSMTPRcptTo || e.Reason == mail.ErrSMTPData || e.Reason == mail.ErrSMTPDataClose
	code := e.ErrorCode()
	return &refusal{
		short: fmt.Sprintf("mail: %s: %d", e.Reason, code), said: said,
		permanent: aboutLetter && code >= 500 && code < 600 && code != 530 && code != 535,
	}
}

func (s *server) client(w *wire) (*mail.Client, error) {
	policy := mail.TLSMandatory
	if s.tls || s.loopback {
		policy = mail.NoTLS // it is there from the first byte, or nobody is between
	}
	options := []mail.Option{
		mail.WithPort(s.port), mail.WithTLSPolicy(policy), mail.WithTLSConfig(s.config), mail.WithHELO(s.hello), mail.WithTimeout(s.limit),
		mail.WithoutNoop(), mail.WithoutRset(), mail.WithoutSMTPUTF8(), mail.WithDialContextFunc(s.dialer(w)),
	}
	if s.user != "" {
		// PLAIN and LOGIN themselves refuse to go over an open line to elsewhere.
		options = append(options, mail.WithUsername(s.user), mail.WithPassword(s.password),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin))
	}
	return mail.NewClient(s.host, options...)
}

// dialer is ours, because the library forgets a connection whose greeting fails.
func (s *server) dialer(w *wire) mail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := s.dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		w.keep(c)
		if !s.tls {
			return c, nil
		}
		secure := tls.Client(c, s.config)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		return secure, nil
	}
}

// compose writes the letter. Everything that was typed by people goes through the
// library's header encoding, after clean has taken the line ends out of it.
func compose(m Mail) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&netmail.Address{Name: m.FromName, Address: m.From}) // FromFormat does not quote the name
	if err := msg.EnvelopeFrom(m.From); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return nil, err
		}
	}
	msg.Subject(clean(m.Subject, maxSubject))
	msg.SetMessageIDWithValue(m.MessageID)
	msg.SetDateWithValue(m.QueuedAt)
	msg.SetGenHeader("Content-Language", m.Lang)
	// No vacation notice answers us (RFC 3834), and no mailing list is meant.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetBodyString(mail.TypeTextPlain, m.Plain)
	msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	return msg, nil
}
