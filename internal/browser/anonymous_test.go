package browser

import (
	"net/http"
	"strings"
	"testing"
)

// withoutAName tries what three towns' rules say of a case without a name, once
// with scripts and once without.
func (s *service) withoutAName(t *testing.T) {
	for name, story := range map[string]func(*testing.T, *tab, *tab){
		"forbidden":  s.forbidden,
		"for danger": s.forDanger,
		"allowed":    s.allowed,
	} {
		for _, mode := range []string{"with scripts", "without scripts"} {
			t.Run(name+" "+mode, func(t *testing.T) {
				t.Parallel()
				citizen, officer := s.newTab(t), s.newDesk(t)
				citizen.scripts(mode == "with scripts")
				officer.scripts(mode == "with scripts")
				story(t, citizen, officer)
			})
		}
	}
}

// tells fills a signal in as far as a person goes who says no name.
func (b *tab) tells(s *service, slug, title, body string) {
	b.t.Helper()
	b.visit(s.address(slug, "/bg/submit"))
	b.follow(`.kinds a.ds-button[href$="/submit/signal"]`)
	b.fill("#title", title)
	b.fill("#body", body)
}

// forbidden: Пещера examines no case without a name, says by which article, and
// loses nothing of what was typed.
func (s *service) forbidden(t *testing.T, b, _ *tab) {
	const title, body = "Шум от заведение", "Всяка нощ до късно свири музика."
	b.tells(s, "peshtera", title, body)
	if status := b.follow(".send button"); status != http.StatusUnprocessableEntity {
		t.Errorf("it answers %d", status)
	}
	b.wants("#errors", "име")
	if !eval[bool](b, `document.querySelector("main form > div > details.ds-details").open`) {
		t.Error("the town's rule is folded away")
	}
	b.wants("main form > div > details.ds-details", "Анонимни жалби и сигнали не се разглеждат", "Харта на клиента на община Пещера, „Важно е да се знае“")
	for field, typed := range map[string]string{"#title": title, "#body": body} {
		if kept := eval[string](b, `document.querySelector(args[0]).value`, field); kept != typed {
			t.Errorf("%s keeps %q", field, kept)
		}
	}
}

// forDanger: Пещера takes it when health is at stake, and an officer confirms.
func (s *service) forDanger(t *testing.T, b, officer *tab) {
	b.tells(s, "peshtera", "Отворена шахта", "Пред детската градина липсва капак на шахта.")
	b.unfold("main form > div > details.ds-details")
	b.fill("#danger", "Дете може да падне в шахтата.")
	if status := b.follow(".send button"); status != http.StatusOK {
		t.Fatalf("it answers %d: %s", status, b.text("#errors"))
	}
	number, code := b.slip()
	b.promisesNoDate()
	claimed := b.text("main .note")
	if claimed == "" {
		t.Error("nobody says that the danger will be examined")
	}
	officer.finds(s, "peshtera", "bg", number)
	officer.wants("main", "Дете може да падне в шахтата.")
	officer.acts("confirm-danger")
	if officer.text(`.acts a[href$="/confirm-danger"]`) != "" {
		t.Error("it can be confirmed again")
	}
	b.opens(s, "peshtera", "bg", number, code)
	if strings.Contains(b.text("main header"), claimed) {
		t.Error("the citizen's page still waits for a confirmation")
	}
}

// promisesNoDate: the term of a signal in Bulgaria is the law's, which nobody has
// verified, and neither town has one of its own: no day is shown.
func (b *tab) promisesNoDate() {
	b.t.Helper()
	if said := b.text("main .bigdate") + b.text("main .ruler"); said != "" {
		b.t.Errorf("a date is promised: %s", said)
	}
	b.wants(`section[aria-labelledby="when"]`, "Още го проверяваме, затова не показваме дата.")
}

// allowed: Чупрене takes a signal without a name and says no more than the day.
func (s *service) allowed(t *testing.T, b, officer *tab) {
	b.tells(s, "chuprene", "Паднало дърво", "На пътя за Долни Лом е паднало дърво.")
	b.unfold("main form > div > details.ds-details")
	b.click("#anonymous")
	if status := b.follow(".send button"); status != http.StatusOK {
		t.Fatalf("it answers %d: %s", status, b.text("#errors"))
	}
	number, code := b.slip()
	b.promisesNoDate()
	b.opens(s, "chuprene", "bg", number, code)
	b.wants("main", "Паднало дърво")
	officer.finds(s, "chuprene", "bg", number)
	if officer.text("#who a") != "" {
		t.Errorf("the desk offers a person: %s", officer.text("#who"))
	}
}
