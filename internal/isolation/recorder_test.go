package isolation

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// recorder stands between the door and the server and reads along which statements
// go to it, with their arguments, and as whom.
type recorder struct {
	server string

	mu   sync.Mutex
	sent map[string]sent // by text
	n    int
}

// sent is one statement with the arguments it came with last in town A, and
// elsewhere if it was never sent there.
type sent struct {
	text string
	role string
	args []any
}

// record listens in front of a server and gives the address that leads through.
func record(t testing.TB, address string) (*recorder, string) {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	rec := &recorder{server: u.Host, sent: map[string]sent{}}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go rec.serve(c)
		}
	}()
	u.Host = l.Addr().String()
	return rec, u.String()
}

func (rec *recorder) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", rec.server)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		_, _ = io.Copy(client, server) // ends with either of the two
		client.Close()
	}()
	from := &talk{rec: rec, prepared: map[string]string{}}
	_, _ = io.Copy(io.MultiWriter(server, from), client)
}

// talk takes one connection's side of the talk apart.
type talk struct {
	rec      *recorder
	buf      bytes.Buffer
	begun    bool
	role     string
	prepared map[string]string // text by the name of the prepared statement
}

// Write takes the next bytes; whole messages are read as they are complete.
func (k *talk) Write(p []byte) (int, error) {
	k.buf.Write(p)
	for {
		b, head := k.buf.Bytes(), 5
		if !k.begun {
			head = 4 // the first message has no kind
		}
		if len(b) < head {
			return len(p), nil
		}
		size := int(binary.BigEndian.Uint32(b[head-4:])) + head - 4
		if len(b) < size {
			return len(p), nil
		}
		message := k.buf.Next(size)
		if k.begun {
			k.read(message[0], message[head:])
		}
		k.begun = true
	}
}

var setRole = regexp.MustCompile(`SET LOCAL ROLE "?(\w+)`)

func (k *talk) read(kind byte, body []byte) {
	switch kind {
	case 'Q':
		if m := setRole.FindSubmatch(body); m != nil {
			k.role = string(m[1])
		}
	case 'P':
		name, rest := text(body)
		k.prepared[name], _ = text(rest)
	case 'B':
		_, rest := text(body)
		name, rest := text(rest)
		k.rec.add(sent{k.prepared[name], k.role, arguments(rest)})
	}
}

// text reads what ends with a zero.
func text(b []byte) (string, []byte) {
	s, rest, _ := bytes.Cut(b, []byte{0})
	return string(s), rest
}

// arguments reads the values of a Bind: text as string, binary as bytes.
func arguments(b []byte) (args []any) {
	short := func() int {
		n := int(binary.BigEndian.Uint16(b))
		b = b[2:]
		return n
	}
	formats := make([]int, short())
	for i := range formats {
		formats[i] = short()
	}
	for i := range short() {
		n := int(int32(binary.BigEndian.Uint32(b)))
		b = b[4:]
		if n < 0 {
			args = append(args, nil)
			continue
		}
		format := 0
		switch {
		case len(formats) == 1:
			format = formats[0]
		case i < len(formats):
			format = formats[i]
		}
		if format == 1 {
			args = append(args, bytes.Clone(b[:n]))
		} else {
			args = append(args, string(b[:n]))
		}
		b = b[n:]
	}
	return args
}

func (rec *recorder) add(s sent) {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	rec.n++
	key := plain(s.text)
	if had, known := rec.sent[key]; known && had.role == "t_"+slugA && s.role != had.role {
		return
	}
	rec.sent[key] = s
}

// statements gives what was sent so far.
func (rec *recorder) statements() map[string]sent {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	all := map[string]sent{}
	for key, s := range rec.sent {
		all[key] = s
	}
	return all
}

// plain makes two writings of one statement alike.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
