package notify

import (
	"net"
	"sync"
)

// wire is the connection of one delivery, so that it is closed however the
// delivery ends, and at once when its time is over.
type wire struct {
	mu   sync.Mutex
	conn net.Conn
	over bool
}

func (w *wire) keep(c net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conn = c
	if w.over {
		_ = c.Close()
	}
}

func (w *wire) hangUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	if w.conn != nil {
		_ = w.conn.Close() // closing twice only says so
	}
}
