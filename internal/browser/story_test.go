package browser

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// told is what people in one town write, and what the service must say to them.
type told struct {
	lang                             string
	title, body, name, email, street string
	due, dueOn                       string   // the first date, as told and on the page of kinds
	way                              []string // the days that lead to it, each with what it is
	reasons, final, moved            string   // the extension, as typed and as told
	answer, comment                  string
}

// stories are told on a Friday, the day that noon names. The dates were counted by
// hand. Klaipėda: twenty working days after 20 November, of which 23 to 27 are the
// first five; weeks of five without a holiday end on 4, 11 and 18 December. Пещера:
// one month, and 20 December is a Sunday, so the Monday after it.
func stories() map[string]told {
	return map[string]told{
		"klaipeda": {
			lang:  "lt",
			title: "Sulūžęs suoliukas Liepų gatvėje", body: "Prie 12 namo sulūžo suoliukas, vinys išlindusios.",
			name: "Ona Petraitienė", email: "ona@example.org", street: "Liepų g. 12-3, Klaipėda",
			due: "2026 m. gruodžio 18 d., penktadienį", dueOn: "gruodžio 18 d.", way: []string{
				"lapkričio 20 d., penktadienis Gavimo diena. Ji neskaičiuojama.",
				"lapkričio 23 d., pirmadienis Pirmoji skaičiuojama diena.",
				"gruodžio 18 d., penktadienis Sueina 20 darbo dienų. Termino pabaiga.",
			},
			reasons: "Laukiame rangovo išvados dėl suoliuko tvirtinimo.", final: "2027-01-05", moved: "2027 m. sausio 5 d., antradienis",
			answer: "Suoliukas pataisytas, vinys pašalintos.", comment: "Greitai ir mandagiai.",
		},
		"peshtera": {
			lang:  "bg",
			title: "Разбит тротоар на улица „Дойранска епопея“", body: "Пред номер 17 плочите са извадени и се спъват хора.",
			name: "Иван Костов", email: "ivan@example.org", street: "ул. „Дойранска епопея“ 17, Пещера",
			due: "21 декември 2026 г., понеделник", dueOn: "21 декември 2026", way: []string{
				"20 ноември, петък Ден на получаването. Не се брои.",
				"21 ноември, събота Първият ден, който се брои.",
				"20 декември, неделя Срокът би изтекъл тук, но денят е почивен.",
				"21 декември, понеделник Следващият работен ден. Срокът изтича в този ден.",
			},
			reasons: "Изчакваме становище от изпълнителя на ремонта.", final: "2026-12-30", moved: "30 декември 2026 г., сряда",
			answer: "Плочите са подменени на 10 декември.", comment: "Благодаря за бързия ремонт.",
		},
	}
}

// wholeStory follows a complaint from the charter that promises an answer to the
// stars that the citizen gives it, once with scripts and once without.
func (s *service) wholeStory(t *testing.T) {
	for slug, c := range stories() {
		for _, mode := range []string{"with scripts", "without scripts"} {
			t.Run(slug+" "+mode, func(t *testing.T) {
				t.Parallel()
				citizen, officer := s.newTab(t), s.newDesk(t)
				citizen.scripts(mode == "with scripts")
				officer.scripts(mode == "with scripts")
				number, code := citizen.files(s, slug, c)
				officer.extends(s, slug, number, c)
				citizen.readsTheReasons(s, slug, number, code, c)
				officer.answers(c)
				citizen.readsAndRates(s, slug, number, code, c)
			})
		}
	}
}

// files reads the charter, chooses a complaint, sees the date and sends it.
func (b *tab) files(s *service, slug string, c told) (number, code string) {
	b.t.Helper()
	b.visit(s.address(slug, "/"+c.lang+"/"))
	b.follow(`main a[href$="/charter"]`)
	b.follow(`a[href$="/` + c.lang + `/submit"]`)
	b.wants(`.kinds li:has(a[href$="/submit/complaint"])`, c.dueOn)
	b.follow(`.kinds a.ds-button[href$="/submit/complaint"]`)
	b.wants(".with-rail", c.due)
	number, code = b.fills(c)
	b.promised(c)
	return number, code
}

// promised fails unless the receipt tells the one date of the story, and the days
// that lead to it in their order and no others.
func (b *tab) promised(c told) {
	b.t.Helper()
	said := eval[[]string](b, `[...document.querySelectorAll(".bigdate")].map(e => e.innerText.replace(/\s+/g, " ").trim())`)
	if !slices.Equal(said, []string{c.due}) {
		b.t.Errorf("the receipt promises %q, not %q", said, c.due)
	}
	days := eval[[]string](b, `[...document.querySelectorAll("main .ruler > li")].map(e => e.innerText.replace(/\s+/g, " ").trim())`)
	if len(days) != len(c.way) {
		b.t.Errorf("the way to it is %q", days)
		return
	}
	for i, day := range days {
		if !strings.HasPrefix(day, c.way[i]) {
			b.t.Errorf("step %d is %q, not %q", i+1, day, c.way[i])
		}
	}
}

// fills the form of a complaint in and sends it.
func (b *tab) fills(c told) (number, code string) {
	b.t.Helper()
	b.fill("#title", c.title)
	b.fill("#body", c.body)
	b.fill("#name", c.name)
	b.fill("#email", c.email)
	b.fill("#address", c.street)
	if status := b.follow(".send button"); status != http.StatusOK {
		b.t.Fatalf("filing answers %d: %s", status, b.text("#errors"))
	}
	return b.slip()
}

// slip is what the receipt says.
func (b *tab) slip() (number, code string) {
	b.t.Helper()
	said := eval[[]string](b, `[...document.querySelectorAll("dl.receipt dd")].map(e => e.innerText.trim())`)
	if len(said) != 2 {
		b.t.Fatalf("the receipt says %v", said)
	}
	return said[0], said[1]
}

// finds opens a case from the list of the desk.
func (b *tab) finds(s *service, slug, lang, number string) {
	b.t.Helper()
	b.signIn(s, slug, lang, "officer")
	if status := b.follow(`a.subj[href*="` + url.PathEscape(number) + `"]`); status != http.StatusOK {
		b.t.Fatalf("the case answers %d", status)
	}
}

// acts opens one of the actions of the case, fills it in and sends it.
func (b *tab) acts(act string, typed ...string) {
	b.t.Helper()
	b.follow(`.acts a[href$="/` + act + `"]`)
	for i := 0; i < len(typed); i += 2 {
		b.fill(typed[i], typed[i+1])
	}
	if status := b.follow("form.form .actions button"); status != http.StatusOK || b.text("#errors") != "" {
		b.t.Fatalf("%s answers %d: %s", act, status, b.text("main"))
	}
}

func (b *tab) extends(s *service, slug, number string, c told) {
	b.t.Helper()
	b.finds(s, slug, c.lang, number)
	b.wants("h1", c.title)
	b.wants(".panel .bigdate", c.dueOn)
	b.acts("take")
	b.acts("extend", "#reasons", c.reasons, "#final", c.final)
	// The desk names no weekday.
	day, _, _ := strings.Cut(c.moved, ",")
	b.wants(".panel .bigdate", day)
}

func (b *tab) answers(c told) {
	b.t.Helper()
	b.fill("#answer", c.answer)
	if status := b.follow("form.composer button"); status != http.StatusOK {
		b.t.Fatalf("the answer answers %d: %s", status, b.text("main"))
	}
	b.wants(".timeline", c.answer)
}

// opens shows the case by what stands on the receipt.
func (b *tab) opens(s *service, slug, lang, number, code string) {
	b.t.Helper()
	b.visit(s.address(slug, "/"+lang+"/"))
	b.follow(`a[href$="/` + lang + `/track"]`)
	b.fill("#number", number)
	// People copy a code in small letters and without its dashes.
	b.fill("#code", strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	if status := b.follow("main form button"); status != http.StatusOK {
		b.t.Fatalf("the code opens nothing: %d, %s", status, b.text("main"))
	}
	b.wants(".kicker", number)
}

func (b *tab) readsTheReasons(s *service, slug, number, code string, c told) {
	b.t.Helper()
	b.opens(s, slug, c.lang, number, code)
	b.wants(".bigdate", c.moved)
	if said := eval[string](b, `document.querySelector(".timeline").textContent`); !strings.Contains(said, c.reasons) {
		b.t.Errorf("the story does not give the reasons: %s", said)
	}
}

func (b *tab) readsAndRates(s *service, slug, number, code string, c told) {
	b.t.Helper()
	b.opens(s, slug, c.lang, number, code)
	b.wants("blockquote.letter", c.answer)
	b.click(`input[name="score"][value="5"]`)
	b.fill("#comment", c.comment)
	if status := b.follow(`form[action$="/track/rate"] button`); status != http.StatusOK {
		b.t.Fatalf("rating answers %d: %s", status, b.text("main"))
	}
	if b.text(`main [role="status"]`) == "" {
		b.t.Error("nobody thanks for the rating")
	}
	if n := eval[int](b, `document.querySelectorAll("input[name=score]").length`); n != 0 {
		b.t.Error("it can be rated again")
	}
}
