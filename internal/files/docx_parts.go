package files

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// sort is what is done with a part of a Word document.
type sort int

const (
	unclean sort = iota // it may tell what nobody sees, and cannot be cleaned
	words               // text, layout, fonts: kept as it is
	picture             // drawn anew
	drawing             // of lines; kept when it holds no photograph
)

// headSize is how much of a part tells what it is.
const headSize = 3072

const pictureGIF = "image/gif"

// sortOf tells what a part is: a picture by its content, the rest by its name. What
// is not known is unclean: a photograph in a format that we cannot draw, a
// workbook behind a chart, another document.
func sortOf(part string, head []byte) (sort, string) {
	if len(head) == 0 {
		return words, "" // a folder, or nothing
	}
	found := mimetype.Detect(head)
	for _, kind := range []string{JPEG, PNG, pictureGIF} {
		if found.Is(kind) {
			return picture, kind
		}
	}
	switch strings.ToLower(path.Ext(part)) {
	case ".xml", ".rels", ".odttf", ".ttf", ".otf":
		return words, ""
	case ".emf", ".wmf":
		return drawing, ""
	}
	return unclean, ""
}

// holdsNotes tells whether a drawing has a photograph inside that may say where
// and when it was taken: EXIF as cameras, PNG and TIFF write it, or XMP.
func holdsNotes(content []byte) bool {
	for _, sign := range []string{"Exif\x00\x00", "eXIf", "II*\x00", "MM\x00*", "ns.adobe.com/xap"} {
		if bytes.Contains(content, []byte(sign)) {
			return true
		}
	}
	return false
}
