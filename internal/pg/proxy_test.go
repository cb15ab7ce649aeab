package pg_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
)

// proxy stands between the door and the server and loses replies on demand.
type proxy struct {
	server string
	// armed: the reply to the next message that contains this is lost, and the
	// connection with it.
	armed atomic.Pointer[[]byte]
	lost  atomic.Int32
	// frozen: nothing passes any more, and nobody is told.
	frozen atomic.Bool
}

func newProxy(t testing.TB, address string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	p := &proxy{server: u.Host}
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

func (p *proxy) loseReplyTo(message string) {
	b := []byte(message)
	p.armed.Store(&b)
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	var cut atomic.Bool
	go func() {
		buf := make([]byte, 1<<16)
		for {
			n, err := server.Read(buf)
			if cut.Load() {
				p.lost.Add(1)
				client.Close()
				return
			}
			if n > 0 && !p.frozen.Load() {
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
		if n > 0 && !p.frozen.Load() {
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
