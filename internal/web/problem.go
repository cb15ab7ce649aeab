package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"charterhouse/internal/i18n"
)

// problem is RFC 9457: the refusal for a program that asked.
type problem struct {
	Title   string         `json:"title"`
	Status  int            `json:"status"`
	Detail  string         `json:"detail,omitempty"`
	Request string         `json:"request"`
	Errors  []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// wantsProblem tells whether a program asks: below /api, or by its Accept header.
func wantsProblem(r *http.Request) bool {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		return true
	}
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/problem+json") ||
		strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

func (s *Server) problem(v *visit, _ *http.Request, ex explanation) *answer {
	say := func(key i18n.Key, args i18n.Args) string { return s.opt.Catalog.Say(v.lang, key, args) }
	p := problem{Title: say(ex.title, nil), Status: ex.status, Request: v.id}
	if ex.text != "" {
		p.Detail = say(ex.text, ex.args)
	}
	for _, f := range ex.fields {
		p.Errors = append(p.Errors, problemField{f.Name, say(i18n.Key(f.Key), f.Args)})
	}
	// A struct of strings and a number marshals.
	body, _ := json.Marshal(p)
	return s.press.answer(ex.status, "application/problem+json", body, noStore)
}
