package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/fault"
)

// oneColour is a large picture that takes next to nothing.
func oneColour(t testing.TB, w, h int) string {
	t.Helper()
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White})); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A document of some kB whose pictures unfold to ten thousand megapixels kept
// both examiners for half an hour.
func TestADocumentOfHugePicturesIsRefusedAtOnce(t *testing.T) {
	huge := oneColour(t, 7000, 7000)
	parts := map[string]string{}
	for i := range 1900 {
		parts[fmt.Sprintf("word/media/image%d.png", i)] = huge
	}
	raw := docx(t, parts)
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, _, err := examine(ctx, "bomb.docx", raw)
	if f, ok := fault.Of(err); !ok || f.Key != string(KeyUnfolds) {
		t.Errorf("refused by %v, want %s", err, KeyUnfolds)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v to refuse %d kB", took, len(raw)>>10)
	}
}

// Whoever closes the page leaves no work behind.
func TestLookingAtAFileEndsWithItsRequest(t *testing.T) {
	s, r := store(t)
	huge := oneColour(t, 7000, 7000)
	for name, raw := range map[string][]byte{"a.docx": docx(t, map[string]string{"word/media/a.png": huge, "word/media/b.png": huge}), "a.png": []byte(huge)} {
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, leave)
		began := time.Now()
		_, err := s.Stage(ctx, r, "left", name, false, bytes.NewReader(raw))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want %v", name, err, context.Canceled)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s: it went on for %v after its sender left", name, took)
		}
	}
	if left, err := s.Waiting(r, "left"); err != nil || len(left) != 0 {
		t.Errorf("%d files wait: %v", len(left), err)
	}
}

func TestADocumentWhosePicturesCannotBeCleaned(t *testing.T) {
	exif := "Exif\x00\x00MM\x00*" + canary
	for part, content := range map[string]string{
		"word/media/image1.tif":   "II*\x00\x08\x00\x00\x00" + canary,
		"word/media/image1.TIFF":  "MM\x00*\x00\x00\x00\x08" + canary,
		"word/media/image1.webp":  "RIFF\x40\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00" + exif,
		"word/media/image1.heic":  "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + exif,
		"word/media/image1.bmp":   "BM" + exif,
		"word/media/image1.wdp":   "II\xbc\x01" + exif,
		"word/media/image1.jpg":   string(photo(t, 40, 40, 1)[:200]),
		"word/media/image2.jpg":   "II*\x00\x08\x00\x00\x00" + canary,
		"word/media/image1.svg":   `<svg xmlns="http://www.w3.org/2000/svg"><metadata>` + canary + `</metadata></svg>`,
		"word/media/image1.emf":   "\x01\x00\x00\x00" + exif,
		"word/embeddings/a.xlsx":  string(docx(t, map[string]string{"docProps/core.xml": canary})),
		"word/afchunk.mht":        "MIME-Version: 1.0\n" + canary,
		"docProps/thumbnail.tiff": "II*\x00\x08\x00\x00\x00" + canary,
	} {
		_, _, err := examine(t.Context(), "a.docx", docx(t, map[string]string{part: content}))
		if f, ok := fault.Of(err); !ok || f.Key != string(KeyPicture) {
			t.Errorf("%s: %v, want a refusal by %s", part, err, KeyPicture)
		}
	}
	// One picture over the limit of a photograph went through as it was.
	wide := strings.Replace(oneColour(t, 8, 8), "IHDR\x00\x00\x00\x08\x00\x00\x00\x08", "IHDR\x00\x01\x00\x00\x00\x01\x00\x00", 1)
	_, _, err := examine(t.Context(), "a.docx", docx(t, map[string]string{"word/media/a.png": wide + canary}))
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("a picture of %d megapixels: %v", 65536*65536/1_000_000, err)
	}
}

// What people do attach goes through, and tells nothing of its maker.
func TestADocumentAsPeopleMakeIt(t *testing.T) {
	var moving bytes.Buffer
	if err := gif.Encode(&moving, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.White, color.Black}), nil); err != nil {
		t.Fatal(err)
	}
	said := strings.TrimSuffix(moving.String(), ";") + "\x21\xfe" + string(rune(len(canary))) + canary + "\x00;"
	camera := string(photo(t, 16, 8, 6))
	raw := docx(t, map[string]string{
		"word/document.xml": "<w>text</w>", "word/_rels/document.xml.rels": "<r/>",
		"word/media/image1.jpeg": camera, "word/media/image2.tmp": camera, "word/media/image3.gif": said,
		"word/media/image4.emf": "\x01\x00\x00\x00lines", "word/fonts/font1.odttf": "font", "docProps/thumbnail.jpeg": camera,
	})
	kind, clean, err := examine(t.Context(), "skundas.docx", raw)
	if err != nil || kind != DOCX {
		t.Fatalf("%s: %v", kind, err)
	}
	drawn := 0
	for name, content := range partsOf(t, clean) {
		if strings.Contains(content, canary) || strings.Contains(content, "Exif") {
			t.Errorf("%s still tells where it was made", name)
		}
		if size, _, err := image.DecodeConfig(strings.NewReader(content)); err == nil {
			drawn++
			if size.Width != 8 {
				t.Errorf("%s is %d wide, want it upright", name, size.Width)
			}
		}
	}
	if drawn != 4 {
		t.Errorf("%d pictures are in it, want 4", drawn)
	}
}
