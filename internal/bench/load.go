package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// visitor is one reader's connection, kept open.
type visitor struct {
	conn net.Conn
	in   *bufio.Reader
}

func visit(addr string) (*visitor, error) {
	conn, err := net.DialTimeout("tcp", addr, 5*time.Second)
	if err != nil {
		return nil, err
	}
	return &visitor{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

func (v *visitor) close() { v.conn.Close() }

// page is an answer as it came over the wire: the body is compressed.
type page struct {
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// request is what a browser sends, as far as it matters.
func request(host, path string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" +
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" +
		"Accept-Language: lt,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n")
}

// get asks for a page and reads it whole.
func (v *visitor) get(host, path string) (page, error) {
	if err := v.conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return page{}, err
	}
	began := time.Now()
	if _, err := v.conn.Write(request(host, path)); err != nil {
		return page{}, err
	}
	r, err := http.ReadResponse(v.in, nil)
	if err != nil {
		return page{}, err
	}
	body, err := io.ReadAll(r.Body)
	return page{r.StatusCode, r.Header, body, time.Since(began)}, err
}

// ok is get that takes nothing but a page.
func (v *visitor) ok(host, path string) (page, error) {
	p, err := v.get(host, path)
	if err == nil && p.status != http.StatusOK {
		err = fmt.Errorf("http://%s%s answers %d", host, path, p.status)
	}
	return p, err
}

const readers = 32

// hammer asks n times for the same page, over several connections, one request
// at a time on each. It reads answers by their length, which is always the same,
// so that the asking takes little of the machine.
func hammer(ctx context.Context, addr string, asked []byte, n int) error {
	errs := make(chan error, readers)
	var all sync.WaitGroup
	for range readers {
		all.Go(func() { errs <- ask(ctx, addr, asked, n/readers) })
	}
	all.Wait()
	close(errs)
	var err error
	for e := range errs {
		err = errors.Join(err, e)
	}
	return err
}

func ask(ctx context.Context, addr string, asked []byte, n int) error {
	v, err := visit(addr)
	if err != nil {
		return err
	}
	defer v.close()
	if err := v.conn.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		return err
	}
	if _, err := v.conn.Write(asked); err != nil {
		return err
	}
	first, err := whole(v.in)
	if err != nil {
		return err
	}
	end := first[max(0, len(first)-32):]
	got := make([]byte, len(first))
	for i := 1; i < n; i++ {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := v.conn.Write(asked); err != nil {
			return err
		}
		if _, err := io.ReadFull(v.in, got); err != nil {
			return err
		}
		if !bytes.HasPrefix(got, []byte("HTTP/1.1 200 ")) || !bytes.HasSuffix(got, end) {
			return fmt.Errorf("%s: answer %d is another than the first", addr, i)
		}
	}
	return nil
}

// whole reads one answer as it is, head and body.
func whole(in *bufio.Reader) ([]byte, error) {
	var got []byte
	length := -1
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		got = append(got, line...)
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return nil, err
			}
		}
		if line == "\r\n" {
			break
		}
	}
	if length < 0 {
		return nil, errors.New("an answer without Content-Length")
	}
	head := len(got)
	got = append(got, make([]byte, length)...)
	_, err := io.ReadFull(in, got[head:])
	return got, err
}
