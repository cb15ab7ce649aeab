package notify

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/jobs"
	"charterhouse/internal/pg"
)

// State of a letter.
type State string

// The states of a letter.
const (
	Queued State = "queued"
	Sent   State = "sent" // a mail server has taken it
	Dead   State = "dead" // refused for good, or too often
	Kept   State = "kept" // no mail server is set
)

// Mail is a letter as the pages show it.
type Mail struct {
	ID        int64
	MessageID string `db:"message_id"`
	From      string `db:"sender"`
	FromName  string `db:"sender_name"`
	To        string `db:"recipient"`
	ReplyTo   string `db:"reply_to"`
	Lang      string
	Subject   string
	Plain     string // empty in a list
	HTML      string `db:"html"` // empty in a list
	About     string
	State     State
	Attempts  int
	LastError string     `db:"last_error"` // what the server said, for the operator
	QueuedAt  time.Time  `db:"queued_at"`
	SentAt    *time.Time `db:"sent_at"`

	Link string // the address it holds; filled by Reveal only
}

// Filter chooses letters; an empty field does not.
type Filter struct {
	State State
	About string
}

// PageSize is how many letters List gives at most.
const PageSize = 50

// List gives letters without their text, the newest first, from before the letter
// of that number on (0 = from the newest). more tells that there are others.
func List(ctx context.Context, tx *pg.Tx, f Filter, before int64) (list []Mail, more bool, err error) {
	err = tx.Select(ctx, &list, `SELECT id, message_id, sender, sender_name, recipient, reply_to, lang, subject, about, state,
			attempts, last_error, queued_at, sent_at
		FROM mails WHERE ($1 = '' OR state = $1) AND ($2 = '' OR about = $2) AND ($3 = 0 OR id < $3) ORDER BY id DESC LIMIT $4`,
		string(f.State), f.About, before, PageSize+1)
	if err != nil {
		return nil, false, fmt.Errorf("notify: list: %w", err)
	}
	if len(list) > PageSize {
		return list[:PageSize], true, nil
	}
	return list, false, nil
}

// Get gives a letter with its link blacked out, so that reading other people's
// mail opens neither their case nor their account; NotFound when there is none.
func Get(ctx context.Context, tx *pg.Tx, id int64) (Mail, error) {
	m, err := read(ctx, tx, id)
	if err != nil {
		return m, err
	}
	return m.with("[…]"), nil
}

// Reveal gives a letter with its link, for a demonstration where nobody gets it
// by mail. The link of a letter that was sent is forgotten.
func Reveal(ctx context.Context, tx *pg.Tx, id int64) (Mail, error) {
	m, err := read(ctx, tx, id)
	if err != nil {
		return m, err
	}
	link := m.Link
	if link == "" {
		link = "[…]"
	}
	revealed := m.with(link)
	revealed.Link = m.Link
	return revealed, nil
}

func read(ctx context.Context, tx *pg.Tx, id int64) (Mail, error) {
	var m Mail
	err := tx.Get(ctx, &m, `SELECT id, message_id, sender, sender_name, recipient, reply_to, lang, subject, plain, html, link, about,
		state, attempts, last_error, queued_at, sent_at FROM mails WHERE id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return m, fault.New(fault.NotFound, KeyNoMail)
	}
	if err != nil {
		return m, fmt.Errorf("notify: read mail %d: %w", id, err)
	}
	return m, nil
}

// with puts the link, or what is shown in its place, into the text.
func (m Mail) with(link string) Mail {
	m.Plain = strings.ReplaceAll(m.Plain, mark, link)
	m.HTML = linkHTML(m.HTML, link)
	m.Link = ""
	return m
}

// Resend queues a letter again that is dead or was only kept, with the Message-ID
// it has. NotFound when there is none; Conflict when it was sent or is queued
// (KeyNotResent), or when no mail server is set (KeyNoServer).
func (p *Post) Resend(ctx context.Context, tx *pg.Tx, actor audit.Actor, id int64) error {
	m, err := read(ctx, tx, id)
	if err != nil {
		return err
	}
	if p.server == nil {
		return fault.New(fault.Conflict, KeyNoServer)
	}
	n, err := tx.Exec(ctx, `UPDATE mails SET state = 'queued' WHERE id = $1 AND state IN ('dead', 'kept')`, id)
	if err != nil {
		return fmt.Errorf("notify: resend mail %d: %w", id, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, KeyNotResent)
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "mail.resend", Object: fmt.Sprintf("mail/%d", id), Detail: m.About})
	return jobs.Enqueue(ctx, tx, jobs.Job{Kind: kindSend, Args: sendArgs{Mail: id}})
}

// Forget erases the letters about something, also those not yet sent, and tells
// how many they were (GDPR art. 17).
func Forget(ctx context.Context, tx *pg.Tx, about string) (int64, error) {
	n, err := tx.Exec(ctx, `DELETE FROM mails WHERE about = $1 AND about <> ''`, about)
	if err != nil {
		return 0, fmt.Errorf("notify: forget: %w", err)
	}
	return n, nil
}

// Counts is how many letters wait, and how many were given up.
type Counts struct{ Queued, Dead int }

// Count counts the letters of the realm that are not where they should be.
func Count(ctx context.Context, tx *pg.Tx) (Counts, error) {
	var c Counts
	err := tx.Get(ctx, &c, `SELECT count(*) FILTER (WHERE state = 'queued') AS queued, count(*) FILTER (WHERE state = 'dead') AS dead
		FROM mails WHERE state IN ($1, $2)`, Queued, Dead)
	if err != nil {
		return c, fmt.Errorf("notify: count: %w", err)
	}
	return c, nil
}
