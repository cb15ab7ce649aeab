package web

import (
	"net/http"

	"charterhouse/internal/address"
)

// The house's files among the assets.
const (
	styleSheet = "site.css"
	script     = "site.js"
)

// complete fills the part of a frame that the kit knows.
func (s *Server) complete(f *Frame, menu []MenuItem, r *Request) {
	f.Lang, f.Path, f.Town = r.Lang, r.path, r.Town
	f.Name = r.Say(KeyPortalName, nil)
	if !r.Portal() {
		f.Name = r.Text(r.Town.Name)
	}
	f.FullTitle = f.Name
	if f.Title != "" && f.Title != f.Name {
		f.FullTitle = f.Title + " – " + f.Name
	}
	if f.Invalid {
		f.FullTitle = r.Say(KeyErrorPrefix, nil) + " " + f.FullTitle
	}
	f.Home = r.URL("/")
	f.Canonical = r.Absolute(r.InLang(r.Lang))
	f.Languages = f.Languages[:0]
	for _, lang := range r.Langs {
		path := r.InLang(lang)
		// What the reader asked for stays asked in the other language; the address
		// for search engines is the page's own.
		here := path
		if len(r.Query) > 0 {
			here += "?" + r.Query.Encode()
		}
		f.Languages = append(f.Languages, Language{
			Code: lang, Name: s.opt.Catalog.Say(lang, languageKey(lang), nil), URL: here, Address: r.Absolute(path), Current: lang == r.Lang,
		})
	}
	f.Nav = f.Nav[:0]
	for _, item := range menu {
		f.Nav = append(f.Nav, NavItem{
			Label: r.Say(item.Key, nil), URL: r.URL(item.Path), Current: item.Path == f.Menu, Push: item.Push,
		})
	}
	f.Stylesheet, f.Script, f.Theme = s.opt.Assets.Path(styleSheet), s.opt.Assets.Path(script), r.host.theme
	f.Fonts = s.opt.Assets.Fonts(r.Lang)
	f.Sample, f.User = f.Sample || r.Town.Sample, r.Principal.Name
}

// errorRequest is a request without a transaction, for pages about failures. Who
// is signed in is known where the face is for those.
func (s *Server) errorRequest(v *visit, r *http.Request, t *templates) *Request {
	token := v.site.tokenOf(r)
	path := r.URL.Path
	if lang, rest := address.Split(path); lang == v.lang && rest != "" && len(path) <= maxPath {
		// The page repeats its address once for each language: not that of a megabyte.
		path = rest
	} else {
		path = "/"
	}
	return &Request{
		Town: v.site.town, Towns: v.snap.towns, Lang: v.lang, Langs: v.site.langs, ID: v.id,
		origin: v.site.origin, path: path, host: v.site, words: s.opt.Catalog,
		server: s, templates: t, route: &Route{known: token != "" && s.opt.Gate != nil && t.face.LogIn != ""}, token: token,
	}
}

// remember keeps what the face has filled into a frame, for the hour in which the
// database is away and a reader must be told how else the town is reached.
func (s *Server) remember(of *site, f *Frame) {
	s.frames.Store(of.town.ID, Frame{Contact: f.Contact, Emblem: f.Emblem, Horizon: f.Horizon, Icon: f.Icon, Note: f.Note})
}

// recall fills a frame from memory, where there is any.
func (s *Server) recall(of *site, f *Frame) {
	if last, ok := s.frames.Load(of.town.ID); ok {
		l := last.(Frame)
		f.Contact, f.Emblem, f.Horizon, f.Icon, f.Note = l.Contact, l.Emblem, l.Horizon, l.Icon, l.Note
	}
}
