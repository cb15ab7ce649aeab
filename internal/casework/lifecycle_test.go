package casework_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"charterhouse/internal/casework"
)

var update = flag.Bool("update", false, "write docs/lifecycle.md anew")

const picture = "../../docs/lifecycle.md"

// diagram draws the table.
func diagram() string {
	var b strings.Builder
	b.WriteString("# The life of a case\n\nWritten from the table in `internal/casework/lifecycle.go` by\n" +
		"`go test ./internal/casework -run TestTheLifecycleIsDrawn -update`.\n\n```mermaid\nstateDiagram-v2\n    [*] --> received: submit, register\n")
	label := map[string][]string{}
	var order []string
	for _, line := range casework.Lifecycle() {
		for _, from := range line.From {
			if line.To == "" || from == line.To {
				continue
			}
			arrow := fmt.Sprintf("    %s --> %s", from, line.To)
			if label[arrow] == nil {
				order = append(order, arrow)
			}
			label[arrow] = append(label[arrow], string(line.Do))
		}
	}
	for _, arrow := range order {
		b.WriteString(arrow + ": " + strings.Join(label[arrow], ", ") + "\n")
	}
	for _, s := range casework.States() {
		if !s.Open() {
			fmt.Fprintf(&b, "    %s --> [*]\n", s)
		}
	}
	b.WriteString("```\n\n| action | from | to | who | needs |\n|---|---|---|---|---|\n")
	for _, line := range casework.Lifecycle() {
		to := string(line.To)
		if to == "" {
			to = "the same"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", line.Do, list(line.From, "–"), to, list(line.By, ""), list(line.Needs, "–"))
	}
	return b.String()
}

func list[S ~string](all []S, none string) string {
	if len(all) == 0 {
		return none
	}
	if len(all) == len(casework.States()) {
		return "any"
	}
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = strings.ReplaceAll(string(s), "_", " ")
	}
	return strings.Join(parts, ", ")
}

func TestTheLifecycleIsDrawn(t *testing.T) {
	if *update {
		must(t, os.WriteFile(picture, []byte(diagram()), 0o644))
	}
	have, err := os.ReadFile(picture)
	must(t, err)
	if string(have) != diagram() {
		t.Error("docs/lifecycle.md is not what the table says: run the test with -update")
	}
}

// The check constraints of the table list the states and kinds of the code.
func TestTheTableKnowsTheSameWords(t *testing.T) {
	raw, err := os.ReadFile("../../migrations/tenant/00005_cases.sql")
	must(t, err)
	words := func(constraint string) []string {
		m := regexp.MustCompile(constraint + `_ck CHECK \(\w+ IN\s*\(([^)]*)\)`).FindSubmatch(raw)
		if m == nil {
			t.Fatalf("no constraint %s", constraint)
		}
		return strings.Split(strings.ReplaceAll(strings.ReplaceAll(string(m[1]), "'", ""), " ", ""), ",")
	}
	var states []string
	for _, s := range casework.States() {
		states = append(states, string(s))
	}
	if got := words("cases_state"); !slices.Equal(got, states) {
		t.Errorf("states: the table has %v, the code %v", got, states)
	}
	if got := words("cases_kind"); !slices.Equal(got, casework.Kinds()) {
		t.Errorf("kinds: the table has %v, the code %v", got, casework.Kinds())
	}
	m := regexp.MustCompile(`\(done_on IS NULL\) = \(state IN \(([^)]*)\)`).FindSubmatch(raw)
	for _, s := range casework.States() {
		if s.Open() != strings.Contains(string(m[1]), "'"+string(s)+"'") {
			t.Errorf("%s: the table and the code differ on whether it is open", s)
		}
	}
}

// Each state can be reached and left or is an end, and no line contradicts another.
func TestTheLifecycleIsSound(t *testing.T) {
	reached := map[casework.State]bool{}
	seen := map[string]bool{}
	for _, line := range casework.Lifecycle() {
		reached[line.To] = true
		if len(line.By) == 0 {
			t.Errorf("nobody may %s", line.Do)
		}
		for _, from := range line.From {
			for _, by := range line.By {
				key := fmt.Sprintf("%s %s by %s", line.Do, from, by)
				if seen[key] {
					t.Errorf("%s is there twice", key)
				}
				seen[key] = true
			}
			if line.To.Open() && !from.Open() && line.Do != casework.ToReopen {
				t.Errorf("%s leads from %s back to %s", line.Do, from, line.To)
			}
		}
	}
	for _, s := range casework.States() {
		if !reached[s] {
			t.Errorf("no action leads to %s", s)
		}
	}
}
