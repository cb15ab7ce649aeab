package app

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"strings"
	"testing"
)

// TestARefusedFormKeepsWhatWasTyped sends forms with something wrong: 422, the
// summary first, the message at its field, everything typed still there, and the
// date beside it.
func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	s := openStreet(t)
	for name, c := range map[string]struct {
		change map[string]string
		field  string
		says   string
	}{
		"no title":        {map[string]string{"title": ""}, "title", "Trumpai parašykite"},
		"no text":         {map[string]string{"body": ""}, "body", "Parašykite, kas įvyko"},
		"no name":         {map[string]string{"name": ""}, "name", "Įrašykite vardą ir pavardę"},
		"no email":        {map[string]string{"email": ""}, "email", "Įrašykite el. pašto adresą"},
		"email without @": {map[string]string{"email": "ona.example.org"}, "email", "trūksta ženklo @"},
		"post, nowhere":   {map[string]string{"reply_by": "post"}, "address", "pašto adresą"},
		"no way":          {map[string]string{"reply_by": "pigeon"}, "reply_by", "Pasirinkite, kaip jums atsakyti"},
		"date in words":   {map[string]string{"happened_on": "lapkričio 16"}, "happened_on", "skaičiais"},
		"no such day":     {map[string]string{"happened_on": "2026-02-30"}, "happened_on", "Tokios dienos"},
		"tomorrow":        {map[string]string{"happened_on": "2026-11-21"}, "happened_on", "dar neatėjo"},
		"too long":        {map[string]string{"title": strings.Repeat("ą", 201)}, "title", "iki 200"},
		"foreign reply":   {map[string]string{"lang": "bg"}, "lang", "kalbą"},
	} {
		t.Run(name, func(t *testing.T) {
			form := s.filled("klaipeda", "complaint")
			form.Set("happened_on", "2026-11-16")
			for field, value := range c.change {
				form.Set(field, value)
			}
			got := s.send("klaipeda", "complaint", form)
			if got.status != 422 || !strings.HasPrefix(got.doc.Find("title").Text(), "Klaida: ") {
				t.Fatalf("%d, title %q", got.status, got.doc.Find("title").Text())
			}
			summary := got.doc.Find("#content .errors").First()
			if !strings.Contains(words(summary), "Kreipimasis dar neišsiųstas: pataisykite 1 lauką") || summary.Find(`a[href="#`+c.field+`"]`).Length() != 1 {
				t.Errorf("summary: %s", words(summary))
			}
			if at := words(got.doc.Find("#" + c.field + "-e")); !strings.Contains(at, c.says) {
				t.Errorf("at the field: %q", at)
			}
			for field, value := range form {
				if kept := typed(got, field); kept != value[0] && field != "reply_by" && field != "lang" {
					t.Errorf("%s: typed %q, kept %q", field, value[0], kept)
				}
			}
			if !strings.Contains(words(got.doc.Find("aside.rail")), "gruodžio 18 d.") {
				t.Error("the date is gone")
			}
		})
	}
}

// typed is what stands in a field of a page.
func typed(page shown, field string) string {
	at := page.doc.Find(`form.form [name="` + field + `"]`).First()
	if at.Is("textarea") {
		return strings.TrimPrefix(at.Text(), "\n")
	}
	value, _ := at.Attr("value")
	return value
}

// TestAllFaultsAreToldAtOnce, in the order of the page.
func TestAllFaultsAreToldAtOnce(t *testing.T) {
	s := openStreet(t)
	form := s.filled("peshtera", "complaint")
	for _, field := range []string{"title", "body", "name", "email"} {
		form.Set(field, "")
	}
	form.Set("happened_on", "16.нов")
	got := s.send("peshtera", "complaint", form)
	var order []string
	for _, a := range got.doc.Find(".errors a").EachIter() {
		href, _ := a.Attr("href")
		order = append(order, href)
	}
	if got.status != 422 || strings.Join(order, " ") != "#title #body #happened_on #email #name" {
		t.Errorf("%d: %v", got.status, order)
	}
	if h := words(got.doc.Find(".errors h2")); h != "Написаното още не е изпратено: поправете 5 полета" {
		t.Errorf("summary %q", h)
	}
}

// TestEachTownsRuleForAnonymousCases: refused with the ground where the country
// says so, taken in Чупрене, taken in Пещера for a danger alone.
func TestEachTownsRuleForAnonymousCases(t *testing.T) {
	s := openStreet(t)
	for _, slug := range []string{"klaipeda", "varena"} {
		form := anonymous(s.filled(slug, "signal"))
		got := s.send(slug, "signal", form)
		if got.status != 422 || !strings.Contains(words(got.doc.Find("#name-e")), "Anoniminiai kreipimaisi nenagrinėjami") || got.doc.Find("#anonymous").Length() != 0 {
			t.Errorf("%s: %d %s", slug, got.status, words(got.doc.Find(".errors")))
		}
		if typed(got, "body") != form.Get("body") {
			t.Errorf("%s: the text is gone", slug)
		}
		if got := s.send(slug, "praise", anonymous(s.filled(slug, "praise"))); got.status != 200 {
			t.Errorf("%s: praise without a name: %d", slug, got.status)
		}
	}
	w := slipOf("chuprene", s.send("chuprene", "signal", anonymous(s.filled("chuprene", "signal"))))
	if at, _ := s.opened(w).doc.Find(".timeline time").Last().Attr("datetime"); at != "2026-11-20" {
		t.Errorf("an hour is told of an anonymous case: %s", at)
	}
	form := anonymous(s.filled("peshtera", "signal"))
	got := s.send("peshtera", "signal", form)
	if got.status != 422 || !strings.Contains(words(got.doc.Find("#danger-e")), "застрашава здравето и сигурността") || got.doc.Find(`[name=anonymous][checked]`).Length() != 1 {
		t.Errorf("no danger was stated: %d %s", got.status, words(got.doc.Find(".errors")))
	}
	form.Set("danger", "Оголен кабел до детската площадка")
	got = s.send("peshtera", "signal", form)
	w = slipOf("peshtera", got)
	if !strings.Contains(words(got.doc.Find(".note")), "Първо служител ще провери") {
		t.Error("the receipt does not say that the danger is confirmed first")
	}
	if page := s.opened(w); !strings.Contains(words(page.doc.Find(".note")), "Служител проверява") {
		t.Error("nor does the page of the case")
	}
	// A name and no name at once is neither.
	form = anonymous(s.filled("chuprene", "signal"))
	form.Set("name", "Иван")
	if got := s.send("chuprene", "signal", form); got.status != 422 || typed(got, "name") != "Иван" {
		t.Errorf("anonymous with a name: %d", got.status)
	}
	// Left empty by who wants a letter is forgotten, and not meant.
	form = s.filled("chuprene", "signal")
	form.Set("name", "")
	form.Set("email", "")
	if got := s.send("chuprene", "signal", form); got.status != 422 {
		t.Errorf("a forgotten name: %d", got.status)
	}
	// What threatens is not lost where somebody signs.
	form = s.filled("peshtera", "signal")
	form.Set("danger", "Оголен кабел")
	page := s.opened(slipOf("peshtera", s.send("peshtera", "signal", form)))
	if !strings.Contains(page.body, "Оголен кабел") {
		t.Error("the danger that a named submitter stated is gone")
	}
}

func pdf(text string) []byte { return []byte("%PDF-1.4\n" + text + "\n%%EOF\n") }

func picture(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWhatIsNoAttachmentIsRefused is F3 for this form: refused with what to do, the
// text and the good files kept; sent again, the case has the good ones alone.
func TestWhatIsNoAttachmentIsRefused(t *testing.T) {
	s := openStreet(t)
	const path = "/lt/submit/complaint"
	form := s.filled("klaipeda", "complaint")
	for name, bad := range map[string]attached{
		"SVG":            {"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)},
		"HTML":           {"a.pdf", []byte("<html><script>alert(1)</script></html>")},
		"program":        {"a.jpg", []byte("MZ\x90\x00\x03")},
		"archive":        {"a.docx", zipped(t, map[string]string{"a.txt": "a"})},
		"two things":     {"a.pdf", append([]byte("GIF89a"), pdf("x")...)},
		"empty":          {"a.pdf", nil},
		"path and RTL":   {"../../\u202efdp.exe", []byte("MZ\x90")},
		"broken picture": {"a.png", picture(t)[:40]},
		"too large":      {"big.pdf", append(pdf(strings.Repeat("x", 25<<20)), '\n')},
	} {
		got := s.upload("klaipeda", path, form, attached{"good.pdf", pdf("good")}, bad)
		if got.status == 422 && got.doc.Find("#files-e").Length() == 1 && typed(got, "body") == form.Get("body") &&
			strings.Contains(words(got.doc.Find(".waiting")), "good.pdf") && got.doc.Find(".waiting li").Length() == 1 {
			continue
		}
		if name == "empty" && got.status == 200 {
			continue // a browser sends an empty part where nothing was chosen
		}
		t.Errorf("%s: %d %s", name, got.status, words(got.doc.Find("main")))
	}
	many := make([]attached, 11)
	for i := range many {
		many[i] = attached{string(rune('a'+i)) + ".pdf", pdf(string(rune('a' + i)))}
	}
	form = s.filled("klaipeda", "complaint")
	got := s.upload("klaipeda", path, form, many...)
	if got.status != 422 || !strings.Contains(words(got.doc.Find("#files-e")), "iki 10 failų") || got.doc.Find(".waiting li").Length() != 10 {
		t.Errorf("eleven files: %d %s", got.status, words(got.doc.Find(".errors")))
	}
	drop, _ := got.doc.Find(`.waiting input[name=drop]`).First().Attr("value")
	form.Set("drop", drop)
	w := slipOf("klaipeda", s.upload("klaipeda", path, form))
	if n := s.opened(w).doc.Find(`.timeline button[name=file]`).Length(); n != 9 {
		t.Errorf("the case has %d files, want the 9 that were left", n)
	}
}

// TestAnOldFormIsGivenOutAnew: a day later the text and the files are still there,
// and sending once more files the case.
func TestAnOldFormIsGivenOutAnew(t *testing.T) {
	s := openStreet(t)
	form := s.filled("klaipeda", "question")
	next := s.later("2026-11-21T12:00:00Z")
	got := next.upload("klaipeda", "/lt/submit/question", form, attached{"plan.pdf", pdf("plan")})
	nonce := typed(got, "nonce")
	if got.status != 410 || typed(got, "body") != form.Get("body") || nonce == form.Get("nonce") || !strings.Contains(words(got.doc.Find(".waiting")), "plan.pdf") {
		t.Fatalf("%d, nonce %s\n%s", got.status, nonce, words(got.doc.Find("main")))
	}
	form.Set("nonce", nonce)
	w := slipOf("klaipeda", next.send("klaipeda", "question", form))
	if n := next.opened(w).doc.Find(`.timeline button[name=file]`).Length(); n != 1 {
		t.Errorf("the case has %d files", n)
	}
	// A form of another town, or of nobody, opens anew too.
	for _, nonce := range []string{s.filled("varena", "question").Get("nonce"), strings.Repeat("A", 43), ""} {
		form := s.filled("klaipeda", "question")
		if form.Set("nonce", nonce); nonce == "" {
			form.Del("nonce")
		}
		if got := s.send("klaipeda", "question", form); got.status != 400 || typed(got, "body") != form.Get("body") {
			t.Errorf("nonce %q: %d", nonce, got.status)
		} else if form.Set("nonce", typed(got, "nonce")); s.send("klaipeda", "question", form).status != 200 {
			t.Errorf("nonce %q: sent again it is refused", nonce)
		}
	}
}

// TestWhoFilesTooMuchIsToldAnotherWay: the twenty-first form within a moment.
func TestWhoFilesTooMuchIsToldAnotherWay(t *testing.T) {
	s := openStreet(t)
	var got shown
	var form url.Values
	for range 21 {
		form = s.filled("klaipeda", "praise")
		if got = s.send("klaipeda", "praise", form); got.status != 200 {
			break
		}
	}
	if got.status != 429 || got.header.Get("Retry-After") == "" || typed(got, "body") != form.Get("body") {
		t.Fatalf("%d %v", got.status, got.header)
	}
	if text := words(got.doc.Find("main")); !strings.Contains(text, "(8 46) 39 60 66") || !strings.Contains(text, "info@klaipeda.lt") {
		t.Error("no other way to the town is told")
	}
}
