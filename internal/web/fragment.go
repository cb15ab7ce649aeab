package web

import "html/template"

// Fragment draws a part of a page by a partial of the request's face, escaped as
// the page itself is. It is for what many pages show unchanged: a face may keep it
// for as long as the revision stands that it was drawn under. Partials and words of
// one language only are in it.
func (r *Request) Fragment(name string, data any) (template.HTML, error) {
	drawn, err := r.templates.render(r.Lang, r.Langs, name, data)
	return trusted(string(drawn)), err
}
