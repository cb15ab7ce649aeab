package casework

import (
	"context"
	"fmt"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// Take makes the officer who presses the button handle a case that has come.
func (t *Town) Take(ctx context.Context, tx *pg.Tx, who Officer, ref Ref) error {
	s, err := t.begin(ctx, tx, who, ref, ToTake)
	if err != nil {
		return err
	}
	s.c.Assignee = who.User
	return s.finish(ctx, false, Facts{Assignee: who.User})
}

// Assignment gives a case to a department, to an officer, or to both; empty and 0
// take it away from whoever had it.
type Assignment struct {
	Department string
	Assignee   int64
}

// UsedDepartments are the keys of those that a case is with, or was.
func UsedDepartments(ctx context.Context, tx *pg.Tx) (map[string]bool, error) {
	var keys []string
	err := tx.Select(ctx, &keys, `SELECT DISTINCT department FROM cases WHERE department <> $1
		UNION SELECT DISTINCT facts->>'department' FROM case_events WHERE action IN ($2, $3, $4) AND facts ? 'department'`, "", ToAssign, ToRegister, ToSubmit)
	if err != nil {
		return nil, fmt.Errorf("casework: look which departments have cases: %w", err)
	}
	used := map[string]bool{}
	for _, key := range keys {
		used[key] = true
	}
	return used, nil
}

// Assign refuses (Invalid) a department the town does not have, and a user who
// may not handle cases or has not accepted the invitation yet.
func (t *Town) Assign(ctx context.Context, tx *pg.Tx, who Officer, ref Ref, a Assignment) error {
	s, err := t.begin(ctx, tx, who, ref, ToAssign)
	if err != nil {
		return err
	}
	var in input
	handed := false // to somebody who does not know of it
	// A case stays where it is, though nothing new is handed there.
	if a.Department != "" && a.Department != s.c.Department && !t.department(a.Department) {
		in.refuse("department", KeyNoDepartment, nil)
	}
	if a.Assignee != 0 {
		u, err := access.GetUser(ctx, tx, a.Assignee)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err != nil || u.State != access.Active || !u.HasPassword || !access.Permits(u.Roles, access.CaseHandle) {
			in.refuse("assignee", KeyNoHandler, nil)
		}
		handed = a.Assignee != s.c.Assignee && u.ID != who.User
	}
	if err := in.err(); err != nil {
		return err
	}
	s.c.Department, s.c.Assignee = a.Department, a.Assignee
	if err := s.finish(ctx, false, Facts{Department: a.Department, Assignee: a.Assignee}); err != nil || !handed {
		return err
	}
	return s.announce(ctx, NewsAssigned)
}
