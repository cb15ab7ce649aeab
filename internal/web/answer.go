package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// answer is a finished response: what the page cache keeps and what is written.
// It is immutable, and its header values are slices already, so that a hit
// allocates nothing for them.
type answer struct {
	status int
	// gz is the body compressed; raw is set instead where compression is not
	// worth it.
	gz, raw []byte
	size    int // of the body as it is

	contentType []string
	etag        []string // of the form that is stored
	etagPlain   []string // of the decompressed form: another representation
	length      []string
	control     []string
	disposition []string
	location    []string
	secret      bool
	// stream is the body instead, of a file that is sent as it is read.
	stream *stream
}

// Values of headers that never change.
var (
	headerGzip       = []string{"gzip"}
	headerVary       = []string{"Accept-Encoding"}
	headerRevalidate = []string{"no-cache"}
	headerNoStore    = []string{"no-store"}
	headerImmutable  = []string{"public, max-age=31536000, immutable"}
)

// worthCompressing is the size below which gzip gains no packet.
const worthCompressing = 860

// press makes answers and takes their compressed bodies apart again. What is sent
// to one reader only is compressed in haste.
type press struct{ careful, hasty, readers sync.Pool }

func newPress() *press {
	p := &press{}
	p.readers.New = func() any { return new(gzip.Reader) }
	p.careful.New, p.hasty.New = writer(6), writer(1)
	return p
}

func writer(level int) func() any {
	return func() any {
		w, err := gzip.NewWriterLevel(io.Discard, level)
		if err != nil {
			panic(err) // the level is a constant in range
		}
		return w
	}
}

func (p *press) answer(status int, contentType string, body []byte, keep caching) *answer {
	a := &answer{status: status, size: len(body), contentType: []string{contentType}}
	switch keep {
	case revalidate:
		a.control = headerRevalidate
	case noStore:
		a.control = headerNoStore
	case immutable:
		a.control = headerImmutable
	}
	a.raw = body
	if len(body) >= worthCompressing {
		writers := &p.careful
		if keep == noStore {
			writers = &p.hasty
		}
		a.gz, a.raw = compress(body, writers), nil
	}
	if keep != noStore {
		sum := sha256.Sum256(body)
		tag := base64.RawURLEncoding.EncodeToString(sum[:12])
		a.etagPlain = []string{`"` + tag + `"`}
		a.etag = a.etagPlain
		if a.gz != nil {
			a.etag = []string{`"` + tag + `-g"`}
		}
	}
	a.length = []string{strconv.Itoa(len(a.gz) + len(a.raw))}
	return a
}

func compress(body []byte, writers *sync.Pool) []byte {
	var buf bytes.Buffer
	buf.Grow(len(body)/3 + 64)
	w := writers.Get().(*gzip.Writer)
	defer writers.Put(w)
	w.Reset(&buf)
	// A bytes.Buffer does not fail.
	_, _ = w.Write(body)
	_ = w.Close()
	return bytes.Clone(buf.Bytes())
}

// body gives the bytes as they are, decompressed where needed.
func (p *press) body(a *answer) ([]byte, error) {
	if a.gz == nil {
		return a.raw, nil
	}
	r := p.readers.Get().(*gzip.Reader)
	defer p.readers.Put(r)
	if err := r.Reset(bytes.NewReader(a.gz)); err != nil {
		return nil, err
	}
	buf := bytes.NewBuffer(make([]byte, 0, a.size))
	_, err := io.Copy(buf, r)
	return buf.Bytes(), err
}

// write sends the answer: 304 where the reader has it, compressed where the
// reader takes gzip. It gives the status and the number of body bytes; a status
// of zero means that nothing was sent.
func (p *press) write(a *answer, w http.ResponseWriter, r *http.Request) (status, sent int, err error) {
	if a.stream != nil {
		return a.stream.write(a, w, r)
	}
	h := w.Header()
	h["Cache-Control"] = a.control
	body, etag, length := a.raw, a.etag, a.length
	if a.gz != nil {
		h["Vary"] = headerVary
		if acceptsGzip(r.Header["Accept-Encoding"]) {
			h["Content-Encoding"] = headerGzip
			body = a.gz
		} else {
			if body, err = p.body(a); err != nil {
				return 0, 0, err
			}
			etag, length = a.etagPlain, []string{strconv.Itoa(a.size)}
		}
	}
	if etag != nil {
		h["Etag"] = etag
		if a.status == http.StatusOK && matches(r.Header["If-None-Match"], etag[0]) {
			delete(h, "Content-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return http.StatusNotModified, 0, nil
		}
	}
	h["Content-Type"] = a.contentType
	h["Content-Length"] = length
	if a.disposition != nil {
		h["Content-Disposition"] = a.disposition
	}
	if a.location != nil {
		h["Location"] = a.location
	}
	w.WriteHeader(a.status)
	if r.Method == http.MethodHead {
		return a.status, 0, nil
	}
	sent, err = w.Write(body)
	return a.status, sent, err
}

// matches compares an If-None-Match list with one entity tag, weakly as
// RFC 9110 section 13.1.2 says.
func matches(values []string, etag string) bool {
	for _, v := range values {
		for v != "" {
			var one string
			one, v, _ = strings.Cut(v, ",")
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == etag || one == "*" {
				return true
			}
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding: gzip or *, unless its weight is zero.
func acceptsGzip(values []string) bool {
	any := false
	for _, v := range values {
		for v != "" {
			var one string
			one, v, _ = strings.Cut(v, ",")
			name, weight, _ := strings.Cut(one, ";")
			name = strings.TrimSpace(name)
			if name != "*" && !strings.EqualFold(name, "gzip") && !strings.EqualFold(name, "x-gzip") {
				continue
			}
			ok := !zeroWeight(weight)
			if name != "*" {
				return ok
			}
			any = ok
		}
	}
	return any
}

// zeroWeight tells whether a parameter says q=0, q=0.0, …: not acceptable.
func zeroWeight(weight string) bool {
	weight = strings.ReplaceAll(weight, " ", "")
	q, found := strings.CutPrefix(strings.ToLower(weight), "q=0")
	return found && strings.Trim(q, ".0") == ""
}
