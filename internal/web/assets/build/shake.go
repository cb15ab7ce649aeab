package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// unused are hooks of Designsystemet that no page of ours carries. A page weighs
// 30 KB at most, so what nobody sees is not sent.
var unused = []string{
	"[data-color=brand1]", "[data-color=brand2]", "[data-color=info]",
	"[data-typography=secondary]", "[data-size=lg]",
	// The scheme follows the system; nobody forces one.
	"[data-color-scheme=light]", "[data-color-scheme=dark]",
	".ds-floating", "[data-floating", ".ds-focus", ".ds-checkbox--checked", ".ds-list--unstyled", ".ds-readonly-icon",
	"[role=switch]", ".ds-field-affix", "[data-variant=outline]", "[data-field=counter]", "[data-clickdelegatefor]",
	":indeterminate", ":dir(rtl)", "u-summary", ".ds-card",
}

var (
	darkMedia = regexp.MustCompile(`^@media ?\(prefers-color-scheme: ?dark\)$`)
	lightOnly = regexp.MustCompile(`^@media ?\(prefers-color-scheme: ?light\)$`)
	variable  = regexp.MustCompile(`var\(\s*(--[\w-]+)\s*([,)])`)
)

// shake takes out of the sheets, seen together, the rules for unused hooks and
// the custom properties that nothing refers to. It fails on a reference to a
// property that no sheet sets: the browser would drop the declaration silently.
func shake(sheets map[string]string) (map[string]string, error) {
	parsed := make(map[string][]node, len(sheets))
	for name, css := range sheets {
		items, err := parse(css)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		parsed[name] = prune(items)
	}
	refs := survey(parsed)
	if missing := refs.missing(); len(missing) > 0 {
		return nil, fmt.Errorf("used but never set: %s", strings.Join(missing, ", "))
	}
	live := refs.live()
	out := make(map[string]string, len(parsed))
	for name, items := range parsed {
		var text strings.Builder
		write(&text, sweep(items, live))
		out[name] = text.String()
	}
	return out, nil
}

// prune drops rules for unused hooks and settles the colour scheme: it follows
// the system, and on paper it is always the light one.
func prune(items []node) []node {
	kept := items[:0:0]
	for _, n := range items {
		if !n.block {
			kept = append(kept, n)
			continue
		}
		if lightOnly.MatchString(n.text) {
			continue
		}
		if darkMedia.MatchString(n.text) {
			n.text = "@media screen and (prefers-color-scheme:dark)"
		}
		if !strings.HasPrefix(n.text, "@") {
			n.text = selectors(n.text)
			if n.text == "" {
				continue
			}
		}
		if n.items = prune(n.items); len(n.items) > 0 {
			kept = append(kept, n)
		}
	}
	return kept
}

func selectors(list string) string {
	parts := slices.DeleteFunc(split(list), func(part string) bool {
		// What is inside :not( ) or among the choices of :is( ) does not need the hook.
		bare := withoutChoices(part)
		return slices.ContainsFunc(unused, func(hook string) bool { return strings.Contains(bare, hook) })
	})
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(part, "[data-color-scheme=auto]", ":root")
	}
	return strings.Join(parts, ",")
}

// withoutChoices blanks the arguments of :not, and of :is and :where when they
// offer more than one choice.
func withoutChoices(selector string) string {
	for _, fn := range []string{":not(", ":is(", ":where(", ":has("} {
		for from := 0; ; {
			at := strings.Index(selector[from:], fn)
			if at < 0 {
				break
			}
			start := from + at + len(fn)
			end := start
			for open := 1; end < len(selector); end++ {
				if selector[end] == '(' {
					open++
				} else if selector[end] == ')' {
					if open--; open == 0 {
						break
					}
				}
			}
			if fn == ":not(" || len(split(selector[start:end])) > 1 {
				selector = selector[:start] + selector[min(end, len(selector)):]
			}
			from = start
		}
	}
	return selector
}

// references of custom properties: by ordinary declarations, and by each other.
type references struct {
	roots map[string]bool
	set   map[string][]string // property -> what its values refer to
	need  map[string]bool     // referred to somewhere without a fallback
}

func survey(sheets map[string][]node) references {
	r := references{roots: map[string]bool{}, set: map[string][]string{}, need: map[string]bool{}}
	for _, items := range sheets {
		r.read(items)
	}
	return r
}

func (r references) read(items []node) {
	for _, n := range items {
		if n.block {
			r.read(n.items)
			continue
		}
		name, value, _ := strings.Cut(n.text, ":")
		var names []string
		for _, m := range variable.FindAllStringSubmatch(value, -1) {
			names = append(names, m[1])
			if m[2] == ")" {
				r.need[m[1]] = true
			}
		}
		if strings.HasPrefix(name, "--") {
			r.set[name] = append(r.set[name], names...)
			continue
		}
		for _, v := range names {
			r.roots[v] = true
		}
	}
}

func (r references) live() map[string]bool {
	live := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		if live[name] {
			return
		}
		live[name] = true
		for _, next := range r.set[name] {
			visit(next)
		}
	}
	for name := range r.roots {
		visit(name)
	}
	return live
}

// missing are properties that a page would need and no sheet sets. Designsystemet's
// private ones (--_) may be unset on purpose.
func (r references) missing() []string {
	var all []string
	for name := range r.live() {
		if _, set := r.set[name]; !set && r.need[name] && !strings.HasPrefix(name, "--_") {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func sweep(items []node, live map[string]bool) []node {
	kept := items[:0:0]
	for _, n := range items {
		if n.block {
			if n.items = sweep(n.items, live); len(n.items) > 0 {
				kept = append(kept, n)
			}
			continue
		}
		if name, _, _ := strings.Cut(n.text, ":"); strings.HasPrefix(name, "--") && !live[name] {
			continue
		}
		kept = append(kept, n)
	}
	return kept
}
