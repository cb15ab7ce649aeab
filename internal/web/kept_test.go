package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
)

const longWriting = "A reply that took an officer an hour, with „quotes“, <b>signs</b> & two\nlines."

// TestAWrittenTextOutlivesItsSession: whose session ends while they write gets the
// text back, and sends it again after signing in, with the files chosen once more.
// Who signed in meanwhile does not send it in their own name.
func TestAWrittenTextOutlivesItsSession(t *testing.T) {
	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	d.hire(t, "alpha", "jonas@alpha.lt", access.Officer)
	ona, jonas := d.session(t, "alpha.localhost", "ona@alpha.lt"), d.session(t, "alpha.localhost", "jonas@alpha.lt")
	form := hidden(t, d.body(t, "alpha.localhost", "/lt/desk/cases/7", "application/x-www-form-urlencoded", strings.NewReader("said="), "Cookie", ona).body)
	if form.Get("as") == "" {
		t.Fatalf("the form does not know for whom it is: %v", form)
	}
	form.Set("said", longWriting)
	gone := "sid=" + strings.Repeat("A", 43)

	// The text alone.
	kept := d.post(t, "alpha.localhost", "/lt/desk/cases/7", form, "Cookie", gone)
	back := hidden(t, kept.body)
	if kept.StatusCode != http.StatusForbidden || back.Get("said") != longWriting || back.Get("nonce") != form.Get("nonce") {
		t.Errorf("%d, back comes %q", kept.StatusCode, back)
	}
	if strings.Contains(kept.body, `type="file"`) {
		t.Error("asks for files that never came")
	}

	// With a file, which nobody who is not signed in may leave here.
	fields := []string{"nonce", form.Get("nonce"), "as", form.Get("as"), "said", longWriting}
	kind, body := upload(t, fields, "plan.pdf", pdf)
	kept = d.body(t, "alpha.localhost", "/lt/desk/cases/7", kind, body, "Cookie", gone)
	back = hidden(t, kept.body)
	if back.Get("said") != longWriting || !strings.Contains(kept.body, `type="file"`) || !strings.Contains(kept.body, `enctype="multipart/form-data"`) {
		t.Errorf("the file is lost and nobody says so: %d\n%s", kept.StatusCode, kept.body)
	}

	// Jonas signs in at the same browser and sends what Ona wrote.
	other := d.post(t, "alpha.localhost", "/lt/desk/cases/7", back, "Cookie", jonas)
	if n := d.count(t, `SELECT count(*) FROM t_alpha.things`); n != 0 || other.StatusCode != http.StatusConflict || hidden(t, other.body).Get("said") != longWriting {
		t.Errorf("%d, %d things in the name of another\n%s", other.StatusCode, n, other.body)
	}

	// Ona does.
	kind, body = upload(t, fields, "plan.pdf", pdf)
	d.body(t, "alpha.localhost", "/lt/desk/cases/7", kind, body, "Cookie", ona)
	if n := d.count(t, `SELECT count(*) FROM t_alpha.things WHERE said = $1 AND files = 1`, longWriting); n != 1 {
		t.Errorf("%d things stand, want the text with its file", n)
	}
}

// hidden are the fields that a page sends by itself.
func hidden(t *testing.T, page string) url.Values {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	must(t, err)
	form := url.Values{}
	doc.Find(`form input[type="hidden"]`).Each(func(_ int, s *goquery.Selection) {
		form.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return form
}
