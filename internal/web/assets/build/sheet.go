package main

import (
	"fmt"
	"strings"
)

// node is one item of a style sheet: a declaration or statement (no block), or a
// rule, at-rule or layer with its items.
type node struct {
	text  string // "color:red", "@layer a,b", or the selector before the block
	block bool
	items []node
}

// parse reads minified CSS as the bundler writes it: no comments, every string
// closed. It knows nothing of properties, only how items nest.
func parse(css string) ([]node, error) {
	p := parser{css: css}
	items, err := p.items(0)
	if err == nil && p.at < len(css) {
		err = fmt.Errorf("a block closes twice near %q", near(css, p.at))
	}
	return items, err
}

type parser struct {
	css string
	at  int
}

func (p *parser) items(depth int) ([]node, error) {
	var all []node
	for p.at < len(p.css) {
		start := p.at
		end, err := p.skip()
		if err != nil {
			return nil, err
		}
		text := strings.TrimSpace(p.css[start:end])
		switch {
		case end == len(p.css) || p.css[end] == ';' || p.css[end] == '}':
			if text != "" {
				all = append(all, node{text: text})
			}
			if end < len(p.css) && p.css[end] == '}' {
				if depth == 0 {
					p.at = end
					return all, nil
				}
				p.at = end + 1
				return all, nil
			}
			p.at = min(end+1, len(p.css))
		default: // '{'
			p.at = end + 1
			inner, err := p.items(depth + 1)
			if err != nil {
				return nil, err
			}
			all = append(all, node{text: text, block: true, items: inner})
		}
	}
	if depth > 0 {
		return nil, fmt.Errorf("a block is never closed")
	}
	return all, nil
}

// skip finds the next ; { or } that is not inside a string or brackets.
func (p *parser) skip() (int, error) {
	var quote byte
	open := 0
	for i := p.at; i < len(p.css); i++ {
		c := p.css[i]
		switch {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[':
			open++
		case c == ')' || c == ']':
			open--
		case open == 0 && (c == ';' || c == '{' || c == '}'):
			return i, nil
		}
	}
	if quote != 0 || open != 0 {
		return 0, fmt.Errorf("a string or bracket is never closed after %q", near(p.css, p.at))
	}
	return len(p.css), nil
}

func near(css string, at int) string { return css[at:min(at+40, len(css))] }

func write(out *strings.Builder, items []node) {
	for i, n := range items {
		out.WriteString(n.text)
		if n.block {
			out.WriteByte('{')
			write(out, n.items)
			out.WriteByte('}')
		} else if i < len(items)-1 || strings.HasPrefix(n.text, "@") {
			out.WriteByte(';')
		}
	}
}

// split cuts a selector list at its commas, not at those inside :is( ).
func split(list string) []string {
	var parts []string
	open, start := 0, 0
	for i := range len(list) {
		switch list[i] {
		case '(', '[':
			open++
		case ')', ']':
			open--
		case ',':
			if open == 0 {
				parts, start = append(parts, list[start:i]), i+1
			}
		}
	}
	return append(parts, list[start:])
}
