package files

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
)

// What a Word document may unfold to.
const (
	maxEntries  = 2000
	maxUnfolded = 200 << 20
)

// cleanDocx writes the document anew without its maker: the notes about author,
// company and times are emptied, and its photographs are drawn anew. A document
// with macros or other embedded programs is refused.
func cleanDocx(name string, raw []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, refuse(KeyBroken, name)
	}
	if len(in.File) > maxEntries {
		return nil, refuse(KeyUnfolds, name)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	left := int64(maxUnfolded)
	for _, f := range in.File {
		if hidden := strings.ToLower(path.Base(f.Name)); strings.HasPrefix(hidden, "vbaproject") || strings.Contains(f.Name, "/activeX/") {
			return nil, refuse(KeyKind, name)
		}
		if strings.Contains(f.Name, "..") || strings.HasPrefix(f.Name, "/") {
			return nil, refuse(KeyBroken, name)
		}
		content, err := unfold(f, left)
		if err != nil {
			return nil, refuse(KeyUnfolds, name)
		}
		left -= int64(len(content))
		// Without a time: the archive would tell when each part was made.
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return nil, refuse(KeyBroken, name)
		}
		if _, err := part.Write(anonymous(name, f.Name, content)); err != nil {
			return nil, refuse(KeyBroken, name)
		}
	}
	if err := w.Close(); err != nil || out.Len() > MaxFile {
		return nil, refuse(KeyBroken, name)
	}
	return out.Bytes(), nil
}

// unfold reads one part and never more than what is left, whatever the archive
// says about its size.
func unfold(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, left+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > left {
		return nil, io.ErrShortBuffer
	}
	return content, nil
}

// anonymous gives a part of the document without what it says about its maker.
func anonymous(name, part string, content []byte) []byte {
	switch strings.ToLower(part) {
	case "docprops/core.xml":
		return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
			`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`)
	case "docprops/app.xml":
		return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
			`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`)
	case "docprops/custom.xml":
		return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` +
			`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`)
	}
	kind := map[string]string{".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}[strings.ToLower(path.Ext(part))]
	if kind == "" {
		return content
	}
	if drawn, err := redraw(name, kind, content); err == nil {
		return drawn
	}
	return content
}
