package i18n

import (
	"fmt"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// patterns is the template language of the files in locales/: {{.Name}} puts an
// argument in, {{.Name.form}} puts it in a certain form ({{.Due.sentence}}).
// There is nothing else, so that a translation can neither compute nor loop,
// and a misspelt argument is an error instead of "<no value>".
type patterns struct{}

// Cacheable lets go-i18n keep what Parse made: each message is parsed once.
func (patterns) Cacheable() bool { return true }

// Parse cuts a message at its placeholders.
func (patterns) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	var p pattern
	for {
		text, rest, found := strings.Cut(src, "{{")
		p.size += len(text)
		if !found {
			p.tail = text
			return &p, nil
		}
		inside, after, closed := strings.Cut(rest, "}}")
		if !closed || !strings.HasPrefix(inside, ".") {
			return nil, fmt.Errorf("placeholder %q: write {{.Name}} or {{.Name.form}}", "{{"+inside)
		}
		name, form, _ := strings.Cut(inside[1:], ".")
		if !plainName(name) || form != "" && !plainName(form) {
			return nil, fmt.Errorf("placeholder %q: write {{.Name}} or {{.Name.form}}", "{{"+inside+"}}")
		}
		p.holes = append(p.holes, hole{before: text, name: name, form: form})
		src = after
	}
}

func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != ""
}

// hole is one placeholder and the text before it.
type hole struct{ before, name, form string }

type pattern struct {
	holes []hole
	tail  string
	size  int
}

// filler words the arguments of one message in one language.
type filler func(name, form string) (string, error)

// Execute fills the placeholders; data is a filler.
func (p *pattern) Execute(data any) (string, error) {
	if len(p.holes) == 0 {
		return p.tail, nil
	}
	fill, ok := data.(filler)
	if !ok {
		return "", fmt.Errorf("placeholder {{.%s}} without arguments", p.holes[0].name)
	}
	var b strings.Builder
	b.Grow(p.size + 16*len(p.holes))
	for _, h := range p.holes {
		b.WriteString(h.before)
		word, err := fill(h.name, h.form)
		if err != nil {
			return "", err
		}
		b.WriteString(word)
	}
	b.WriteString(p.tail)
	return b.String(), nil
}
