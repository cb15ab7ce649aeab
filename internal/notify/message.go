package notify

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Message is a letter to one address, in keys of the package that queues it.
// Greeting, closing and footer are notify's own.
type Message struct {
	To   string // one address, without a name
	Lang string
	// Subject is cut at 150 characters; its line ends become spaces.
	Subject Words
	// Lead is the first sentence: the news.
	Lead Words
	Body []Paragraph
	Link Link
	// Signature follows the closing, a line each: who answers for the letter. Empty =
	// the organisation of the letterhead.
	Signature []string
	// About names what the letter is about, for lists and for erasing: case/12.
	About string
	// ReplyTo is where an answer is read; empty = answers are not read, and the
	// letter says so.
	ReplyTo string
	// DayOnly keeps of all times only tx.Now as it is: for what concerns an
	// anonymous case, whose times are days.
	DayOnly bool
}

// Words are a message of locales/ with its arguments.
type Words struct {
	Key  i18n.Key
	Args i18n.Args
}

// Paragraph is Words of the service, or a Quote: what somebody wrote, as it is.
type Paragraph struct {
	Words
	Quote string
}

// Say is a Paragraph of Words.
func Say(key i18n.Key, args i18n.Args) Paragraph { return Paragraph{Words: Words{key, args}} }

// Quote is a Paragraph as somebody wrote it.
func Quote(text string) Paragraph { return Paragraph{Quote: text} }

// Link is a page of the town: a path with its query, which may hold a token. It
// becomes absolute with the origin of the letterhead, never with a Host header.
type Link struct {
	Label i18n.Key
	Path  string
}

// Head is what a realm's letters carry at their head and foot.
type Head struct {
	Name         i18n.Text // the town's, also the name of the sender
	Organisation i18n.Text // who signs
	Brand        string    // #rrggbb
	Origin       string    // https://example.org, without a path
}

// HeadOf is the letterhead of a town.
func HeadOf(town tenant.Town, profile tenant.Profile) Head {
	return Head{Name: town.Name, Organisation: profile.Contact.Organisation, Brand: town.Brand, Origin: town.Origin}
}

// Options of a post room. Catalog, Head and From are required.
type Options struct {
	Catalog *i18n.Catalog
	// Head gives the letterhead of the transaction's realm.
	Head func(ctx context.Context, tx *pg.Tx) (Head, error)
	// From is the address all letters come from.
	From string
	// SMTP is smtp://user:password@host:587 (with STARTTLS, except to this very
	// machine) or smtps://…; empty = letters are kept and shown, not sent.
	SMTP string
}

// Post is the post room: it words letters, keeps them and sends them.
type Post struct {
	o      Options
	domain string  // of From
	server *server // nil = none is set
}

// New refuses a sender or a mail server it cannot understand. The error does not
// repeat the server's password.
func New(o Options) (*Post, error) {
	if o.Catalog == nil || o.Head == nil {
		return nil, errors.New("notify: Options without Catalog or Head")
	}
	from, err := Address(o.From)
	if err != nil {
		return nil, fmt.Errorf("notify: the sender %q is no address", o.From)
	}
	p := &Post{o: o, domain: from[strings.LastIndexByte(from, '@')+1:]}
	p.o.From = from
	if o.SMTP != "" {
		if p.server, err = newServer(o.SMTP, p.domain); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Sends tells whether a mail server is set.
func (p *Post) Sends() bool { return p.server != nil }

// Queue words a letter and keeps it for sending, in the transaction of what it
// tells about. It refuses an address that is none (Invalid, KeyAddress) and more
// text than a letter bears (Invalid, KeyTooLong); a message without its words in
// the language is a defect.
func (p *Post) Queue(ctx context.Context, tx *pg.Tx, m Message) error {
	head, err := p.o.Head(ctx, tx)
	if err != nil {
		return fmt.Errorf("notify: letterhead of %s: %w", tx.Realm, err)
	}
	l, err := p.word(head, m)
	if err != nil {
		return err
	}
	state := Queued
	if p.server == nil {
		state = Kept
	}
	var id int64
	err = tx.Get(ctx, &id, `INSERT INTO mails (message_id, sender_name, sender, recipient, reply_to, lang, subject, plain, html, link,
			about, day_only, state, attempts, last_error, queued_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', $14) RETURNING id`,
		strings.ToLower(rand.Text())+"@"+p.domain, l.sender, p.o.From, l.to, l.replyTo, m.Lang, l.subject, l.plain, l.html, l.link,
		clean(m.About, 100), m.DayOnly, state, tx.Now)
	if err != nil {
		return fmt.Errorf("notify: queue: %w", err)
	}
	if state == Kept {
		return nil
	}
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: kindSend, Args: sendArgs{Mail: id}})
}

func invalid(key i18n.Key, field string) *fault.Error {
	return fault.New(fault.Invalid, key).On(field, string(key))
}
