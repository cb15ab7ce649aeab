package torture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// client is one citizen's browser, on whatever instance answers.
type client struct {
	http *http.Client
	host string
	from string // its address, as the proxy in front would tell
}

// citizens numbers the clients, so that each comes from an address of its own.
var citizens atomic.Uint32

// newClient dials whatever addr gives at the moment.
func newClient(slug string, addr func() string) *client {
	n := citizens.Add(1)
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, addr())
	}
	return &client{
		http: &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}, Timeout: 20 * time.Second},
		host: slug + ".localhost", from: fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255),
	}
}

func (c *client) do(method, path, contentType string, body []byte) (status int, text string, err error) {
	req, err := http.NewRequest(method, "http://"+c.host+path, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("X-Forwarded-For", c.from)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", contentType)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), err
}

// form is what a citizen has filled in and may send any number of times.
type form struct {
	path  string
	typed url.Values
	files map[string][]byte
}

// open gets the empty form of a kind and fills it in; body tells it apart.
func (c *client) open(lang, kind, body string, pictures int) (form, error) {
	f := form{path: "/" + lang + "/submit/" + kind, files: map[string][]byte{}}
	status, page, err := c.do(http.MethodGet, f.path, "", nil)
	if err != nil {
		return f, err
	}
	if status != http.StatusOK {
		return f, fmt.Errorf("the form answers %d", status)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		return f, err
	}
	f.typed = url.Values{}
	doc.Find("form[method=post] input[type=hidden]").Each(func(_ int, in *goquery.Selection) {
		f.typed.Set(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	if f.typed.Get("nonce") == "" {
		return f, errors.New("the form has no nonce")
	}
	for name, value := range map[string]string{
		"title": "Neveikia šviestuvas", "body": body, "name": "Ona Onaitė", "reply_by": "email", "email": "ona@example.org", "lang": lang,
	} {
		f.typed.Set(name, value)
	}
	for i := range pictures {
		f.files[fmt.Sprintf("nuotrauka-%d.png", i+1)] = picture()
	}
	return f, nil
}

// picture is one that nobody has had before.
func picture() []byte {
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range img.Pix {
		img.Pix[i] = byte(rand.Uint32())
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // into memory
	return b.Bytes()
}

// receipt is what the citizen reads after filing.
type receipt struct{ number, code string }

var (
	numbers = regexp.MustCompile(`\p{Lu}{2,}-20\d\d-\d{4,}`)
	codes   = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-HJKMNP-TV-Z]\b`)
)

// send sends the form once. An error tells that the citizen was not told that it
// is received.
func (c *client) send(f form) (receipt, error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range f.typed {
		for _, v := range values {
			_ = w.WriteField(name, v) // into memory
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			return receipt{}, err
		}
		_, _ = part.Write(f.files[name])
	}
	if err := w.Close(); err != nil {
		return receipt{}, err
	}
	status, page, err := c.do(http.MethodPost, f.path, w.FormDataContentType(), b.Bytes())
	if err != nil {
		return receipt{}, err
	}
	if status != http.StatusOK {
		return receipt{}, &refused{status, page}
	}
	r := receipt{numbers.FindString(page), codes.FindString(page)}
	if r.number == "" || r.code == "" {
		return r, fmt.Errorf("a receipt without number or code:\n%s", page)
	}
	return r, nil
}

// refused is an answer that tells nobody "received".
type refused struct {
	status int
	page   string
}

func (e *refused) Error() string { return fmt.Sprintf("answered %d", e.status) }
