package browser

import (
	"regexp"
	"strings"
	"testing"
)

var accounts = regexp.MustCompile(`said to be bg: (Профил: )?(Portal (Operator|Coordinator)|Demonstration account)`)

// looks holds the pages of one reader, in one language, to what every page must
// hold. axe looks at them where themes is set: every template once per theme in
// one language is enough, but words are longer in one language than in another.
type looks struct {
	*tab
	s      *service
	slug   string
	lang   string
	themes bool
	pages  int
}

func (s *service) looking(b *tab, slug, lang string, themes bool) *looks {
	return &looks{tab: b, s: s, slug: slug, lang: lang, themes: themes}
}

// look at the page that stands in the tab.
func (l *looks) look(what string) {
	l.t.Helper()
	l.pages++
	l.screen(320, 640)
	for _, f := range l.inspect(l.lang) {
		// Names and departments of accounts keep their letters in any language.
		if f.Check == "lang" && accounts.MatchString(f.Text) {
			continue
		}
		l.t.Errorf("%s in %s: %s: %s", what, l.lang, f.Check, f.Text)
	}
	l.screen(1280, 900)
	if !l.themes {
		return
	}
	for _, theme := range []string{"dark", "light"} {
		l.theme(theme)
		for _, f := range l.axe() {
			l.t.Errorf("%s in %s: %s: %s", what, theme, f.Check, strings.Join(strings.Fields(f.Text), " "))
		}
	}
}

// at opens an address, without its language, and looks.
func (l *looks) at(paths ...string) {
	l.t.Helper()
	for _, path := range paths {
		l.visit(l.s.address(l.slug, "/"+l.lang+path))
		l.look(path)
	}
}

// told adds what was looked at to the count.
func (l *looks) told(check string) {
	l.t.Helper()
	counted(l.t, check+": 320 px", l.pages, 1, l.lang)
	if l.themes {
		counted(l.t, check+": axe", l.pages, 2, l.lang)
	}
}

// deskParts are the parts of an address that differ from page to page of one
// template.
var deskParts = regexp.MustCompile(`/[^/]*[0-9][^/]*|/(terms|edit|results)/[^/]+`)

// template tells pages apart by what draws them: an address without numbers, and
// the questions without their answers.
func template(path string) string {
	path, query, _ := strings.Cut(path, "?")
	path = deskParts.ReplaceAllStringFunc(path, func(part string) string { return part[:strings.LastIndex(part, "/")] + "/*" })
	for _, q := range strings.Split(query, "&") {
		key, _, _ := strings.Cut(q, "=")
		path += "?" + key
	}
	return path
}

// mostAlike is how many pages of one template are looked at; cases differ by what
// has happened in them.
func mostAlike(template string) int {
	if strings.HasSuffix(template, "/admin/cases/*?") {
		return 4
	}
	return 1
}

// everyLink follows the links of the desk from its first page and looks at each
// template that it meets; seen is shared by those who may see different pages.
func (l *looks) everyLink(seen map[string]int) {
	l.t.Helper()
	const links = `[...document.querySelectorAll("a[href]")].filter(a => a.origin === location.origin && !a.hasAttribute("download"))
		.map(a => a.pathname + a.search)`
	queue := eval[[]string](l.tab, links)
	done := map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		name := template(path)
		skip := !strings.HasPrefix(path, "/"+l.lang+"/admin") || strings.Contains(path, "/files/") || strings.Contains(path, "format=")
		if skip || done[path] || seen[name] >= mostAlike(name) {
			continue
		}
		done[path] = true
		seen[name]++
		if status := l.visit(l.s.address(l.slug, path)); status != 200 {
			l.t.Errorf("%s answers %d", path, status)
			continue
		}
		l.look(path)
		queue = append(queue, eval[[]string](l.tab, links)...)
	}
}

// reader is where somebody looks, and in which language.
type reader struct {
	slug, lang string
	themes     bool
}

// deskPages looks at every page of the desk as those see it who work there.
func (s *service) deskPages(t *testing.T) {
	for _, c := range []struct {
		reader
		roles []string
		least int
	}{
		{reader{"klaipeda", "lt", true}, []string{"administrator", "officer", "auditor"}, 30},
		{reader{"klaipeda", "en", false}, []string{"administrator", "officer", "auditor"}, 30},
		{reader{"peshtera", "bg", false}, []string{"administrator", "officer", "auditor"}, 30},
		{reader{"", "en", true}, []string{"operator", "coordinator"}, 8},
		{reader{"", "lt", false}, []string{"operator", "coordinator"}, 8},
		{reader{"", "bg", false}, []string{"operator", "coordinator"}, 8},
	} {
		t.Run(siteName(c.slug)+" "+c.lang, func(t *testing.T) {
			t.Parallel()
			seen, pages := map[string]int{}, 0
			for _, role := range c.roles {
				l := s.looking(s.newDesk(t), c.slug, c.lang, c.themes)
				if pages == 0 {
					l.at("/admin/log-in", "/admin/forgotten", "/admin/reset?token=none", "/admin/nothing-here")
				}
				l.signIn(s, c.slug, c.lang, role)
				l.everyLink(seen)
				if seen["/"+c.lang+"/admin/account?"] == 0 {
					t.Errorf("%s finds no way to their account", role)
				}
				pages += l.pages
			}
			counted(t, "the desk: 320 px", pages, 1, c.lang)
			if c.themes {
				counted(t, "the desk: axe", pages, 2, c.lang)
			}
			if pages < c.least {
				t.Errorf("only %d pages were met: %v", pages, seen)
			}
		})
	}
}

// casePages looks at every state in which a citizen meets a case.
func (s *service) casePages(t *testing.T) {
	for _, c := range []reader{{"klaipeda", "lt", true}, {"klaipeda", "en", false}, {"peshtera", "bg", false}} {
		t.Run(c.slug+" "+c.lang, func(t *testing.T) {
			t.Parallel()
			told := stories()[c.slug]
			told.lang = c.lang
			l := s.looking(s.newTab(t), c.slug, c.lang, c.themes)
			officer := s.newDesk(t)
			officer.signIn(s, c.slug, languages(c.slug)[0], "officer")

			l.at("/results", "/commitments", "/submit", "/submit/praise", "/submit/complaint")
			l.follow(".send button")
			l.look("an empty form refused")
			l.visit(s.address(c.slug, "/"+c.lang+"/track"))
			l.follow("main form button")
			l.look("following with nothing typed")

			number, code := l.sends(s, c.slug, told)
			l.look("the receipt")
			l.opens(s, c.slug, c.lang, number, code)
			l.look("a case that waits")
			officer.has(s, c.slug, number)
			officer.acts("take")
			officer.acts("ask", "#question", told.body)
			l.opens(s, c.slug, c.lang, number, code)
			l.look("a question to the citizen")
			l.fill("#answer", told.body)
			l.follow(`form[action$="/track/answer"] button`)
			l.look("the question answered")
			officer.has(s, c.slug, number)
			officer.acts("extend", "#reasons", told.reasons, "#final", told.final)
			officer.answers(told)
			l.opens(s, c.slug, c.lang, number, code)
			l.look("a case extended and answered")

			number, code = l.sends(s, c.slug, told)
			officer.has(s, c.slug, number)
			officer.follow(`.acts a[href$="/decline"]`)
			officer.click(`input[name="ground"]`)
			officer.fill("#explained", told.reasons)
			officer.follow("form.form .actions button")
			l.opens(s, c.slug, c.lang, number, code)
			l.look("a case declined")
			l.told("a citizen's case")
		})
	}
}

// sends files a complaint without the way to it.
func (b *tab) sends(s *service, slug string, c told) (number, code string) {
	b.t.Helper()
	b.visit(s.address(slug, "/"+c.lang+"/submit/complaint"))
	return b.fills(c)
}

// has opens a case of the desk that somebody has signed in to.
func (b *tab) has(s *service, slug, number string) {
	b.t.Helper()
	b.visit(s.address(slug, "/"+languages(slug)[0]+"/admin/cases/"+number))
}

// portalPages looks at the comparison in some of its many states.
func (s *service) portalPages(t *testing.T) {
	for _, c := range []reader{{"", "en", true}, {"", "lt", false}, {"", "bg", false}} {
		t.Run(c.lang, func(t *testing.T) {
			t.Parallel()
			l := s.looking(s.newTab(t), "", c.lang, c.themes)
			l.at("/compare", "/compare?country=lt", "/compare?country=lt&indicator=first_answer&size=small&sort=worst&mark=rietavo", "/compare?country=all&indicator=satisfaction",
				"/compare?country=lt&size=metro", "/compare/on_time_law?country=lt", "/compare/first_answer?country=all", "/compare/received?period=2025",
				"/municipalities/neringos", "/municipalities/chavdar", "/municipalities/varena")
			l.told("the comparison")
		})
	}
}
