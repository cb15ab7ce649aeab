package i18n

import (
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Catalog holds the interface words of every language. It does not change after
// Load and may be used by any number of goroutines.
type Catalog struct {
	voices map[string]*voice
	langs  []string
	report func(error)
}

// voice is one language: its messages, and its ways with dates and numbers.
type voice struct {
	lang  string
	tag   language.Tag
	words *goi18n.Localizer
	// fixed are the messages without placeholder or plural: most of a page.
	fixed map[Key]string
	dates dateWords
	marks numberMarks
}

// Load reads every active.*.toml at the top of files. It refuses a file that
// cannot be read, a placeholder that is not {{.Name}} or {{.Name.form}}, and a
// language without its month names, weekdays and number marks.
func Load(files fs.FS) (*Catalog, error) {
	paths, err := fs.Glob(files, "active.*.toml")
	if err != nil {
		return nil, fmt.Errorf("i18n: list the languages: %w", err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("i18n: no file active.*.toml")
	}
	c := &Catalog{voices: map[string]*voice{}}
	for _, path := range paths {
		v, err := loadVoice(files, path)
		if err != nil {
			return nil, fmt.Errorf("i18n: %s: %w", path, err)
		}
		c.voices[v.lang] = v
		c.langs = append(c.langs, v.lang)
	}
	slices.Sort(c.langs)
	var seen sync.Map
	c.report = func(err error) {
		// A message that lacks is on every page: one line in the log is enough.
		if _, known := seen.LoadOrStore(err.Error(), true); !known {
			slog.Error("interface words", "error", err)
		}
	}
	return c, nil
}

// Reporting gives the same catalog with another receiver of what goes wrong in
// Say: a test passes one that fails. Load's own writes each fault to the log once.
func (c *Catalog) Reporting(report func(error)) *Catalog {
	d := *c
	d.report = report
	return &d
}

// Languages gives the codes of the languages, in alphabetical order.
func (c *Catalog) Languages() []string { return slices.Clone(c.langs) }

// Has tells whether there is such a language.
func (c *Catalog) Has(lang string) bool { return c.voices[lang] != nil }

// Say gives the message in lang. The argument Count chooses the plural form. The
// other arguments are put into the reader's words: numbers grouped and with the
// language's decimal mark, a deadline.Date as a long date ({{.Due.full}},
// .sentence, .short, .label, .day for the other forms), a deadline.Term as
// "within …", a Text in lang, a Key as its message, a []string as a list ({{.X.or}}
// for the other conjunction), a string as it is ({{.Name.quoted}} in quotation
// marks). A year is passed as a string.
//
// What cannot be said (no such message, an argument missing) is reported and
// the key is returned, visible to the reader.
func (c *Catalog) Say(lang string, key Key, args Args) string {
	s, err := c.Try(lang, key, args)
	if err != nil {
		c.report(err)
		return string(key)
	}
	return s
}

// Try is Say for a caller that wants the error itself.
func (c *Catalog) Try(lang string, key Key, args Args) (string, error) {
	v := c.voices[lang]
	if v == nil {
		return "", fmt.Errorf("i18n: no language %q for %s", lang, key)
	}
	return v.say(key, args)
}

// voice gives the language, or English, or the first there is: dates and
// numbers are written even for a code that nobody knows.
func (c *Catalog) voice(lang string) *voice {
	for _, l := range []string{lang, "en", c.langs[0]} {
		if v := c.voices[l]; v != nil {
			return v
		}
	}
	return nil
}

func (v *voice) say(key Key, args Args) (string, error) {
	if s, ok := v.fixed[key]; ok {
		return s, nil
	}
	lc := goi18n.LocalizeConfig{
		MessageID:      string(key),
		TemplateData:   v.filler(args),
		TemplateParser: patterns{},
	}
	if count, ok := args["Count"]; ok {
		n, err := plain(count)
		if err != nil {
			return "", fmt.Errorf("i18n: %s in %s: Count: %w", key, v.lang, err)
		}
		lc.PluralCount = n
	}
	s, err := v.words.Localize(&lc)
	if err != nil {
		return "", fmt.Errorf("i18n: %s in %s: %w", key, v.lang, err)
	}
	return s, nil
}

func loadVoice(files fs.FS, path string) (*voice, error) {
	raw, err := fs.ReadFile(files, path)
	if err != nil {
		return nil, err
	}
	// One bundle per language, so that a missing message is an error and not
	// silently another language.
	name := strings.TrimSuffix(strings.TrimPrefix(path, "active."), ".toml")
	tag, err := language.Parse(name)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", name, err)
	}
	bundle := goi18n.NewBundle(tag)
	all, err := readMessages(raw)
	if err != nil {
		return nil, err
	}
	if err := bundle.AddMessages(tag, all...); err != nil {
		return nil, err
	}
	v := &voice{lang: name, tag: tag, words: goi18n.NewLocalizer(bundle, name), fixed: map[Key]string{}}
	messages := map[Key]string{}
	for _, m := range all {
		if err := v.keep(m); err != nil {
			return nil, err
		}
		messages[Key(m.ID)] = m.Other
	}
	if v.marks, err = v.readMarks(); err != nil {
		return nil, err
	}
	v.dates, err = v.readDates(messages)
	return v, err
}

// keep checks the placeholders of a message and notes the fixed ones.
func (v *voice) keep(m *goi18n.Message) error {
	forms := []string{m.Zero, m.One, m.Two, m.Few, m.Many, m.Other}
	for _, s := range forms {
		if _, err := (patterns{}).Parse(s, "", ""); err != nil {
			return fmt.Errorf("%s: %w", m.ID, err)
		}
	}
	if strings.Join(forms[:5], "") == "" && m.Other != "" && !strings.Contains(m.Other, "{{") {
		v.fixed[Key(m.ID)] = m.Other
	}
	return nil
}
