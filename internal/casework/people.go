package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/fault"
	"charterhouse/internal/notify"
	"charterhouse/internal/pg"
)

// Person is who sent a case and how they want to be answered: personal data, in a
// table of their own. The zero Person is an anonymous submitter.
type Person struct {
	Name    string  `db:"name"`
	Email   string  `db:"email"`
	Phone   string  `db:"phone"`
	Address string  `db:"address"`
	ReplyBy ReplyBy `db:"reply_by"`
}

// ReplyBy is how a submitter wants to be answered.
type ReplyBy string

// The ways of an answer.
const (
	ByEmail ReplyBy = "email"
	ByPost  ReplyBy = "post"
	ByTrack ReplyBy = "track" // on the tracking page only
)

// Notice is how a submitter learns of something the desk has done.
type Notice string

// The ways of a notice. A letter is for the desk to write.
const (
	NoticeMail   Notice = "mail"
	NoticeLetter Notice = "letter"
	NoticePage   Notice = "page"
)

func (p Person) notice() Notice {
	switch {
	case p.ReplyBy == ByEmail && p.Email != "":
		return NoticeMail
	case p.ReplyBy == ByPost:
		return NoticeLetter
	}
	return NoticePage
}

// NoticeOf tells how the submitter will learn of an act of the desk on this case,
// if it is done now; "" where they are not told of it. It names nobody, so nothing
// is opened by it.
func NoticeOf(ctx context.Context, tx *pg.Tx, c *Case, do Action) (Notice, error) {
	switch do {
	case ToReply, ToExtend, ToAsk, ToForward, ToDecline, ToRefuseDanger, ToReopen, ToWithdraw:
	case ToClose:
		if !c.State.Open() {
			return "", nil // praise alone is told that it was passed on
		}
	default:
		return "", nil
	}
	person, err := personOf(ctx, tx, c)
	return person.notice(), err
}

func (p Person) blank() bool {
	return p.Name == "" && p.Email == "" && p.Phone == "" && p.Address == ""
}

// check cleans what was typed about a person and wants what the chosen way of
// answering needs.
func (p *Person) check(in *input) {
	in.line("name", &p.Name, maxName, KeyNeedName)
	in.line("phone", &p.Phone, maxPhone, "")
	in.text("address", &p.Address, maxAddress, "")
	in.line("email", &p.Email, maxEmail, "")
	if p.Email != "" {
		address, err := notify.Address(p.Email)
		if err != nil {
			in.refuse("email", emailFault(p.Email), nil)
		}
		p.Email = address
	}
	switch p.ReplyBy {
	case ByEmail:
		if p.Email == "" && !in.refused("email") {
			in.refuse("email", KeyNeedEmail, nil)
		}
	case ByPost:
		if p.Address == "" {
			in.refuse("address", KeyNeedAddress, nil)
		}
	case ByTrack:
	default:
		in.refuse("reply_by", KeyNeedReplyBy, nil)
	}
}

func insertPerson(ctx context.Context, tx *pg.Tx, id int64, p Person) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_people (case_id, name, email, phone, address, reply_by)
		VALUES ($1, $2, $3, $4, $5, $6)`, id, p.Name, p.Email, p.Phone, p.Address, p.ReplyBy)
	if err != nil {
		return fmt.Errorf("casework: write a submitter: %w", err)
	}
	return nil
}

// personOf reads who sent the case, for the work itself: nobody sees it.
func personOf(ctx context.Context, tx *pg.Tx, c *Case) (Person, error) {
	var rows []Person
	err := tx.Select(ctx, &rows, `SELECT name, email, phone, address, reply_by FROM case_people WHERE case_id = $1`, c.ID)
	if err != nil {
		return Person{}, fmt.Errorf("casework: read the submitter of %s: %w", c.Number, err)
	}
	if len(rows) == 0 {
		return Person{}, nil
	}
	return rows[0], nil
}

// PersonOf shows an officer who sent the case; the audit chain keeps that it was
// looked at. It refuses (Forbidden) a confidential case of somebody else's. The
// zero Person for an anonymous case.
func PersonOf(ctx context.Context, tx *pg.Tx, who Officer, c *Case) (Person, error) {
	if !who.sees(c.Confidential, c.Assignee) {
		return Person{}, fault.New(fault.Forbidden, KeyConfidential)
	}
	p, err := personOf(ctx, tx, c)
	if err == nil && !p.blank() {
		tx.Record(pg.Entry{Actor: who.ID, Action: "case.read_person", Object: c.object()})
	}
	return p, err
}
