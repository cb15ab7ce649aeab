package web

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"charterhouse/internal/address"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web/assets"
)

// wording is what the template functions need.
type wording struct {
	catalog *i18n.Catalog
	assets  *assets.Set
}

// voice is the wording in one language, with the languages content falls back to.
type voice struct {
	wording
	lang  string
	langs []string
}

func (w wording) in(lang string, langs []string) voice {
	return voice{wording: w, lang: lang, langs: langs}
}

// funcs are the functions of the templates. Each speaks the language of the page.
func (v voice) funcs() template.FuncMap {
	return template.FuncMap{
		"say":      v.say,
		"args":     pairs,
		"url":      func(path string) string { return address.Path(v.lang, path) },
		"asset":    v.assets.Path,
		"text":     v.text,
		"plain":    v.plain,
		"pick":     v.pick,
		"markdown": v.markdown,
		"prose":    v.prose,
		"drawing":  drawing,
		"dial":     dial,
		"icon":     icon,
		"field":    field,
		"size":     v.size,

		"date":         v.dates(),
		"within":       func(t deadline.Term) string { return v.catalog.TermWithin(v.lang, t) },
		"weekday":      func(d time.Weekday) string { return v.catalog.Weekday(v.lang, d) },
		"weekdayShort": func(d time.Weekday) string { return v.catalog.WeekdayShort(v.lang, d) },
		"int":          v.whole,
		"number":       func(n float64, decimals int) string { return v.catalog.Number(v.lang, n, decimals) },
		"percent":      func(n float64, decimals int) string { return v.catalog.Percent(v.lang, n, decimals) },
		"list":         func(items []string) string { return v.catalog.List(v.lang, items) },
	}
}

// say words a message: {{say "charter.title"}}, {{say "charter.promises" "Count" 8}}.
func (v voice) say(key string, args ...any) (string, error) {
	m, err := pairs(args...)
	if err != nil {
		return "", err
	}
	return v.catalog.Say(v.lang, i18n.Key(key), m), nil
}

// dates gives the function date, which writes a deadline.Date, or an ISO date of
// a town's package, in a form: {{date "long" .Due}}. The forms are long, full,
// sentence, short, label, day, month, in_month, quarter and year. No date gives
// nothing.
func (v voice) dates() func(form string, day any) (string, error) {
	forms := map[string]func(lang string, d deadline.Date) string{
		"long": v.catalog.DateLong, "full": v.catalog.DateFull, "sentence": v.catalog.DateSentence,
		"short": v.catalog.DateShort, "label": v.catalog.DateLabel, "day": v.catalog.DateDay,
		"month": v.catalog.MonthYear, "in_month": v.catalog.InMonthYear, "quarter": v.catalog.Quarter, "year": v.catalog.Year,
	}
	return func(form string, day any) (string, error) {
		write, known := forms[form]
		if !known {
			return "", fmt.Errorf("date has no form %q", form)
		}
		switch d := day.(type) {
		case deadline.Date:
			return write(v.lang, d), nil
		case string:
			if d == "" {
				return "", nil
			}
			parsed, err := deadline.ParseDate(d)
			return write(v.lang, parsed), err
		}
		return "", fmt.Errorf("date of a %T", day)
	}
}

// pairs makes arguments of name, value, name, value.
func pairs(args ...any) (i18n.Args, error) {
	if len(args)%2 != 0 {
		return nil, fmt.Errorf("arguments come in pairs of a name and a value, got %d", len(args))
	}
	m := make(i18n.Args, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return nil, fmt.Errorf("argument name %v is not a string", args[i])
		}
		m[name] = args[i+1]
	}
	return m, nil
}

// whole writes a whole number, of either type that counts come in.
func (v voice) whole(n any) (string, error) {
	switch n := n.(type) {
	case int:
		return v.catalog.Int(v.lang, n), nil
	case int64:
		return v.catalog.Int(v.lang, int(n)), nil
	}
	return "", fmt.Errorf("int of a %T", n)
}

// size writes how large a file is: "340 KB", "1,4 MB".
func (v voice) size(bytes int64) string {
	if bytes < 1<<20 {
		return v.catalog.Say(v.lang, KeySizeKB, i18n.Args{"Size": v.catalog.Number(v.lang, max(1, float64(bytes)/(1<<10)), 0)})
	}
	return v.catalog.Say(v.lang, KeySizeMB, i18n.Args{"Size": v.catalog.Number(v.lang, float64(bytes)/(1<<20), 1)})
}

// languageKey names the language itself, in its own word: "Lietuvių".
func languageKey(lang string) i18n.Key { return i18n.Key("language." + lang) }

// Picked is content in the language that was found for it.
type Picked struct {
	Text string
	Lang string
	// Label tells the reader that the text is in another language than the page,
	// "(in Lithuanian)"; empty when it is not.
	Label string
}

// pick chooses the language of a text: {{with pick .Title}}<h2 lang="{{.Lang}}">.
func (v voice) pick(t i18n.Text) Picked {
	s, lang := t.In(v.lang, v.langs...)
	p := Picked{Text: s, Lang: lang}
	if lang == "" {
		p.Lang = v.lang
	} else if lang != v.lang {
		p.Label = v.catalog.Say(v.lang, KeyFallback, i18n.Args{"Language": languageKey(lang)})
	}
	return p
}

// plain is the bare text, for attributes and titles.
func (v voice) plain(t i18n.Text) string { return v.pick(t).Text }

// text is content inline: with a lang attribute and a visible label where it is
// not in the language of the page.
func (v voice) text(t i18n.Text) template.HTML {
	p := v.pick(t)
	escaped := template.HTMLEscapeString(p.Text)
	if p.Label == "" {
		return trusted(escaped)
	}
	return trusted(`<span lang="` + template.HTMLEscapeString(p.Lang) + `">` + escaped + `</span> ` + p.tag())
}

func (p Picked) tag() string {
	return `<small class="fallback">` + template.HTMLEscapeString(p.Label) + `</small>`
}

// markdown is content of several lines within a section: a string, or a Text with
// its fallback. prose is the same as the one text of a page.
func (v voice) markdown(content any) (template.HTML, error) { return v.rich(content, underSection) }
func (v voice) prose(content any) (template.HTML, error)    { return v.rich(content, underPage) }

func (v voice) rich(content any, shift int) (template.HTML, error) {
	switch c := content.(type) {
	case string:
		return trusted(markdown(c, shift)), nil
	case i18n.Text:
		p := v.pick(c)
		if p.Label == "" {
			return trusted(markdown(p.Text, shift)), nil
		}
		return trusted(`<p>` + p.tag() + `</p><div lang="` + template.HTMLEscapeString(p.Lang) + `">` + markdown(p.Text, shift) + `</div>`), nil
	}
	return "", fmt.Errorf("markdown of a %T", content)
}

// drawing writes a checked SVG into the page, so that it takes the colours of
// the town and of the dark theme.
func drawing(d Drawing) template.HTML { return trusted(string(d)) }

// icon refers to one of the shapes of _shapes.html: {{icon "kept"}}.
func icon(name string) template.HTML {
	return trusted(`<svg class="shape" aria-hidden="true" focusable="false"><use href="#` + template.HTMLEscapeString(name) + `"/></svg>`)
}

// dial is the number of a telephone link, "" for any other. html/template lets
// addresses of pages and mailboxes through and takes "tel:" in a value for a
// danger, so it must stand in the template.
func dial(address string) string {
	number, _ := strings.CutPrefix(address, "tel:")
	if number == address {
		return ""
	}
	return number
}

// trusted is the only place where text becomes HTML without being escaped again;
// a test holds that. What comes here was escaped or sanitised by its caller.
func trusted(html string) template.HTML { return template.HTML(html) }
