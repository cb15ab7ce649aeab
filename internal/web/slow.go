package web

import (
	"io"
	"net/http"
	"sync"
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
	control  *http.ResponseController
	patience time.Duration

	mu    sync.Mutex
	timer *time.Timer
	owed  int64 // bytes that must come before the timer ends
}

// body limits what is read of a request in bytes and in time. end must be called
// when it was read.
func (in *intake) body(limit int64) (body io.Reader, end func()) {
	if in.http.ContentLength > limit {
		// Not one byte of it is read.
		return failing{&http.MaxBytesError{Limit: limit}}, func() {}
	}
	b := &slowBody{
		body:    http.MaxBytesReader(in.v.ResponseWriter, in.http.Body, limit),
		control: http.NewResponseController(in.v), patience: in.bodyPatience,
	}
	// A connection that knows no deadlines needs none moved.
	_ = b.control.SetReadDeadline(time.Time{})
	_ = b.control.SetWriteDeadline(time.Time{})
	b.owed = b.perTurn()
	b.timer = time.AfterFunc(b.patience, func() { _ = b.control.SetReadDeadline(time.Unix(1, 0)) })
	return b, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.timer.Stop()
		answer := time.AfterFunc(answerPatience, func() { _ = b.control.SetWriteDeadline(time.Unix(1, 0)) })
		in.v.ended = func() { answer.Stop() }
	}
}

func (b *slowBody) perTurn() int64 { return int64(b.patience.Seconds() * bodyRate) }

// Read begins the patience anew each time enough has come.
func (b *slowBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.owed -= int64(n); b.owed <= 0 && b.timer.Stop() {
		b.owed = b.perTurn()
		b.timer.Reset(b.patience)
	}
	return n, err
}

// failing is a body that is not read.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
