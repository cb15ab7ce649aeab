package web

import (
	"charterhouse/internal/i18n"
	"charterhouse/internal/web/assets"
)

// Preview shows one template of a face with a page struct as it is, outside any
// request. The tests of a face hold every template to its struct with it: a
// field that is not there, a function of another type, a partial that is missing
// are errors.
func Preview(face Face, words *i18n.Catalog, files *assets.Set, lang, template string, page Framed) ([]byte, error) {
	t, err := loadTemplates(face, wording{catalog: words, assets: files}, false)
	if err != nil {
		return nil, err
	}
	return t.render(lang, []string{lang}, template, page)
}
