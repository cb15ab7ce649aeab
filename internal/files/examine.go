package files

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// The kinds that are taken, as they are given out again.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	PDF  = "application/pdf"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// patience is how long one file is looked at. The largest that is taken needs a
// part of it; one that was made to need more is refused.
const patience = 20 * time.Second

// examine tells what the content is, whatever its name says, and gives it back
// without what it told about its maker. It ends with ctx.
func examine(ctx context.Context, name string, raw []byte) (kind string, clean []byte, err error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	kind, clean, err = judge(limited, name, raw)
	switch {
	case ctx.Err() != nil:
		return "", nil, fmt.Errorf("files: examine: %w", ctx.Err())
	case limited.Err() != nil:
		return "", nil, refuse(KeyUnfolds, name)
	}
	return kind, clean, err
}

func judge(ctx context.Context, name string, raw []byte) (kind string, clean []byte, err error) {
	switch found := mimetype.Detect(raw); {
	case found.Is(JPEG), found.Is(PNG):
		kind = found.String()
		clean, err = redraw(ctx, name, kind, raw)
	case found.Is(PDF):
		kind, clean = PDF, raw
		// A document that ends before its end is not worth keeping, and one that
		// begins with something else is two things at once.
		if !bytes.HasPrefix(raw, []byte("%PDF-")) || !bytes.Contains(raw[max(0, len(raw)-1024):], []byte("%%EOF")) {
			err = refuse(KeyBroken, name)
		}
	case found.Is(DOCX):
		kind = DOCX
		clean, err = cleanDocx(ctx, name, raw)
	default:
		err = refuse(KeyKind, name)
	}
	if err != nil {
		return "", nil, err
	}
	return kind, clean, nil
}

// cleanName keeps what a person would recognise of a file name: no path, no
// control or direction marks, at most 120 letters.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if !utf8.ValidString(name) {
		name = strings.ToValidUTF8(name, "_")
	}
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if letters := []rune(name); len(letters) > 120 {
		ending := []rune(path.Ext(name))
		if len(ending) > 10 {
			ending = nil
		}
		name = string(letters[:120-len(ending)]) + string(ending)
	}
	if name == "" {
		return "file"
	}
	return name
}

// Named is the name of a file wherever it is shown and when it is saved. Who sent
// it chose the name, and a system opens what was saved by the ending of that alone:
// a document called .hta or .bat would run. So the name ends as what the file was
// found to be.
func Named(name, kind string) string {
	endings := map[string][]string{JPEG: {".jpg", ".jpeg"}, PNG: {".png"}, PDF: {".pdf"}, DOCX: {".docx"}}[kind]
	if len(endings) == 0 {
		endings = []string{".bin"}
	}
	if slices.Contains(endings, strings.ToLower(path.Ext(name))) {
		return name
	}
	return name + endings[0]
}
