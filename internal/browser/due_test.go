package browser

import (
	"net/http"
	"testing"
)

// computeADate fills the calculator in. The dates were counted by hand: from
// Friday 11 December, twenty working days over two weekends of holidays. In
// Bulgaria the 28th is off as well, because the 26th is a Saturday.
func (s *service) computeADate(t *testing.T) {
	for slug, c := range map[string]struct {
		lang, due, iso, holiday, skipped string
		months                           int
	}{
		"klaipeda": {"lt", "2027 m. sausio 13 d., trečiadienis", "2027-01-13", "2026-12-24", "Kūčios", 2},
		"peshtera": {"bg", "14 януари 2027", "2027-01-14", "2026-12-28", "Бъдни вечер", 2},
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			s.both(t, func(t *testing.T, b *tab) {
				b.visit(s.address(slug, "/"+c.lang+"/due"))
				b.fill("#received", "2026-12-11")
				b.fill("#number", "20")
				if status := b.follow(`form.calc__form button`); status != http.StatusOK {
					t.Fatalf("the calculator answers %d", status)
				}
				b.wants(".bigdate", c.due)
				b.wants(".ruler", c.skipped)
				if n := eval[int](b, `document.querySelectorAll("table.cal").length`); n != c.months {
					t.Errorf("%d months are drawn", n)
				}
				if day := eval[string](b, `document.querySelector("td.final time").dateTime`); day != c.iso {
					t.Errorf("the calendar ends on %s", day)
				}
				if class := eval[string](b, `document.querySelector("time[datetime='" + args[0] + "']").parentElement.className`, c.holiday); class != "hol" {
					t.Errorf("%s is drawn as %q", c.holiday, class)
				}
				if n := eval[int](b, `document.querySelectorAll("td.day").length`); n != 19 {
					t.Errorf("%d days are numbered before the last", n)
				}
				// The address can be shared, and the form keeps what was typed.
				if b.visit(s.address(slug, b.path())); eval[string](b, `document.querySelector("#received").value`) != "2026-12-11" {
					t.Error("the form has forgotten the day")
				}
			})
		})
	}
}

// computeTheTownsOwnDate follows a promise from the first page to how its date is
// reckoned today.
func (s *service) computeTheTownsOwnDate(t *testing.T) {
	s.both(t, func(t *testing.T, b *tab) {
		b.visit(s.address("klaipeda", "/lt/"))
		if status := b.follow(`a[href$="/commitments/answer-questions"]`); status != http.StatusOK {
			t.Fatalf("the promise answers %d", status)
		}
		if status := b.follow(`a[href$="/due?kind=question"]`); status != http.StatusOK {
			t.Fatalf("the calculator answers %d", status)
		}
		if day := eval[string](b, `document.querySelector("#received").value`); day != "2026-11-20" {
			t.Errorf("it begins on %q, not today", day)
		}
		// Less than three working days after a Friday: Monday is the first, Tuesday the
		// second and the last.
		b.wants(".answer .bigdate", "2026 m. lapkričio 24 d., antradien")
	})
}

// mistakesInTheCalculator shows what to mend: a summary first, whose links lead
// to the fields, and everything typed is kept.
func (s *service) mistakesInTheCalculator(t *testing.T) {
	for slug, c := range map[string]struct{ lang, title, summary, day, number string }{
		"klaipeda": {"lt", "Klaida:", "Pataisykite 2 laukus", "Tokios dienos kalendoriuje nėra", "Įrašykite sveikąjį skaičių"},
		"peshtera": {"bg", "Грешка:", "Поправете 2 полета", "Няма такъв ден в календара", "Въведете цяло число"},
	} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			s.both(t, func(t *testing.T, b *tab) {
				b.visit(s.address(slug, "/"+c.lang+"/due"))
				b.fill("#received", "31.02.2026")
				b.fill("#number", "two")
				if status := b.follow(`form.calc__form button`); status != http.StatusUnprocessableEntity {
					t.Errorf("a mistake answers %d", status)
				}
				if title := eval[string](b, `document.title`); title[:len(c.title)] != c.title {
					t.Errorf("the title is %q", title)
				}
				b.wants(".ds-error-summary", c.summary, c.day, c.number)
				b.wants("#received-e", c.day)
				b.wants("#number-e", c.number)
				for field, typed := range map[string]string{"received": "31.02.2026", "number": "two"} {
					if kept := eval[string](b, `document.getElementById(args[0]).value`, field); kept != typed {
						t.Errorf("%s keeps %q", field, kept)
					}
					if !eval[bool](b, `document.getElementById(args[0]).matches("[aria-invalid=true][aria-describedby~=" + args[0] + "-e]")`, field) {
						t.Errorf("%s is not tied to its message", field)
					}
					b.click(`.ds-error-summary a[href="#` + field + `"]`)
					if at := eval[string](b, `document.activeElement.id`); at != field {
						t.Errorf("the link to %s leads to %q", field, at)
					}
				}
			})
		})
	}
}
