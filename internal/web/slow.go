package web

import (
	"io"
	"net/http"
	"time"
)

// How slowly a body may come: a photograph over a weak mobile network does, a
// client that holds a connection with a byte a second does not.
const (
	bodyPatience = 20 * time.Second
	bodyRate     = 16 << 10 // bytes a second, over each bodyPatience
	// answerPatience is how long the answer may take once the body was read.
	answerPatience = 60 * time.Second
)

// slowBody cuts a body that falls behind. The limits that the server sets are for
// requests without one; they are moved out of the way.
type slowBody struct {
	body     io.Reader
	ticks    func() time.Duration
	timer    *time.Timer // cuts the connection
	patience time.Duration
	left     time.Duration // of it; only waiting for bytes uses it up
	owed     int64         // bytes that must come before it begins anew
}

// body limits what is read of a request in bytes and in time. end must be called
// when it was read.
func (in *intake) body(limit int64) (body io.Reader, end func()) {
	if in.http.ContentLength > limit {
		// Not one byte of it is read.
		return failing{&http.MaxBytesError{Limit: limit}}, func() {}
	}
	control := http.NewResponseController(in.v)
	// A connection that knows no deadlines needs none moved.
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})
	b := &slowBody{
		body: http.MaxBytesReader(in.v.ResponseWriter, in.http.Body, limit), ticks: in.opt.Ticks, patience: in.bodyPatience,
		timer: time.AfterFunc(time.Hour, func() { _ = control.SetReadDeadline(time.Unix(1, 0)) }),
	}
	b.begin()
	return b, func() {
		b.timer.Stop()
		answer := time.AfterFunc(answerPatience, func() { _ = control.SetWriteDeadline(time.Unix(1, 0)) })
		in.v.ended = func() { answer.Stop() }
	}
}

func (b *slowBody) begin() { b.left, b.owed = b.patience, int64(b.patience.Seconds()*bodyRate) }

// Read begins the patience anew each time enough has come.
func (b *slowBody) Read(p []byte) (int, error) {
	began := b.ticks()
	b.timer.Reset(b.left)
	n, err := b.body.Read(p)
	b.timer.Stop()
	b.left -= b.ticks() - began
	if b.owed -= int64(n); b.owed <= 0 {
		b.begin()
	}
	return n, err
}

// failing is a body that is not read.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
