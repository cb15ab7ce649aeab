package pgtest

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
)

// Proxy stands between the door and the server and loses replies on demand.
type Proxy struct {
	server string
	// armed: the reply to the next message that contains this is lost, and the
	// connection with it.
	armed atomic.Pointer[[]byte]
	// Lost counts the replies that were lost.
	Lost atomic.Int32
	// Frozen: nothing passes any more, and nobody is told. When it thaws, a
	// connection that lost something ends with its next message.
	Frozen atomic.Bool
}

// NewProxy listens in front of the server of an address, and gives the address
// that leads through it.
func NewProxy(t testing.TB, address string) (*Proxy, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	p := &Proxy{server: u.Host}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c)
		}
	}()
	u.Host = l.Addr().String()
	return p, u.String()
}

// LoseReplyTo loses the reply to the next message that contains the text, and the
// connection with it: "COMMIT\x00".
func (p *Proxy) LoseReplyTo(message string) {
	b := []byte(message)
	p.armed.Store(&b)
}

func (p *Proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	var cut, holed atomic.Bool
	passes := func() bool {
		if p.Frozen.Load() {
			holed.Store(true)
			return false
		}
		return true
	}
	go func() {
		buf := make([]byte, 1<<16)
		for {
			n, err := server.Read(buf)
			if cut.Load() {
				p.Lost.Add(1)
				client.Close()
				return
			}
			if n > 0 && passes() {
				if _, err := client.Write(buf[:n]); err != nil {
					return
				}
			}
			if err != nil {
				client.Close()
				return
			}
		}
	}()
	buf := make([]byte, 1<<16)
	for {
		n, err := client.Read(buf)
		if want := p.armed.Load(); want != nil && bytes.Contains(buf[:n], *want) && p.armed.CompareAndSwap(want, nil) {
			cut.Store(true)
		}
		if n > 0 && passes() {
			if holed.Load() {
				return
			}
			if _, err := server.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			if err != io.EOF {
				return
			}
			return
		}
	}
}
