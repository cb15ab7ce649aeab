package i18n

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
)

// Text is one piece of a municipality's content in the languages it has, keyed
// by language code ("lt", "bg", "en"). Interface words are not Texts: they
// stand in locales/ and are named by a Key.
type Text map[string]string

// In gives the text in lang, else in the first of others that has it, else in
// any language (alphabetically). used tells which one it is, so that a page can
// mark a fallback with a label and a lang attribute. Both are empty when the
// text is.
func (t Text) In(lang string, others ...string) (text, used string) {
	for _, l := range append([]string{lang}, others...) {
		if s := t[l]; s != "" {
			return s, l
		}
	}
	langs := make([]string, 0, len(t))
	for l := range t {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	for _, l := range langs {
		if t[l] != "" {
			return t[l], l
		}
	}
	return "", ""
}

// Empty tells whether no language has any words.
func (t Text) Empty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}

// Value stores a Text as jsonb. It is a string because binary_parameters=yes
// sends a []byte as bytea.
func (t Text) Value() (driver.Value, error) {
	if t == nil {
		return "{}", nil
	}
	b, err := json.Marshal(map[string]string(t))
	return string(b), err
}

// Scan reads a jsonb column.
func (t *Text) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = nil
		return nil
	case []byte:
		return json.Unmarshal(v, (*map[string]string)(t))
	case string:
		return json.Unmarshal([]byte(v), (*map[string]string)(t))
	}
	return fmt.Errorf("i18n.Text: cannot read a %T", src)
}
