package casework

import (
	"context"
	"fmt"
	"slices"

	"charterhouse/internal/deadline"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Extension of a case: why an answer takes longer, or what is still to be done,
// and until when. Where the rule names only one of reasons and steps, that one is
// asked for; else one of the two is enough.
type Extending struct {
	Reasons string
	Steps   string
	Final   deadline.Date
	// Beyond confirms that the final date lies after the last one the law allows:
	// the town's own promise may move that far, the legal date does not follow it.
	Beyond bool
}

// Extended is one extension as it stands with the case.
type Extended struct {
	DecidedOn deadline.Date `db:"decided_on"`
	FinalOn   deadline.Date `db:"final_on"`
	OwnFrom   deadline.Date `db:"own_from"`
	OwnTo     deadline.Date `db:"own_to"`
	LawFrom   deadline.Date `db:"law_from"`
	LawTo     deadline.Date `db:"law_to"`
	Notice    Notice        `db:"notice"`
	// Later are the pauses that ended after it and have moved a date.
	Later []Pause `db:"-"`
}

// Extensions lists the extensions of a case in their order.
func Extensions(ctx context.Context, tx *pg.Tx, c *Case) ([]Extended, error) {
	var rows []Extended
	err := tx.Select(ctx, &rows, `SELECT decided_on, final_on, own_from, own_to, law_from, law_to, notice
		FROM case_extensions WHERE case_id = $1 ORDER BY id`, c.ID)
	if err != nil {
		return nil, fmt.Errorf("casework: extensions of %s: %w", c.Number, err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	pauses, err := Pauses(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	return together(rows, pauses), nil
}

// together gives each extension the pauses that came later.
func together(extensions []Extended, pauses []Pause) []Extended {
	list := slices.Clone(extensions)
	for i := range list {
		x := &list[i]
		x.Later = nil
		for _, p := range pauses {
			// Each move begins where the one before it ended; the days on which they
			// were decided would not tell two of the same day apart.
			if !x.OwnTo.IsZero() && p.OwnFrom >= x.OwnTo || !x.LawTo.IsZero() && p.LawFrom >= x.LawTo {
				x.Later = append(x.Later, p)
			}
		}
	}
	return list
}

// room is how far the dates of a case may move: from the date in force up to a
// cap, each for itself. The town's own rule moves its own date, the law's moves
// the legal one; neither moves the other's.
type room struct{ own, law span }

// span may move where from is set; a zero cap is no cap.
type span struct{ from, cap deadline.Date }

func (s span) moves() bool { return !s.from.IsZero() }

func (r room) moves() bool { return r.own.moves() || r.law.moves() }

// inForce is the date that an extension must go beyond.
func (r room) inForce() deadline.Date {
	if r.own.moves() {
		return r.own.from
	}
	return r.law.from
}

// latest is the last date that an extension may name; zero = none is set.
func (r room) latest() deadline.Date {
	if r.own.moves() {
		return r.own.cap
	}
	return r.law.cap
}

// refusal is why there is no room.
type refusal struct{ key i18n.Key }

// room computes how far the case may be extended today. It refuses a kind whose
// rule knows no extension, and a term that has run out.
func (t *Town) room(c *Case, pin Pin, past []Extended, today deadline.Date) (room, *refusal) {
	own, law := pin.Rule.Kind.Extension, pin.Rule.LawExtension
	if !pin.Rule.OwnExtension {
		own = nil
	}
	if own == nil && law == nil {
		return room{}, &refusal{KeyNoExtension}
	}
	atOwn, atLaw := begun{on: c.OwnDue}, begun{on: c.LawDue}
	for i := len(past) - 1; i >= 0; i-- {
		if !past[i].OwnFrom.IsZero() {
			atOwn = begun{past[i].OwnFrom, past[i].Later}
		}
		if !past[i].LawFrom.IsZero() {
			atLaw = begun{past[i].LawFrom, past[i].Later}
		}
	}
	r := room{own: t.span(own, c.OwnDue, pin.Own, atOwn, today), law: t.span(law, c.LawDue, pin.Law, atLaw, today)}
	switch latest := r.latest(); {
	case r.moves():
		if !latest.IsZero() && latest <= r.inForce() {
			return room{}, &refusal{KeyExtendedFully}
		}
		return r, nil
	case own != nil && !c.OwnDue.IsZero() || law != nil && !c.LawDue.IsZero():
		return room{}, &refusal{KeyTermRunOut}
	}
	return room{}, &refusal{KeyNoExtension}
}

// begun is where the cap of a date is counted from: the date before the first
// extension. The pauses since then move the cap as they have moved the date itself,
// else they would use up what may still be extended.
type begun struct {
	on    deadline.Date
	later []Pause
}

func (t *Town) span(x *Extension, due deadline.Date, d *Dated, at begun, today deadline.Date) span {
	if x == nil || d == nil || due.IsZero() || due < today {
		return span{}
	}
	s := span{from: due}
	if term, err := deadline.ParseTerm(x.By); err == nil {
		s.cap = t.Calendar.Due(at.on, false, deadline.SameDay, term)
		for _, p := range at.later {
			s.cap = p.moves(s.cap, d.Term.Unit(), t.Calendar)
		}
	}
	return s
}

// Extend moves the final date of a case, before its term has run out, and tells
// the submitter why. It refuses (Invalid) what the notice must name and does not,
// and a date that is no working day, no later than the one in force, or beyond the
// cap, where there is none beyond a year, and beyond what the law allows where that
// is not confirmed; (Conflict) a rule without extension and a term that has run out.
func (t *Town) Extend(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, x Extending) error {
	s, err := t.begin(ctx, tx, who, ref, ToExtend)
	if err != nil {
		return err
	}
	pin, err := PinOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	past, err := Extensions(ctx, tx, s.c)
	if err != nil {
		return err
	}
	r, refused := t.room(s.c, pin, past, s.today)
	if refused != nil {
		return fault.New(fault.Conflict, refused.key)
	}
	lawEnds := r.reach(s.c).LawEnds
	if err := t.checkExtending(&x, pin.Rule.Kind.Extension, r, lawEnds); err != nil {
		return err
	}
	done := Extended{DecidedOn: s.today, FinalOn: x.Final}
	done.OwnFrom, done.OwnTo = r.own.to(x.Final)
	done.LawFrom, done.LawTo = r.law.to(x.Final)
	if !done.OwnTo.IsZero() {
		s.c.OwnDue = done.OwnTo
	}
	if !done.LawTo.IsZero() {
		s.c.LawDue = done.LawTo
	}
	s.c.ExtendedTo = x.Final
	person, err := personOf(ctx, tx, s.c)
	if err != nil {
		return err
	}
	done.Notice = person.notice()
	_, err = tx.Exec(ctx, `INSERT INTO case_extensions (case_id, decided_on, final_on, own_from, own_to, law_from, law_to, notice)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.c.ID, done.DecidedOn, done.FinalOn, done.OwnFrom, done.OwnTo, done.LawFrom, done.LawTo, done.Notice)
	if err != nil {
		return fmt.Errorf("casework: extend %s: %w", s.c.Number, err)
	}
	facts := Facts{
		Final: x.Final, OwnDue: s.c.OwnDue, LawDue: s.c.LawDue, Notice: done.Notice, Beyond: !lawEnds.IsZero() && x.Final > lawEnds,
	}
	if err := s.finish(ctx, true, facts, written{part: PartReasons, body: x.Reasons}, written{part: PartSteps, body: x.Steps}); err != nil {
		return err
	}
	return s.tell(ctx, person, letterExtended(s.c, x, facts, s.today))
}

// to moves the span to the final date, or as far as its own cap lets it.
func (s span) to(final deadline.Date) (from, to deadline.Date) {
	if !s.moves() {
		return 0, 0
	}
	if !s.cap.IsZero() {
		final = min(final, s.cap)
	}
	if final <= s.from {
		return 0, 0 // the date in force is later: nothing ever becomes earlier
	}
	return s.from, final
}

// farthest bounds an extension for which no cap is set: what lies further ahead is
// a slip of the pen, and would be promised to somebody.
const farthest = "12 months"

func (t *Town) farthest(from deadline.Date) deadline.Date {
	term, err := deadline.ParseTerm(farthest)
	if err != nil {
		return from
	}
	return t.Calendar.Due(from, false, deadline.SameDay, term)
}

func (t *Town) checkExtending(x *Extending, rule *Extension, r room, lawEnds deadline.Date) error {
	var in input
	in.text("reasons", &x.Reasons, maxReason, "")
	in.text("steps", &x.Steps, maxReason, "")
	reasonsOnly, stepsOnly := rule.Reasons && !rule.Steps, rule.Steps && !rule.Reasons
	switch {
	case reasonsOnly && x.Reasons == "":
		in.refuse("reasons", KeyNeedReasons, nil)
	case stepsOnly && x.Steps == "":
		in.refuse("steps", KeyNeedSteps, nil)
	case x.Reasons == "" && x.Steps == "":
		in.refuse("reasons", KeyNeedReasonsOrSteps, nil)
	}
	inForce, latest := r.inForce(), r.latest()
	switch {
	case x.Final.IsZero():
		in.refuse("final", KeyNeedFinal, nil)
	case x.Final <= inForce:
		in.refuse("final", KeyFinalTooEarly, map[string]any{"Due": inForce})
	case !latest.IsZero() && x.Final > latest:
		in.refuse("final", KeyFinalTooLate, map[string]any{"Latest": latest})
	case latest.IsZero() && x.Final > t.farthest(inForce):
		in.refuse("final", KeyFinalFarAhead, map[string]any{"Latest": t.farthest(inForce)})
	case !t.Calendar.IsWorking(x.Final):
		in.refuse("final", KeyFinalDayOff, map[string]any{"Next": t.Calendar.Next(x.Final)})
	case !lawEnds.IsZero() && x.Final > lawEnds && !x.Beyond:
		in.refuse("beyond", KeyBeyondLaw, map[string]any{"Law": lawEnds})
	}
	return in.err()
}
