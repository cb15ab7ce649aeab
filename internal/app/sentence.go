package app

import (
	"errors"

	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/locales"
)

// Sentence words an error for the operator's terminal: a refusal by its message, any
// other as it is.
func Sentence(err error) string {
	f, refused := fault.Of(err)
	if !refused {
		return err.Error()
	}
	words, lerr := i18n.Load(locales.Files)
	if lerr != nil {
		return errors.Join(err, lerr).Error()
	}
	return words.Say("en", i18n.Key(f.Key), f.Args)
}
