package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"sync"
)

// A nonce names one form that was given out: 128 random bits, or a ticket of the
// domain's own that holds as many and a seal. Whoever sends the form again sends
// the same nonce, and gets the same answer.
const (
	nonceBytes = 16
	nonceField = "nonce"
	// ticketBytes bounds what a domain may put into it.
	ticketBytes = 64
)

func newNonce() string {
	b := make([]byte, nonceBytes)
	_, _ = rand.Read(b) // never fails: it stops the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}

// isNonce tells whether a text has the shape of a nonce.
func isNonce(s string) bool {
	if base64.RawURLEncoding.DecodedLen(len(s)) > ticketBytes {
		return false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil && len(b) >= nonceBytes
}

// turns lets the copies of one form through one after another: a double click
// uploads its files once, and the second finds what the first has written.
type turns struct {
	mu      sync.Mutex
	waiting map[string]*turn
}

type turn struct {
	seat  chan struct{}
	users int
}

func newTurns() *turns { return &turns{waiting: map[string]*turn{}} }

// take waits for the turn of a form. It gives what ends the turn.
func (q *turns) take(ctx context.Context, key string) (leave func(), err error) {
	q.mu.Lock()
	t := q.waiting[key]
	if t == nil {
		t = &turn{seat: make(chan struct{}, 1)}
		q.waiting[key] = t
	}
	t.users++
	q.mu.Unlock()
	done := func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		if t.users--; t.users == 0 {
			delete(q.waiting, key)
		}
	}
	select {
	case t.seat <- struct{}{}:
		return func() { <-t.seat; done() }, nil
	case <-ctx.Done():
		done()
		return nil, ctx.Err()
	}
}
