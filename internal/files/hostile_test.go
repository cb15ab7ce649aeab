package files

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"charterhouse/internal/fault"
)

// eicar is the file that every virus scanner takes for a virus, and that is none.
// It stands in two halves: a scanner of this very source need not stop at it.
const eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

// script is what must not run for anybody who looks at a file.
const script = `<script>alert("CNRY-script")</script>`

// relations is a part that names what belongs to a document.
func relations(sort, target, mode string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" TargetMode="%s"/></Relationships>`, sort, target, mode)
}

// TestTwoThingsAtOnceAreRefused: a file that is one thing by its name, or to one
// reader, and another to the next. The name never decides.
func TestTwoThingsAtOnceAreRefused(t *testing.T) {
	plain := docx(t, nil)
	rels := func(sort, target string) []byte {
		return docx(t, map[string]string{"word/_rels/settings.xml.rels": relations(sort, target, "External")})
	}
	for name, c := range map[string]struct {
		file string
		raw  []byte
		key  string
	}{
		"EICAR":                       {"eicar.com", []byte(eicar), string(KeyKind)},
		"EICAR called a PDF":          {"skundas.pdf", []byte(eicar), string(KeyKind)},
		"EICAR called a photograph":   {"foto.jpg", []byte(eicar), string(KeyKind)},
		"EICAR in a document":         {"a.docx", docx(t, map[string]string{"word/embeddings/eicar.com": eicar}), string(KeyPicture)},
		"EICAR as a document's image": {"a.docx", docx(t, map[string]string{"word/media/image1.png": eicar}), string(KeyPicture)},
		"EICAR in a zip":              {"a.docx", zipped(t, "eicar.com", eicar), string(KeyKind)},
		"a page before a PDF":         {"a.pdf", []byte("<html>" + script + "\n%PDF-1.4\n%%EOF"), string(KeyBroken)},
		"a script before a PDF":       {"a.pdf", []byte("var a=1;/*\n%PDF-1.4\n%%EOF*/"), ""},
		"spaces before a PDF":         {"a.pdf", []byte("\n\n %PDF-1.4\n" + script + "%%EOF"), ""},
		"a photograph before a PDF":   {"a.jpg", append(photo(t, 8, 8, 1), "%PDF-1.4\n"+script+"%%EOF"...), string(KeyBroken)},
		"a PDF before a zip":          {"a.pdf", append([]byte("%PDF-1.4\n"), append(plain, bytes.Repeat([]byte{0}, 1100)...)...), string(KeyBroken)},
		"SVG called a photograph":     {"foto.png", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), string(KeyKind)},
		"SVG called a PDF":            {"a.pdf", []byte(`<svg xmlns="http://www.w3.org/2000/svg">` + script + `</svg>`), string(KeyKind)},
		"a page called a photograph":  {"foto.jpeg", []byte("<!doctype html>" + script), string(KeyKind)},
		"XHTML called a document":     {"a.docx", []byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">` + script + `</html>`), string(KeyKind)},
		"a GIF":                       {"a.gif", []byte("GIF89a/*" + strings.Repeat("\x00", 20) + "*/=1;alert(1)"), string(KeyKind)},
		"a head alone":                {"a.jpg", []byte("\xff\xd8\xff\xe0" + script), string(KeyBroken)},
		"a program":                   {"a.pdf", []byte("MZ\x90\x00\x03" + script), string(KeyKind)},
		"a script with a name":        {"a.pdf.bat", []byte("@echo off\r\n"), string(KeyKind)},
		"macros":                      {"a.docx", docx(t, map[string]string{"word/vbaProject.bin": "x"}), string(KeyKind)},
		"macros elsewhere":            {"a.docx", docx(t, map[string]string{"word/other/VBAPROJECT.BIN": "x"}), string(KeyKind)},
		"ActiveX":                     {"a.docx", docx(t, map[string]string{"word/activeX/activeX1.xml": "<x/>"}), string(KeyKind)},
		"an object":                   {"a.docx", docx(t, map[string]string{"word/embeddings/oleObject1.bin": "\xd0\xcf\x11\xe0"}), string(KeyPicture)},
		"a page in a document":        {"a.docx", docx(t, map[string]string{"word/afchunk.html": script}), string(KeyPicture)},
		"a template from elsewhere":   {"a.docx", rels("attachedTemplate", "https://evil.example/a.dotm"), string(KeyLinked)},
		"a picture from elsewhere":    {"a.docx", rels("image", "http://evil.example/who-reads-this.png"), string(KeyLinked)},
		"an object from elsewhere":    {"a.docx", rels("oleObject", "mhtml:http://evil.example/a.html!x"), string(KeyLinked)},
		"a frame from elsewhere":      {"a.docx", rels("frame", "//evil.example/a"), string(KeyLinked)},
		"a share":                     {"a.docx", rels("attachedTemplate", `\\evil.example\share\a.dotm`), string(KeyLinked)},
		"a share by address":          {"a.docx", rels("attachedTemplate", `file://evil.example/share/a.dotm`), string(KeyLinked)},
		"a share by four strokes":     {"a.docx", rels("attachedTemplate", `file:////evil.example/a.dotm`), string(KeyLinked)},
		"a broken list of parts":      {"a.docx", docx(t, map[string]string{"word/_rels/a.rels": "<a"}), string(KeyBroken)},
		"a list in another code":      {"a.docx", docx(t, map[string]string{"word/_rels/a.rels": "\xff\xfe<\x00a\x00/\x00>\x00"}), string(KeyBroken)},
		"a list with capitals":        {"a.docx", docx(t, map[string]string{"word/_rels/A.RELS": relations("image", "HTTPS://evil.example/a.png", "EXTERNAL")}), string(KeyLinked)},
	} {
		t.Run(name, func(t *testing.T) {
			kind, clean, err := examine(t.Context(), c.file, c.raw)
			f, ok := fault.Of(err)
			if !ok || f.Kind != fault.Invalid || kind != "" || clean != nil {
				t.Fatalf("taken as %q, or failed otherwise: %v", kind, err)
			}
			if c.key != "" && f.Key != c.key {
				t.Errorf("refused by %s, want %s", f.Key, c.key)
			}
		})
	}
}

// TestNothingStaysBehindAPicture: a picture that is something else besides is only
// the picture afterwards.
func TestNothingStaysBehindAPicture(t *testing.T) {
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	comment := "\xff\xfe" + string([]byte{0, byte(len(script) + 2)}) + script
	camera := string(photo(t, 16, 16, 1))
	text := small.String()
	for name, raw := range map[string]string{
		"a script after a JPEG": camera + script, "a zip after a JPEG": camera + string(docx(t, map[string]string{"word/a.xml": script})),
		"EICAR after a JPEG": camera + eicar, "a comment in a JPEG": camera[:2] + comment + camera[2:],
		"a script after a PNG": text + script, "EICAR after a PNG": text + eicar, "a page after a PNG": text + "<!doctype html>" + script,
	} {
		kind, clean, err := examine(t.Context(), "foto.html", []byte(raw))
		if err != nil || kind != JPEG && kind != PNG {
			t.Errorf("%s: %q, %v", name, kind, err)
			continue
		}
		for _, rest := range []string{"CNRY-script", "EICAR", "PK\x03\x04", "%PDF", "Exif"} {
			if bytes.Contains(clean, []byte(rest)) {
				t.Errorf("%s: %q is still there", name, rest)
			}
		}
	}
}

// TestDocumentsWithLinksAreTaken: what a reader may follow, and what only the disk
// of the writer has, are no harm.
func TestDocumentsWithLinksAreTaken(t *testing.T) {
	for target, sort := range map[string]string{
		"https://town.example/": "hyperlink", "mailto:ona@town.example": "hyperlink",
		"Normal.dotm": "attachedTemplate", `C:\Users\ona\Templates\a.dotm`: "attachedTemplate", "file:///C:/Users/ona/a.dotm": "attachedTemplate",
	} {
		raw := docx(t, map[string]string{"word/_rels/document.xml.rels": relations(sort, target, "External")})
		if kind, _, err := examine(t.Context(), "a.docx", raw); err != nil || kind != DOCX {
			t.Errorf("%s: %q, %v", target, kind, err)
		}
	}
	inside := docx(t, map[string]string{"word/_rels/document.xml.rels": relations("image", "media/image1.png", "Internal")})
	if _, _, err := examine(t.Context(), "a.docx", inside); err != nil {
		t.Errorf("a picture of its own: %v", err)
	}
}

func zipped(t *testing.T, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
