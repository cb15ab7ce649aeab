package files

import (
	"context"
	"errors"
	"io"
)

// errTooMuch: what is written has grown over its bound.
var errTooMuch = errors.New("files: more than is kept")

// bite is how much a decoder is fed at a time: of a picture of one colour it
// unfolds to half a megabyte.
const bite = 512

// reading ends with its context: a decoder that is fed for too long stops.
type reading struct {
	ctx  context.Context
	from io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p[:min(len(p), bite)])
}

// writing ends with its context, and where what is written grows over its bound.
type writing struct {
	ctx  context.Context
	to   io.Writer
	left int
}

func (w *writing) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	if w.left -= len(p); w.left < 0 {
		return 0, errTooMuch
	}
	return w.to.Write(p)
}
