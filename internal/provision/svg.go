package provision

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// plainSVG accepts a drawing of shapes only. It is written into our own pages,
// so anything that could run, load or restyle is refused rather than removed.
func plainSVG(raw []byte) error {
	if len(raw) > 64<<10 {
		return errors.New("the drawing is larger than 64 KB; simplify it")
	}
	dec := xml.NewDecoder(bytes.NewReader(raw))
	depth := 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			if depth != 0 {
				return errors.New("the drawing is not complete SVG")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("the drawing is not well-formed SVG: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := plainElement(t, depth == 0); err != nil {
				return err
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.Directive, xml.ProcInst:
			return errors.New("the drawing must begin with <svg>, without a document type or instruction before it")
		}
	}
}

func plainElement(el xml.StartElement, first bool) error {
	if first && el.Name.Local != "svg" {
		return errors.New("the drawing must begin with <svg>")
	}
	allowed := []string{"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title", "defs", "clipPath", "mask"}
	if !slices.Contains(allowed, el.Name.Local) {
		return fmt.Errorf("the drawing has an element <%s>, which is not a plain shape; remove it", el.Name.Local)
	}
	for _, a := range el.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") || name == "href" || name == "style" || strings.Contains(strings.ToLower(a.Value), "url(http") {
			return fmt.Errorf("the drawing has an attribute %s, which is not allowed; remove it", a.Name.Local)
		}
	}
	return nil
}
