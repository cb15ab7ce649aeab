package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"charterhouse/internal/pg"
)

// Part tells what a text of a case is.
type Part string

// The parts.
const (
	PartFiling   Part = "filing"
	PartDanger   Part = "danger"
	PartAddition Part = "addition"
	PartQuestion Part = "question"
	PartResponse Part = "response"
	PartReasons  Part = "reasons"
	PartSteps    Part = "steps"
	PartReply    Part = "reply"
	PartNote     Part = "note"
	PartComment  Part = "comment"
)

// Event is one line of a case's timeline.
type Event struct {
	ID int64
	At time.Time
	// DayOnly: only the day of At is known, and nobody kept more.
	DayOnly bool
	Action  Action
	Party   Party
	Actor   string // in the audit chain; access has the name behind it
	Visible bool   // to the submitter
	Facts   Facts
	Texts   []Written
	Files   []string // ids
}

// Written is one text of an event.
type Written struct {
	Part  Part
	Title string // of what was filed
	Body  string
}

// mostEvents bounds a timeline; a case has a dozen.
const mostEvents = 1000

// Timeline tells what happened to a case, in order: to the desk everything, to
// the submitter what is visible to them. Notes are the desk's alone, whatever
// event they stand with.
func Timeline(ctx context.Context, tx *pg.Tx, c *Case, to Party) ([]Event, error) {
	var rows []struct {
		ID      int64
		At      time.Time
		DayOnly bool `db:"day_only"`
		Action  Action
		Party   Party
		Actor   string
		Visible bool
		Facts   string
	}
	err := tx.Select(ctx, &rows, `SELECT id, at, day_only, action, party, actor, visible, facts FROM case_events
		WHERE case_id = $1 AND (visible OR $2) ORDER BY id LIMIT $3`, c.ID, to == Staff, mostEvents)
	if err != nil {
		return nil, fmt.Errorf("casework: timeline of %s: %w", c.Number, err)
	}
	var texts []struct {
		Event int64 `db:"event_id"`
		Part  Part
		Title string
		Body  string
	}
	err = tx.Select(ctx, &texts, `SELECT event_id, part, title, body FROM case_texts
		WHERE case_id = $1 AND (part <> $2 OR $3) ORDER BY id LIMIT $4`, c.ID, PartNote, to == Staff, mostEvents)
	if err != nil {
		return nil, fmt.Errorf("casework: texts of %s: %w", c.Number, err)
	}
	byEvent := map[int64][]Written{}
	for _, t := range texts {
		byEvent[t.Event] = append(byEvent[t.Event], Written{t.Part, t.Title, t.Body})
	}
	files, err := filesOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	all := make([]Event, len(rows))
	for i, r := range rows {
		all[i] = Event{
			ID: r.ID, At: r.At, DayOnly: r.DayOnly, Action: r.Action, Party: r.Party, Actor: r.Actor, Visible: r.Visible,
			Texts: byEvent[r.ID], Files: files[r.ID],
		}
		if err := json.Unmarshal([]byte(r.Facts), &all[i].Facts); err != nil {
			return nil, fmt.Errorf("casework: event %d of %s: %w", r.ID, c.Number, err)
		}
		if to == Submitter {
			all[i].Actor = "" // who of the staff it was is told by the reply, if at all
		}
	}
	return all, nil
}
