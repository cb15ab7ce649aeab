package main

import (
	"strings"
	"testing"
)

const file = `# --- a
home.title = "T"
home.lead = "L"

# --- b
due.error.a = "A"
due.title = "D"
`

func TestInsert(t *testing.T) {
	for _, c := range []struct{ key, text, after, line string }{
		{"home.greeting", "5\u00a0d. \"ok\"", `home.lead = "L"`, `home.greeting = "5\u00a0d. \"ok\""`},
		{"due.error.b", "B", `due.error.a = "A"`, `due.error.b = "B"`},
		{"due.count.one", "1", `due.title = "D"`, `due.count.one = "1"`},
		{"new.key", "N", `due.title = "D"`, `new.key = "N"`},
	} {
		got, err := insert(file, c.key, c.text)
		if err != nil || !strings.Contains(got, c.after+"\n"+c.line+"\n") {
			t.Errorf("%s: %v\n%s", c.key, err, got)
		}
	}
	if _, err := insert(file, "home.title", "T"); err == nil {
		t.Error("a message was added twice")
	}
}
