package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Pause is one time that the submitter was asked something.
type Pause struct {
	ID        int64         `db:"id"`
	AskedOn   deadline.Date `db:"asked_on"`
	Stops     bool          `db:"stops"`      // the terms stood still meanwhile
	ResumedOn deadline.Date `db:"resumed_on"` // zero = still waiting
	OwnFrom   deadline.Date `db:"own_from"`
	OwnTo     deadline.Date `db:"own_to"`
	LawFrom   deadline.Date `db:"law_from"`
	LawTo     deadline.Date `db:"law_to"`
}

// Pauses lists the pauses of a case in their order.
func Pauses(ctx context.Context, tx *pg.Tx, c *Case) ([]Pause, error) {
	var rows []Pause
	err := tx.Select(ctx, &rows, `SELECT id, asked_on, stops, resumed_on, own_from, own_to, law_from, law_to
		FROM case_pauses WHERE case_id = $1 ORDER BY id`, c.ID)
	if err != nil {
		return nil, fmt.Errorf("casework: pauses of %s: %w", c.Number, err)
	}
	return rows, nil
}

// Ask puts a question to the submitter. Where the rule of the case says so, the
// terms stand still until it is answered. An anonymous submitter is asked too:
// the question waits on the tracking page.
func (t *Town) Ask(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, question string) error {
	s, err := t.begin(ctx, tx, who, ref, ToAsk)
	if err != nil {
		return err
	}
	var in input
	in.text("question", &question, maxQuestion, KeyNeedQuestion)
	if err := in.err(); err != nil {
		return err
	}
	pin, err := PinOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	s.c.AskedOn, s.c.Stopped = s.today, pin.Rule.Stops()
	n, err := tx.Exec(ctx, `INSERT INTO case_pauses (case_id, asked_on, stops) VALUES ($1, $2, $3)
		ON CONFLICT (case_id) WHERE resumed_on IS NULL DO NOTHING`, s.c.ID, s.today, s.c.Stopped)
	if err != nil {
		return fmt.Errorf("casework: pause %s: %w", s.c.Number, err)
	}
	if n == 0 { // two officers asked at the same moment
		return fault.New(fault.Conflict, KeyChangedMeanwhile)
	}
	person, err := personOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	if err := s.finish(ctx, true, Facts{Notice: person.notice()}, written{part: PartQuestion, body: question}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterAsked(s.c, question))
}

// Respond is the submitter's answer: the terms go on from today.
func (t *Town) Respond(ctx context.Context, tx *pg.Tx, pass Pass, answer Message) error {
	s, err := t.beginFor(ctx, tx, pass, ToRespond)
	if err != nil {
		return err
	}
	var in input
	in.text("answer", &answer.Text, maxBody, KeyNeedAnswer)
	if err := in.err(); err != nil {
		return err
	}
	if err := s.resume(ctx); err != nil {
		return err
	}
	s.files = answer.Files
	facts := Facts{OwnDue: s.c.OwnDue, LawDue: s.c.LawDue}
	if err := s.finish(ctx, true, facts, written{part: PartResponse, body: answer.Text}); err != nil {
		return err
	}
	return s.announce(ctx, NewsResponded)
}

// Resume ends the waiting without an answer on the page: it came by telephone, or
// it is no longer waited for. note says how, for the desk only.
func (t *Town) Resume(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, note string) error {
	s, err := t.begin(ctx, tx, who, ref, ToResume)
	if err != nil {
		return err
	}
	var in input
	in.text("note", &note, maxReason, "")
	if err := in.err(); err != nil {
		return err
	}
	if err := s.resume(ctx); err != nil {
		return err
	}
	return s.finish(ctx, true, Facts{OwnDue: s.c.OwnDue, LawDue: s.c.LawDue}, written{part: PartNote, body: note})
}

// resume ends the open pause of the case and moves the dates by the days that it
// lasted, those that had not passed before.
func (s *step) resume(ctx context.Context) error {
	pauses, err := Pauses(ctx, s.tx, s.c)
	if err != nil {
		return err
	}
	if len(pauses) == 0 || !pauses[len(pauses)-1].ResumedOn.IsZero() {
		return fault.New(fault.Conflict, KeyNotInState)
	}
	p := pauses[len(pauses)-1]
	p.ResumedOn = s.today
	if p.Stops {
		pin, err := PinOf(ctx, s.tx, s.c)
		if err != nil {
			return err
		}
		p.OwnFrom, p.OwnTo = s.town.moved(s.c.OwnDue, pin.Own, p)
		p.LawFrom, p.LawTo = s.town.moved(s.c.LawDue, pin.Law, p)
		if !p.OwnTo.IsZero() {
			s.c.OwnDue = p.OwnTo
		}
		if !p.LawTo.IsZero() {
			s.c.LawDue = p.LawTo
		}
	}
	_, err = s.tx.Exec(ctx, `UPDATE case_pauses SET resumed_on = $2, own_from = $3, own_to = $4, law_from = $5, law_to = $6
		WHERE id = $1`, p.ID, p.ResumedOn, p.OwnFrom, p.OwnTo, p.LawFrom, p.LawTo)
	if err != nil {
		return fmt.Errorf("casework: resume %s: %w", s.c.Number, err)
	}
	s.c.AskedOn, s.c.Stopped = 0, false
	return nil
}

// moved gives a date before and after a pause; both zero where nothing moves.
func (t *Town) moved(due deadline.Date, d *Dated, p Pause) (from, to deadline.Date) {
	if due.IsZero() || d == nil {
		return 0, 0
	}
	if to = p.moves(due, d.Term.Unit(), t.Calendar); to == due {
		return 0, 0
	}
	return due, to
}

// moves gives where a pause puts a date, counted as its term is: the working days
// after the day of asking up to the day of the answer for a term in working days,
// else the days of the calendar. The date itself where it had passed before the
// question, or the answer came the same day.
func (p Pause) moves(due deadline.Date, unit deadline.Unit, calendar *deadline.Calendar) deadline.Date {
	if due < p.AskedOn {
		return due
	}
	to := due
	switch unit {
	case deadline.WorkingDays, deadline.SameWorkingDay:
		for range calendar.WorkingDaysBetween(p.AskedOn, p.ResumedOn) {
			to = calendar.Next(to)
		}
	default:
		to = due.AddDays(p.ResumedOn.Sub(p.AskedOn))
		if !calendar.IsWorking(to) {
			to = calendar.Next(to)
		}
	}
	return max(to, due)
}
