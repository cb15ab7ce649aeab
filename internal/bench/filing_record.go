package main

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"strconv"
	"sync"
)

// recorder stands between the door and the server and notes which statements go
// by. It understands of the protocol what lib/pq sends: simple queries, and
// statements that are parsed and bound.
type recorder struct {
	listener net.Listener
	server   string

	mu      sync.Mutex
	on      bool
	parsed  map[string]string // SQL by the statement's name
	columns []string          // of the answer under way
	heard   []*statement
}

// statement as it went over the wire, with the first row of its answer.
type statement struct {
	sql    string
	simple bool // a query without parameters, maybe several in one
	params []parameter
	row    map[string]string
}

type parameter struct {
	null, binary bool
	text         string
}

// eavesdrop stands before the server of a database; address is its own.
func eavesdrop(address string) (r *recorder, at string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, "", err
	}
	r = &recorder{server: u.Host, parsed: map[string]string{}}
	if r.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, "", err
	}
	u.Host = r.listener.Addr().String()
	go r.accept()
	return r, u.String(), nil
}

func (r *recorder) accept() {
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial("tcp", r.server)
		if err != nil {
			client.Close()
			continue
		}
		go relay(server, client, false, r.asked)
		go relay(client, server, true, r.answered)
	}
}

// relay passes messages on, each after it was noted. The first message of a client
// has no type before its length.
func relay(to, from net.Conn, typed bool, note func(kind byte, body []byte)) {
	defer to.Close()
	for {
		head := make([]byte, 5)
		if !typed {
			head = head[:4]
		}
		if _, err := io.ReadFull(from, head); err != nil {
			return
		}
		body := make([]byte, max(0, int(binary.BigEndian.Uint32(head[len(head)-4:]))-4))
		if _, err := io.ReadFull(from, body); err != nil {
			return
		}
		if typed {
			note(head[0], body)
		}
		typed = true
		if _, err := to.Write(append(head, body...)); err != nil {
			return
		}
	}
}

// listen notes what goes by while fn runs.
func (r *recorder) listen(fn func() error) ([]*statement, error) {
	r.turn(true)
	err := fn()
	return r.turn(false), err
}

func (r *recorder) turn(on bool) []*statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	heard := r.heard
	r.on, r.heard = on, nil
	return heard
}

func (r *recorder) asked(kind byte, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch kind {
	case 'Q':
		r.hear(&statement{sql: string(bytes.TrimRight(body, "\x00")), simple: true})
	case 'P':
		name, rest, _ := bytes.Cut(body, []byte{0})
		sql, _, _ := bytes.Cut(rest, []byte{0})
		r.parsed[string(name)] = string(sql)
	case 'B':
		_, rest, _ := bytes.Cut(body, []byte{0}) // the portal
		name, rest, _ := bytes.Cut(rest, []byte{0})
		r.hear(&statement{sql: r.parsed[string(name)], params: parameters(rest)})
	}
}

func (r *recorder) hear(s *statement) {
	if r.on {
		r.heard = append(r.heard, s)
	}
}

// parameters reads the formats and the values of a Bind message. One format is
// that of all values, none means text.
func parameters(body []byte) []parameter {
	in := wireReader{body}
	formats := make([]int, in.short())
	for i := range formats {
		formats[i] = in.short()
	}
	params := make([]parameter, in.short())
	for i := range params {
		if len(formats) > 0 {
			params[i].binary = formats[min(i, len(formats)-1)] == 1
		}
		params[i].text, params[i].null = in.value()
	}
	return params
}

func (r *recorder) answered(kind byte, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	in := wireReader{body}
	switch kind {
	case 'T':
		r.columns = make([]string, in.short())
		for i := range r.columns {
			name, rest, _ := bytes.Cut(in.left, []byte{0})
			r.columns[i], in.left = string(name), rest[18:] // table, type and format
		}
	case 'D':
		if len(r.heard) == 0 || r.heard[len(r.heard)-1].row != nil {
			return
		}
		row := map[string]string{}
		for i := range in.short() {
			name := strconv.Itoa(i)
			if i < len(r.columns) {
				name = r.columns[i]
			}
			row[name], _ = in.value()
		}
		r.heard[len(r.heard)-1].row = row
	}
}

// wireReader reads numbers and values in the order of the network.
type wireReader struct{ left []byte }

func (w *wireReader) short() int {
	n := binary.BigEndian.Uint16(w.left)
	w.left = w.left[2:]
	return int(n)
}

func (w *wireReader) value() (text string, null bool) {
	n := int32(binary.BigEndian.Uint32(w.left))
	w.left = w.left[4:]
	if n < 0 {
		return "", true
	}
	text = string(w.left[:n])
	w.left = w.left[n:]
	return text, false
}
