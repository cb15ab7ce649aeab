package admin_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
)

const cases = "/lt/admin/cases"

// filing is a case as the desk of the tests enters it.
func filing(kind string) casework.Filing {
	return casework.Filing{
		Kind: kind, Lang: "lt", Title: "Duobė Liepų gatvėje", Body: "Prie 11 namo atsivėrė duobė.",
		Person: casework.Person{Name: "Jonas Jonaitis", Email: "jonas@example.lt", ReplyBy: casework.ByEmail},
	}
}

// received enters a case and gives its number. change may be nil.
func (o *office) received(kind, on string, change func(*casework.Filing)) (number string) {
	o.t.Helper()
	day, err := deadline.ParseDate(on)
	sure(o.t, err)
	f := filing(kind)
	if change != nil {
		change(&f)
	}
	o.write(func(tx *pg.Tx) error {
		town, err := o.desk.Read(o.t.Context(), tx)
		if err != nil {
			return err
		}
		if f.Ticket, err = town.Ticket(tx.Now); err != nil {
			return err
		}
		r, err := town.Register(o.t.Context(), tx, casework.Officer{Actor: audit.Operator()}, f, casework.Arrival{Channel: "email", ReceivedOn: day})
		if err == nil {
			number = r.Case.Number
		}
		return err
	})
	return number
}

// stands gives a case as the database has it.
func (o *office) stands(number string) (c *casework.Case) {
	o.t.Helper()
	o.write(func(tx *pg.Tx) (err error) {
		c, err = casework.Find(o.t.Context(), tx, number)
		return err
	})
	return c
}

// act sends the form of an act as its page gives it.
func (o *office) act(number, path string, pairs ...string) got {
	o.t.Helper()
	at := o.path("/admin/cases/" + url.PathEscape(number) + "/" + path)
	return o.post(at, o.fill(at, "/"+path, pairs...))
}

// acts is act that must be done.
func (o *office) acts(number, path string, pairs ...string) *casework.Case {
	o.t.Helper()
	g := o.act(number, path, pairs...)
	if g.StatusCode != http.StatusSeeOther {
		o.t.Fatalf("%s: %d\n%s", path, g.StatusCode, g.text())
	}
	return o.stands(number)
}

// upload sends a form with one file.
func (o *office) upload(path string, form url.Values, name, content string) got {
	o.t.Helper()
	body := &bytes.Buffer{}
	w := multipart.NewWriter(body)
	// The nonce comes before the files.
	sure(o.t, w.WriteField("nonce", form.Get("nonce")))
	for field, values := range form {
		for _, v := range values {
			if field != "nonce" {
				sure(o.t, w.WriteField(field, v))
			}
		}
	}
	part, err := w.CreateFormFile("files", name)
	sure(o.t, err)
	_, err = io.WriteString(part, content)
	sure(o.t, err)
	sure(o.t, w.Close())
	request, err := http.NewRequestWithContext(context.WithoutCancel(o.t.Context()), http.MethodPost, "http://"+o.host+path, body)
	sure(o.t, err)
	request.Header.Set("Content-Type", w.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Cookie", o.cookie)
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, o.addr)
		}},
	}
	answer, err := client.Do(request)
	sure(o.t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	sure(o.t, err)
	page, err := goquery.NewDocumentFromReader(strings.NewReader(string(raw)))
	sure(o.t, err)
	return got{answer, string(raw), page}
}

// colleague signs in beside whoever is there.
func (o *office) colleague(email string, roles ...access.Role) *office {
	o.t.Helper()
	other := *o
	other.cookie = ""
	other.hire(email, roles...)
	other.takes(other.signIn(email, officePassword))
	return &other
}

// rows are the numbers of the cases of a list, in their order.
func (g got) rows() (all []string) {
	g.Find(".queue tbody tr:not(.grp) th .sub").Each(func(_ int, s *goquery.Selection) {
		number, _, _ := strings.Cut(s.Text(), " ")
		all = append(all, strings.TrimPrefix(number, "KL-2026-00"))
	})
	return all
}

const onePDF = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// officer is an office where one who handles cases sits.
func officerIn(t testing.TB) *office {
	o := openOffice(t, demoMail)
	o.hire(ona, access.Officer)
	o.takes(o.signIn(ona, officePassword))
	return o
}
