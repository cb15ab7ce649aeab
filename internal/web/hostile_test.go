package web_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"mime"
	"path"
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/files"
)

// TestWhatIsTakenIsNoPage: a file that is taken and is something else besides, such
// as a PDF that a browser would also read as a page, is given out as the one thing
// it was taken for, to be saved, under a name that opens it as that, and where it
// were shown all the same nothing in it runs.
func TestWhatIsTakenIsNoPage(t *testing.T) {
	const script = `<script>alert("CNRY-script")</script>`
	var photo, drawing, parts bytes.Buffer
	must(t, jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	must(t, png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 8, 8))))
	w := zip.NewWriter(&parts)
	for _, name := range []string{"[Content_Types].xml", "word/document.xml"} {
		part, err := w.Create(name)
		must(t, err)
		_, err = part.Write([]byte("<x>" + script + "</x>"))
		must(t, err)
	}
	must(t, w.Close())

	d := openDesk(t)
	d.hire(t, "alpha", "ona@alpha.lt", access.Officer)
	cookie := d.session(t, "alpha.localhost", "ona@alpha.lt")
	const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	for _, c := range []struct{ name, content, kind, ending string }{
		{"a.html", pdf + script + "\n%%EOF", "application/pdf", ".pdf"},
		{"a.js", pdf + "alert(1)//\n%%EOF", "application/pdf", ".pdf"},
		{"a.pdf.exe", pdf + "%%EOF\n" + parts.String()[:200] + "%%EOF", "application/pdf", ".pdf"},
		{"a.pdf", pdf + "/OpenAction<</S/JavaScript/JS(app.alert(1))>>\n%%EOF", "application/pdf", ".pdf"},
		{"foto.svg", photo.String() + script, "image/jpeg", ".jpg"},
		{"foto.jpg", photo.String() + parts.String(), "image/jpeg", ".jpg"},
		{"foto.xhtml", drawing.String() + "<!doctype html>" + script, "image/png", ".png"},
		{"a.hta", parts.String(), docx, ".docx"},
	} {
		kind, body := upload(t, []string{"nonce", d.nonce(t), "said", c.name}, c.name, c.content)
		if got := d.body(t, "alpha.localhost", "/lt/send", kind, body); got.StatusCode != 200 {
			t.Errorf("%s: %d\n%s", c.name, got.StatusCode, got.body)
			continue
		}
		var id string
		must(t, d.raw.QueryRow(`SELECT id FROM t_alpha.files WHERE name = $1`, files.Named(c.name, c.kind)).Scan(&id))
		got := d.get(t, "alpha.localhost", "/lt/desk/cases/"+id+"/file", "Cookie", cookie)
		for name, want := range map[string]string{
			"Content-Type": c.kind, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
			"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store", "Set-Cookie": "",
		} {
			if got.Header.Get(name) != want {
				t.Errorf("%s, %s: %q, want %q", c.name, name, got.Header.Get(name), want)
			}
		}
		how, about, err := mime.ParseMediaType(got.Header.Get("Content-Disposition"))
		if err != nil || how != "attachment" || path.Ext(about["filename"]) != c.ending {
			t.Errorf("%s is offered as %s", c.name, got.Header.Get("Content-Disposition"))
		}
		if pictured := strings.HasPrefix(c.kind, "image/"); got.StatusCode != 200 || pictured && strings.Contains(got.body, "CNRY-script") {
			t.Errorf("%s: %d, %q", c.name, got.StatusCode, got.body)
		}
	}
}
