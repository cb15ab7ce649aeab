package i18n

import (
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// readMessages reads one file of locales/. go-i18n's own reader takes words such
// as "zero", "few" or "description" anywhere in a key for a part of the message,
// so the keys are put together here: a table is one message when all it has are
// plural forms, and a step of the key otherwise.
func readMessages(raw []byte) ([]*goi18n.Message, error) {
	var tree map[string]any
	if err := toml.Unmarshal(raw, &tree); err != nil {
		return nil, err
	}
	var all []*goi18n.Message
	seen := map[string]bool{}
	err := gather("", tree, func(m *goi18n.Message) error {
		if seen[m.ID] {
			return fmt.Errorf("%s stands twice", m.ID)
		}
		seen[m.ID] = true
		all = append(all, m)
		return nil
	})
	return all, err
}

func gather(at string, tree map[string]any, add func(*goi18n.Message) error) error {
	for _, step := range slices.Sorted(maps.Keys(tree)) {
		key := step
		if at != "" {
			key = at + "." + step
		}
		var err error
		switch v := tree[step].(type) {
		case string:
			err = add(&goi18n.Message{ID: key, Other: v})
		case map[string]any:
			if m, ok := pluralMessage(key, v); ok {
				err = add(m)
			} else {
				err = gather(key, v, add)
			}
		default:
			err = fmt.Errorf("%s is a %T and no text", key, v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pluralMessage reads a table of plural forms; "other" is in every language.
func pluralMessage(key string, forms map[string]any) (*goi18n.Message, bool) {
	m := &goi18n.Message{ID: key}
	into := map[string]*string{
		"zero": &m.Zero, "one": &m.One, "two": &m.Two, "few": &m.Few, "many": &m.Many, "other": &m.Other,
	}
	for form, text := range forms {
		s, isText := text.(string)
		if into[form] == nil || !isText {
			return nil, false
		}
		*into[form] = s
	}
	return m, m.Other != ""
}
