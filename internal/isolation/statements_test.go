package isolation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/lib/pq"
)

// place is where a statement is sent again: as whom, and with which schema.
type place struct {
	name, role, schema string
	// may: rows are allowed, if none of them is another town's.
	may bool
}

// sentAtLeast is the share of the statements in the source that the story has to
// send: what it reaches, so that whoever adds a statement adds to the story too.
const sentAtLeast = 0.94

// TestNoStatementReachesAnotherTown records every statement of a run through the
// whole story of A and sends each again, with A's arguments, in the wrong place: as
// B, as B with A's tables before it, as nobody, with no schema. What the run did
// not send is sent with no arguments at all: rights are asked before values.
func TestNoStatementReachesAnotherTown(t *testing.T) {
	w := open(t)
	rec, address := record(t, w.db.ServiceURL)
	told := openOn(t, w.db, address)
	told.story(t)
	behind, owner := record(t, w.db.AdminURL)
	told.operated(t, owner)
	said, source := rec.statements(), listed(t)
	for text, s := range behind.statements() {
		if _, known := said[text]; !known && source[text] != "" { // package pg's own make schemas and roles
			said[text] = s
		}
	}
	var unsent []string
	for text, where := range source {
		if _, ok := said[text]; !ok {
			unsent = append(unsent, where)
			said[text] = sent{text: text}
		}
	}
	slices.Sort(unsent)
	foreign := 0
	for text := range said {
		if _, ours := source[text]; !ours {
			foreign++
		}
	}
	share := float64(len(source)-len(unsent)) / float64(len(source))
	t.Logf("SQL sweep: %d statements sent, %d different; %d in the source, of which the story did not send %d (it sent %.1f %%); %d sent that only package pg has",
		rec.n+behind.n, len(rec.statements()), len(source), len(unsent), 100*share, foreign)
	t.Logf("not sent by the story:\n  %s", strings.Join(unsent, "\n  "))
	if share < sentAtLeast {
		t.Errorf("the story sends %.1f %% of the statements, want %.0f %%", 100*share, 100*sentAtLeast)
	}
	w.sendAgain(t, said)
}

func (w *world) sendAgain(t *testing.T, said map[string]sent) {
	t.Helper()
	service, err := sql.Open("postgres", w.db.ServiceURL+"&binary_parameters=yes")
	must(t, err)
	defer service.Close()
	conn, err := service.Conn(t.Context())
	must(t, err)
	defer conn.Close()
	sums := [2]map[string]string{w.fingerprint(t, "t_"+slugA), w.fingerprint(t, "t_"+slugB)}
	tried, rows := 0, map[string]int{}
	for _, text := range slices.Sorted(maps.Keys(said)) {
		for _, p := range []place{
			{"as the other town", "t_" + slugB, "t_" + slugB, true},
			{"as the other town, in this one's schema", "t_" + slugB, "t_" + slugA, false},
			{"as nobody", "", "t_" + slugA, false},
			{"with no schema", "t_" + slugA, "nowhere", true},
		} {
			tried++
			n, err := w.again(t, conn, said[text], p)
			rows[p.name] += n
			if err != nil {
				t.Errorf("%s: %v\n%s", p.name, err, text)
			}
		}
	}
	for i, schema := range []string{"t_" + slugA, "t_" + slugB} {
		if now := w.fingerprint(t, schema); !maps.Equal(now, sums[i]) {
			t.Errorf("%s has changed", schema)
		}
	}
	t.Logf("SQL sweep: sent again %d times, own rows %v", tried, rows)
}

// again sends a statement in a place and rolls back. The error is what must not
// be: a row of another town's, any row where none may be, or a refusal for another reason.
func (w *world) again(t *testing.T, conn *sql.Conn, s sent, p place) (rows int, err error) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	tx, err := conn.BeginTx(ctx, nil)
	must(t, err)
	defer tx.Rollback()
	_, err = tx.Exec(`SET LOCAL search_path = ` + p.schema + `, ext, pg_temp`)
	must(t, err)
	if p.role != "" {
		_, err = tx.Exec(`SET LOCAL ROLE ` + p.role)
		must(t, err)
	}
	args := s.args
	if s.role == "" {
		args = make([]any, highest(s.text))
	}
	found, err := tx.QueryContext(ctx, s.text, args...)
	if err == nil {
		rows, err = foreignRows(found, args, p.foreign())
	}
	refusal, refused := errors.AsType[*pq.Error](err)
	switch {
	case refused && slices.Contains(refusals(), string(refusal.Code)):
		return 0, nil
	case err == nil && !p.may && w.touches(t, s.text):
		return rows, fmt.Errorf("it was let through, with %d rows", rows)
	}
	if refused && p.may && s.role != "" && strings.HasPrefix(string(refusal.Code), "23") {
		return 0, nil // a constraint of B's own tables
	}
	if refused && s.role == "" && (strings.HasPrefix(string(refusal.Code), "23") || strings.HasPrefix(string(refusal.Code), "22") || refusal.Code == "42P18") {
		return 0, nil // without arguments it means nothing, and it was let as far as its own tables
	}
	return rows, err
}

// refusals: no right, no such table, column or function in the schema.
func refusals() []string { return []string{"42501", "42P01", "42883", "3F000"} }

var tableUse = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)\b[^.(]`)

// touches tells whether a statement names a table of a town, which it finds by the
// schema alone; those of the platform are guarded row by row.
func (w *world) touches(t *testing.T, text string) bool {
	for _, m := range tableUse.FindAllStringSubmatch(text+" ", -1) {
		if slices.Contains(w.tables(t, "t_"+slugA), m[1]) {
			return true
		}
	}
	return false
}

// highest is the number of the last argument of a text.
func highest(text string) (n int) {
	for i := 1; i < 60; i++ {
		if strings.Contains(text, fmt.Sprintf("$%d", i)) {
			n = i
		}
	}
	return n
}

// foreign is the town whose rows must not be seen in the place.
func (p place) foreign() string {
	if p.role == "t_"+slugA {
		return slugB
	}
	return slugA
}

// foreignRows counts rows and looks for a town's canary, or its name, in what did
// not come in with the arguments.
func foreignRows(rows *sql.Rows, args []any, slug string) (n int, err error) {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	given := fmt.Sprintf("%s", args)
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		n++
		for i, v := range values {
			if text := fmt.Sprintf("%s", v); holds(text, slug) && !strings.Contains(given, text) {
				return n, fmt.Errorf("column %s holds the other town's %.200q", columns[i], text)
			}
		}
	}
	return n, rows.Err()
}
