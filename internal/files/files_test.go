package files

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

const canary = "CNRY-author-54.6872N"

func store(t *testing.T) (*Store, pg.Realm) {
	t.Helper()
	s, err := Open(t.TempDir(), Room{Bytes: 1 << 30, Ticks: func() time.Duration { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r, err := pg.Town("testas")
	if err != nil {
		t.Fatal(err)
	}
	return s, r
}

// photo is a JPEG of the size whose left upper corner is red, with EXIF data: the
// orientation and a canary in place of a position.
func photo(t testing.TB, w, h, orientation int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.White)
			if x < w/2 && y < h/2 {
				img.Set(x, y, color.RGBA{255, 0, 0, 255})
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, uint16(orientation))
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	exif := append([]byte("Exif\x00\x00"), append(tiff, canary...)...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

func docx(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	all := []string{"[Content_Types].xml", "word/document.xml"}
	for name := range parts {
		if name != all[0] && name != all[1] {
			all = append(all, name)
		}
	}
	for _, name := range all {
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		text := parts[name]
		if text == "" {
			text = "<x/>"
		}
		if _, err := p.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// partsOf gives the parts of a document by name.
func partsOf(t testing.TB, document []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, p := range z.File {
		in, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[p.Name] = string(content)
	}
	return parts
}

func TestAPhotographLosesItsPlaceAndStandsUpright(t *testing.T) {
	s, r := store(t)
	raw := photo(t, 40, 20, 6) // to be turned by 90° clockwise
	if !bytes.Contains(raw, []byte(canary)) {
		t.Fatal("the test photograph tells nothing that could be removed")
	}
	f, err := s.Stage(t.Context(), r, "nonce", "../../my photo.JPG", false, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "my photo.JPG" || f.Kind != JPEG {
		t.Errorf("kept as %q, %s", f.Name, f.Kind)
	}
	_, clean, err := examine(t.Context(), "x", raw)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(clean, []byte(canary)) || bytes.Contains(clean, []byte("Exif")) {
		t.Error("the kept photograph still tells where it was made")
	}
	img, err := jpeg.Decode(bytes.NewReader(clean))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 20 || img.Bounds().Dy() != 40 {
		t.Errorf("it is %v, want 20 by 40", img.Bounds())
	}
	// What was red at the upper left is at the upper right after the turn.
	if red, _, blue, _ := img.At(15, 5).RGBA(); red < 0xC000 || blue > 0x6000 {
		t.Errorf("the upper right corner is %v, want red", img.At(15, 5))
	}
}

func TestEveryOrientationPutsTheCornerWhereItBelongs(t *testing.T) {
	corner := map[int]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for how, want := range corner {
		_, clean, err := examine(t.Context(), "x", photo(t, 40, 40, how))
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(clean))
		if err != nil {
			t.Fatal(err)
		}
		if red, _, blue, _ := img.At(10+20*want.X, 10+20*want.Y).RGBA(); red < 0xC000 || blue > 0x6000 {
			t.Errorf("orientation %d: the red corner is not at %v", how, want)
		}
	}
}

func TestAWordDocumentLosesItsAuthor(t *testing.T) {
	s, r := store(t)
	raw := docx(t, map[string]string{
		"docProps/core.xml": "<a>" + canary + "</a>", "docProps/app.xml": canary, "docProps/custom.xml": canary,
		"word/document.xml": "<w>text</w>", "word/media/image1.jpg": string(photo(t, 8, 8, 1)),
	})
	f, err := s.Stage(t.Context(), r, "nonce", "skundas.docx", false, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if f.Kind != DOCX {
		t.Errorf("kind %s", f.Kind)
	}
	_, clean, err := examine(t.Context(), "x", raw)
	if err != nil {
		t.Fatal(err)
	}
	parts := partsOf(t, clean)
	for name, content := range parts {
		if strings.Contains(content, canary) {
			t.Errorf("%s still names the author", name)
		}
	}
	if text := parts["word/document.xml"]; text != "<w>text</w>" {
		t.Errorf("the text was changed: %s", text)
	}
}

// A name ends as what the file is, whatever its sender called it, and is the same
// while it waits and when it is saved.
func TestANameEndsAsWhatTheFileIs(t *testing.T) {
	s, r := store(t)
	pdf := "%PDF-1.4\n%%EOF"
	for sent, want := range map[string]string{
		"invoice.exe": "invoice.exe.pdf", "invoice.pdf.hta": "invoice.pdf.hta.pdf", "raštas.PDF": "raštas.PDF", "": "file.pdf",
		"photo.jpg": "photo.jpg.pdf", strings.Repeat("a", 200): strings.Repeat("a", 120) + ".pdf",
	} {
		f, err := s.Stage(t.Context(), r, "n-"+sent, sent, false, strings.NewReader(pdf))
		if err != nil {
			t.Fatal(err)
		}
		waiting, err := s.Waiting(r, "n-"+sent)
		if err != nil || len(waiting) != 1 || f.Name != want || waiting[0].Name != want || Named(f.Name, f.Kind) != want {
			t.Errorf("%q is shown as %q, want %q: %v", sent, f.Name, want, err)
		}
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	s, r := store(t)
	var tall bytes.Buffer
	if err := png.Encode(&tall, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	bomb := tall.Bytes()
	binary.BigEndian.PutUint32(bomb[16:], 50000) // the width and height that the header promises
	binary.BigEndian.PutUint32(bomb[20:], 50000)
	cases := map[string]struct {
		raw []byte
		key string
	}{
		"script":         {[]byte("<html><script>alert(1)</script></html>"), string(KeyKind)},
		"svg":            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), string(KeyKind)},
		"program":        {[]byte("\x7fELF\x02\x01\x01"), string(KeyKind)},
		"empty":          {nil, string(KeyEmpty)},
		"too large":      {append([]byte("%PDF-1.4"), make([]byte, MaxFile)...), string(KeyTooLarge)},
		"cut photograph": {photo(t, 40, 40, 1)[:300], string(KeyBroken)},
		"cut PDF":        {[]byte("%PDF-1.4 and nothing more"), string(KeyBroken)},
		"huge picture":   {bomb, string(KeyBroken)},
		"macros":         {docx(t, map[string]string{"word/vbaProject.bin": "x"}), string(KeyKind)},
		"zip bomb":       {docx(t, map[string]string{"word/document.xml": strings.Repeat("0", maxUnfolded+1)}), string(KeyUnfolds)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := s.Stage(t.Context(), r, "n-"+name, name, false, bytes.NewReader(c.raw))
			f, ok := fault.Of(err)
			if !ok || f.Kind != fault.Invalid {
				t.Fatalf("taken, or failed otherwise: %v", err)
			}
			if f.Key != c.key && (name != "huge picture" || f.Key != string(KeyPixels)) {
				t.Errorf("refused by %s, want %s", f.Key, c.key)
			}
			if left, _ := s.Waiting(r, "n-"+name); len(left) != 0 {
				t.Errorf("%d files were left behind", len(left))
			}
		})
	}
}

func TestAFormHasRoomForTenFilesAnd25MB(t *testing.T) {
	s, r := store(t)
	pdf := func(i int) io.Reader { return strings.NewReader(fmt.Sprintf("%%PDF-1.4\n%d\n%%%%EOF", i)) }
	for i := range MaxFiles {
		if _, err := s.Stage(t.Context(), r, "ten", "a.pdf", false, pdf(i)); err != nil {
			t.Fatal(err)
		}
	}
	// The same again is no other file.
	if f, err := s.Stage(t.Context(), r, "ten", "a.pdf", false, pdf(3)); err != nil || f.ID == "" {
		t.Errorf("a file that waits already: %v", err)
	}
	if got, err := s.Waiting(r, "ten"); err != nil || len(got) != MaxFiles {
		t.Errorf("%d files wait, want %d: %v", len(got), MaxFiles, err)
	}
	if _, err := s.Stage(t.Context(), r, "ten", "a.pdf", false, pdf(MaxFiles)); !fault.Is(err, fault.Invalid) {
		t.Errorf("the eleventh file was taken: %v", err)
	}
	large := append(append([]byte("%PDF-1.4\n"), make([]byte, 13<<20)...), "%%EOF"...)
	if _, err := s.Stage(t.Context(), r, "large", "a.pdf", false, bytes.NewReader(large)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Stage(t.Context(), r, "large", "b.pdf", false, bytes.NewReader(large)); !fault.Is(err, fault.Invalid) {
		t.Errorf("26 MB were taken: %v", err)
	}
}

func TestAFormsFilesAreItsOwn(t *testing.T) {
	s, r := store(t)
	other, err := pg.Town("kitas")
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Stage(t.Context(), r, "mine", "a.pdf", false, strings.NewReader("%PDF-1.4\n%%EOF"))
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range map[string]func() ([]Staged, error){
		"another form": func() ([]Staged, error) { return s.Waiting(r, "yours") },
		"another town": func() ([]Staged, error) { return s.Waiting(other, "mine") },
	} {
		if got, err := list(); err != nil || len(got) != 0 {
			t.Errorf("%s sees %v, %v", name, got, err)
		}
	}
	if err := s.Drop(r, "mine", "../"+f.ID); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Waiting(r, "mine"); len(got) != 1 {
		t.Fatalf("%d files wait, want 1", len(got))
	}
	if err := s.Drop(r, "mine", f.ID); err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Waiting(r, "mine"); len(got) != 0 {
		t.Error("a dropped file still waits")
	}
	for _, id := range []string{"", "..", "../../etc/passwd", f.ID[:25], strings.Repeat("a", 26) + "/"} {
		if _, err := s.Read(r, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("reading %q: %v", id, err)
		}
	}
}

func FuzzExamine(f *testing.F) {
	f.Add("a.jpg", photo(f, 8, 8, 6))
	f.Add("b.docx", docx(f, nil))
	f.Add("c.pdf", []byte("%PDF-1.4\n%%EOF"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		_, clean, err := examine(t.Context(), cleanName(name), raw)
		if err == nil && len(clean) == 0 {
			t.Error("taken and empty")
		}
		if got := cleanName(name); strings.ContainsAny(got, "/\\\x00\r\n") || got == "" {
			t.Errorf("name %q became %q", name, got)
		}
	})
}
