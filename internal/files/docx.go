package files

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"charterhouse/internal/fault"
)

// What a Word document may unfold to.
const (
	maxEntries  = 2000
	maxUnfolded = 200 << 20
	// maxDrawn bounds the points of all its pictures together: two of the largest,
	// or some fifty as Word keeps them.
	maxDrawn = 2 * maxPixels
)

// document is a Word document that is written anew.
type document struct {
	ctx  context.Context
	name string
	left int64 // bytes that it may still unfold to
	out  *zip.Writer
}

// cleanDocx writes the document anew without its maker: the notes about author,
// company and times are emptied, and its pictures are drawn anew. A document with
// macros or other embedded programs is refused, as is one that fetches something
// when it is opened, and one with a picture or a file inside that cannot be
// cleaned: it would tell where a photograph was taken.
func cleanDocx(ctx context.Context, name string, raw []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, refuse(KeyBroken, name)
	}
	if len(in.File) > maxEntries {
		return nil, refuse(KeyUnfolds, name)
	}
	var out bytes.Buffer
	d := &document{ctx: ctx, name: name, left: maxUnfolded, out: zip.NewWriter(&writing{ctx, &out, MaxFile})}
	if err := d.admit(in.File); err != nil {
		return nil, err
	}
	for _, f := range in.File {
		if err := d.copy(f); err != nil {
			return nil, d.refusal(err)
		}
	}
	if err := d.out.Close(); err != nil {
		return nil, d.refusal(err)
	}
	return out.Bytes(), nil
}

// admit looks at the names of the parts and the heads of the pictures, before the
// first is drawn: a document that will be refused costs next to nothing.
func (d *document) admit(parts []*zip.File) error {
	drawn := 0
	for _, f := range parts {
		if hidden := strings.ToLower(path.Base(f.Name)); strings.HasPrefix(hidden, "vbaproject") || strings.Contains(f.Name, "/activeX/") {
			return refuse(KeyKind, d.name)
		}
		if strings.Contains(f.Name, "..") || strings.HasPrefix(f.Name, "/") {
			return refuse(KeyBroken, d.name)
		}
		head, err := d.head(f)
		if err != nil {
			return d.refusal(err)
		}
		switch sort, _ := sortOf(f.Name, head); sort {
		case unclean:
			return refuse(KeyPicture, d.name)
		case picture:
			points, err := d.measure(f)
			if err != nil {
				return err
			}
			if drawn += points; drawn > maxDrawn {
				return refuse(KeyUnfolds, d.name)
			}
		}
	}
	return nil
}

// head reads the beginning of a part, which tells what it is.
func (d *document) head(f *zip.File) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	head, err := io.ReadAll(io.LimitReader(reading{d.ctx, in}, headSize))
	return head, err
}

func (d *document) measure(f *zip.File) (int, error) {
	in, err := f.Open()
	if err != nil {
		return 0, d.refusal(err)
	}
	defer in.Close()
	points, err := measure(d.name, reading{d.ctx, io.LimitReader(in, d.left)})
	if refused, ok := fault.Of(err); ok && refused.Key == string(KeyBroken) {
		return 0, refuse(KeyPicture, d.name)
	}
	return points, err
}

// copy writes one part anew.
func (d *document) copy(f *zip.File) error {
	content, err := d.unfold(f)
	if err != nil {
		return err
	}
	switch out, err := reachesOut(f.Name, content); {
	case err != nil:
		return refuse(KeyBroken, d.name)
	case out:
		return refuse(KeyLinked, d.name)
	}
	if content, err = d.anonymous(f.Name, content); err != nil {
		return err
	}
	// Without a time: the archive would tell when each part was made.
	part, err := d.out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

// unfold reads one part and never more than what is left, whatever the archive
// says about its size.
func (d *document) unfold(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(reading{d.ctx, r}, d.left+1))
	if err != nil {
		return nil, err
	}
	if d.left -= int64(len(content)); d.left < 0 {
		return nil, errTooMuch
	}
	return content, nil
}

// anonymous gives a part of the document without what it says about its maker.
func (d *document) anonymous(part string, content []byte) ([]byte, error) {
	switch strings.ToLower(part) {
	case "docprops/core.xml":
		return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
			`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`), nil
	case "docprops/app.xml":
		return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
			`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`), nil
	case "docprops/custom.xml":
		return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
			`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`), nil
	}
	switch sort, kind := sortOf(part, content[:min(len(content), headSize)]); sort {
	case picture:
		drawn, err := redraw(d.ctx, d.name, kind, content)
		if refused, ok := fault.Of(err); ok && refused.Key == string(KeyBroken) {
			return nil, refuse(KeyPicture, d.name)
		}
		return drawn, err
	case drawing:
		if holdsNotes(content) {
			return nil, refuse(KeyPicture, d.name)
		}
	}
	return content, nil
}

// refusal says why the document is not taken.
func (d *document) refusal(err error) error {
	if _, refused := fault.Of(err); refused {
		return err
	}
	if errors.Is(err, errTooMuch) {
		return refuse(KeyUnfolds, d.name)
	}
	return refuse(KeyBroken, d.name)
}
