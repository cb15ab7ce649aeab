package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"charterhouse/internal/pg"
)

// counter is the form's way: the service in a process of its own, to which forms
// are posted as a browser does it. The tickets are made here, with the same secret
// key, so that a POST is all there is to a filing.
type counter struct {
	*service
	window *window
	from   atomic.Uint32 // how many have come: each from an address of its own
}

// counterSettings let us name the address that a form comes from, as a proxy does:
// the limit on how often one visitor files is another matter. Jobs run elsewhere,
// and letters wait for them, as they do in the window and for pgbench.
func (b *bench) counterSettings() []string {
	return []string{"CHARTER_SECRET_KEY=" + b.secret, "CHARTER_SMTP_URL=" + mailServer, "CHARTER_RUN_JOBS=false", "CHARTER_TRUSTED_PROXIES=127.0.0.1",
		"CHARTER_DATA_DIR=" + filepath.Join(b.dir, "data")}
}

// openCounter starts the service and files once in each town.
func (b *bench) openCounter(ctx context.Context, database string, w *window) (*counter, error) {
	s, err := b.serve(ctx, database, 64, b.counterSettings()...)
	if err != nil {
		return nil, err
	}
	c := &counter{service: s, window: w}
	v, err := visit(s.addr)
	if err == nil {
		defer v.close()
		for _, t := range w.towns {
			if err = c.post(v, t); err != nil {
				break
			}
		}
	}
	if err != nil {
		_ = s.stop() // why it is of no use says more
		return nil, err
	}
	return c, nil
}

// post files one case by a form, and takes nothing but the receipt.
func (c *counter) post(v *visitor, t *filingTown) error {
	ticket, err := t.known.Ticket(time.Now())
	if err != nil {
		return err
	}
	f := complaint(t.lang)
	body := url.Values{
		"title": {f.Title}, "body": {f.Body}, "name": {f.Person.Name}, "email": {f.Person.Email}, "reply_by": {string(f.Person.ReplyBy)},
		"lang": {f.Lang}, "nonce": {ticket},
	}.Encode()
	n := c.from.Add(1)
	asked := fmt.Sprintf("POST /%s/submit/%s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: 10.%d.%d.%d\r\nSec-Fetch-Site: same-origin\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s",
		t.lang, f.Kind, c.host(t.slug), n>>16&255, n>>8&255, n&255, len(body), body)
	if err := v.conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return err
	}
	if _, err := v.conn.Write([]byte(asked)); err != nil {
		return err
	}
	answer, err := whole(v.in)
	if err != nil {
		return err
	}
	if line, _, _ := strings.Cut(string(answer), "\r\n"); !strings.HasPrefix(line, fmt.Sprintf("HTTP/1.1 %d ", http.StatusOK)) {
		return fmt.Errorf("a filing in %s is answered with %q", t.slug, line)
	}
	return nil
}

// anywhere posts forms to towns at random.
func (c *counter) anywhere(ctx context.Context, clients int, d time.Duration) stint {
	visitors := make([]*visitor, clients)
	for i := range visitors {
		v, err := visit(c.addr)
		if err != nil {
			return stint{failed: 1, why: err}
		}
		defer v.close()
		visitors[i] = v
	}
	return toil(ctx, clients, d, func(client int) error {
		return c.post(visitors[client], c.window.towns[rand.IntN(len(c.window.towns))])
	})
}

// tally counts the rows of the tables that a filing writes to, in some towns.
type tally map[string]int64

// tallyOf asks the catalogue for the tables: whatever a filing comes to write is
// counted too.
func (b *bench) tallyOf(ctx context.Context, database string, realms []pg.Realm) (tally, error) {
	db, err := b.superOf(database)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	sum := tally{}
	for _, r := range realms {
		var tables string
		err := db.QueryRowContext(ctx, "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = '"+
			r.Name()+"'::regnamespace").Scan(&tables)
		if err != nil {
			return nil, err
		}
		for _, table := range strings.Fields(tables) {
			var n int64
			if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+r.Name()+"."+table).Scan(&n); err != nil {
				return nil, err
			}
			sum[table] += n
		}
	}
	return sum, nil
}

// since gives how many rows came to each table for each of n filings.
func (t tally) since(before tally, n int) map[string]float64 {
	each := map[string]float64{}
	for table, rows := range t {
		if rows != before[table] {
			each[table] = float64(rows-before[table]) / float64(n)
		}
	}
	return each
}
