package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
)

const registerPage = "/lt/admin/register"

// A letter of last week is entered with the day it came: the dates run from there,
// and are shown before.
func TestACaseIsRegistered(t *testing.T) {
	o := officerIn(t)
	form := o.fill(registerPage, "/register", "kind", "complaint", "channel", "post", "received_on", "2026-11-12",
		"title", "Nevalytas kiemas", "body", "Kiemas nevalytas savaitę.", "name", "Petras Petraitis", "address", "Liepų g. 1", "reply_by", "post")
	tried := o.post(registerPage+"/dates", form).wants(t, http.StatusOK, "2026 m. gruodžio 10 d.", "Terminai, jei registruosite taip")
	if !strings.Contains(tried.body, "Kiemas nevalytas savaitę.") {
		t.Error("what was typed is lost when the dates are shown")
	}
	form = fields(tried, "/register")
	g := o.post(registerPage, form).wants(t, http.StatusOK, "Užregistruota: KL-2026-0001", "Sekimo kodas")
	code := g.Find("b.code").Text()
	if len(code) < 16 || g.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("code %q, %v", code, g.Header)
	}
	c := o.stands("KL-2026-0001")
	if c.ReceivedOn.String() != "2026-11-12" || c.Channel != "post" || c.LawDue.String() != "2026-12-10" || c.Outside {
		t.Errorf("%+v", c)
	}
	// The same form again is the same case.
	if again := o.post(registerPage, form).wants(t, http.StatusOK, "KL-2026-0001"); again.Find("b.code").Text() != code {
		t.Error("a form sent twice has another code")
	}
	if g := o.get(cases + "/KL-2026-0002"); g.StatusCode != http.StatusNotFound {
		t.Errorf("there is a second case: %d", g.StatusCode)
	}
	o.page(cases+"/KL-2026-0001").wants(t, http.StatusOK, "Paštu", "Užregistruota", "Ona Onaitė")
}

// Refused: everything that is wrong at once, with all that was typed.
func TestARegistrationIsRefused(t *testing.T) {
	o := officerIn(t)
	form := o.fill(registerPage, "/register", "kind", "question", "received_on", "2027-01-01", "title", "", "body", "Klausimas apie duobę.", "email", "ne adresas", "department", "nosuch")
	g := o.post(registerPage, form).wants(t, http.StatusUnprocessableEntity)
	for _, field := range []string{"channel", "received_on", "title", "name", "email", "department"} {
		if g.Find(`.errors a[href="#`+field+`"]`).Length() != 1 {
			t.Errorf("%s is not said to be wrong: %s", field, g.Find(".errors").Text())
		}
	}
	if !strings.Contains(g.body, "Klausimas apie duobę.") || !strings.Contains(g.body, "ne adresas") {
		t.Error("what was typed is lost")
	}
	for _, day := range []string{"vakar", "2026-02-30", "2020-01-01"} {
		form.Set("received_on", day)
		if g := o.post(registerPage, form).wants(t, http.StatusUnprocessableEntity); g.Find(`.errors a[href="#received_on"]`).Length() != 1 {
			t.Errorf("%s is taken for a day of receipt", day)
		}
		o.post(registerPage+"/dates", form).wants(t, http.StatusUnprocessableEntity)
	}
	form.Set("nonce", strings.Repeat("A", 22))
	if g := o.post(registerPage, form); g.StatusCode < 400 || g.StatusCode >= 500 {
		t.Errorf("a ticket of nobody: %d", g.StatusCode)
	}
}

// An anonymous letter is registered without a person, files and all.
func TestAnAnonymousLetterIsRegistered(t *testing.T) {
	o := officerIn(t)
	form := o.fill(registerPage, "/register", "kind", "signal", "channel", "box", "received_on", "2026-11-19", "outside", "yes",
		"title", "Neveikia žibintas", "body", "Liepų g. 30.", "anonymous", "yes", "name", " ", "happened_on", "2026-11-19")
	// A name with it is a slip of one of the two, and what came on a day is not about a later one.
	for field, wrong := range map[string][2]string{
		"name": {"Lieka lauke", "pažymėtas kaip anoniminis"}, "email": {"jonas@example.lt", "pažymėtas kaip anoniminis"},
		"happened_on": {"2026-11-20", "negalėjo įvykti vėliau"},
	} {
		before := form.Get(field)
		form.Set(field, wrong[0])
		g := o.post(registerPage, form).wants(t, http.StatusUnprocessableEntity, wrong[1])
		if kept := g.Find("#"+field).AttrOr("value", ""); kept != wrong[0] {
			t.Errorf("%s came back as %q", field, kept)
		}
		form.Set(field, before)
	}
	g := o.upload(registerPage, form, "nuotrauka.pdf", onePDF).wants(t, http.StatusOK, "Sekimo kodas")
	number := strings.TrimPrefix(g.Find("h1").Text(), "Užregistruota: ")
	c := o.stands(number)
	if !c.Anonymous || !c.Outside || c.Kind != casework.Signal {
		t.Errorf("%+v", c)
	}
	o.page(cases+"/"+number).wants(t, http.StatusOK, "asmens duomenų nėra", "nuotrauka.pdf", "ne darbo laiku")
}

// What is to be mended is said to the officer who enters the case, and not to
// somebody who files their own: nobody is to answer „you“.
func TestARefusedRegistrationSpeaksToAnOfficer(t *testing.T) {
	for _, c := range []struct {
		town, page string
		want       []string
		never      []string
	}{
		{"klaipeda.localhost", "/lt/admin/register", []string{"Pasirinkite kreipimosi rūšį", "dėl ko kreiptasi", "ko prašo", "pareiškėjo vardą", "pareiškėjo el. pašto"}, []string{"jums", "kreipiatės", "norite"}},
		{"peshtera.localhost", "/bg/admin/register", []string{"вида на преписката", "темата с няколко думи", "съобщил подателят", "фамилията на подателя", "адрес на подателя"}, []string{"Ви отговорим", "искате", "подавате"}},
	} {
		o := officerIn(t)
		o.host, o.cookie = c.town, ""
		o.hire("vita@town.example", access.Officer)
		o.takes(o.signIn("vita@town.example", officePassword))
		form := o.fill(c.page, "/register", "kind", "", "title", "", "body", "", "name", "", "email", "", "reply_by", "email")
		said := o.post(c.page, form).wants(t, http.StatusUnprocessableEntity).Find(".errors").Text()
		form.Set("reply_by", "post")
		said += o.post(c.page, form).wants(t, http.StatusUnprocessableEntity).Find(".errors").Text()
		form.Del("reply_by")
		said += o.post(c.page, form).wants(t, http.StatusUnprocessableEntity).Find(".errors").Text()
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q:\n%s", c.page, want, said)
			}
		}
		for _, never := range c.never {
			if strings.Contains(said, never) {
				t.Errorf("%s says %q to an officer:\n%s", c.page, never, said)
			}
		}
	}
}
