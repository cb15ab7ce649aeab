package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// The page that is measured most: the longest charter of the four.
const (
	charterTown = "klaipeda"
	charterPath = "/lt/charter"
)

// contender answers the same page as the others.
type contender struct {
	*process
	asked []byte
	used  sample // processor time of a request in microseconds, by run
}

// fromCache compares what a page from the cache costs with what it costs
// others, and weighs the pages.
func (b *bench) fromCache(ctx context.Context) (err error) {
	var running []*process
	defer func() {
		for _, p := range running {
			err = errors.Join(err, p.stop())
		}
	}()
	start := func(database string) (*contender, *service, error) {
		s, err := b.serve(ctx, database, 64)
		if err != nil {
			return nil, nil, err
		}
		running = append(running, s.process)
		return &contender{process: s.process, asked: request(s.host(charterTown), charterPath)}, s, nil
	}
	small, first, err := start(few)
	if err != nil {
		return err
	}
	large, _, err := start(many)
	if err != nil {
		return err
	}
	answer, err := record(first)
	if err != nil {
		return err
	}
	p, err := b.bare(answer)
	if err != nil {
		return err
	}
	running = append(running, p)
	bare := &contender{process: p, asked: small.asked}
	all := []*contender{small, large, bare}
	var nginx *contender
	p, nginxErr := b.nginx(ctx, answer, charterPath)
	if nginxErr == nil {
		running = append(running, p)
		nginx = &contender{process: p, asked: small.asked}
		all = append(all, nginx)
	}
	if err := b.race(ctx, all); err != nil {
		return err
	}
	b.reportCached(small, large, bare, nginx, nginxErr)
	return b.weigh(first)
}

// record takes the page as it comes from the cache.
func record(s *service) (recorded, error) {
	v, err := visit(s.addr)
	if err != nil {
		return recorded{}, err
	}
	defer v.close()
	if _, err := v.ok(s.host(charterTown), charterPath); err != nil {
		return recorded{}, err
	}
	p, err := v.ok(s.host(charterTown), charterPath)
	if err != nil {
		return recorded{}, err
	}
	if p.header.Get("Content-Encoding") != "gzip" {
		return recorded{}, fmt.Errorf("%s is not compressed", charterPath)
	}
	p.header.Del("Date") // each server writes its own
	return recorded{p.header, p.body}, nil
}

// slices of a run: the shorter they are, the more alike is what else the machine
// does during the slices of two contenders.
const slicesOfRun = 6

// race lets the contenders answer in turns. The first round warms them and does
// not count.
func (b *bench) race(ctx context.Context, all []*contender) error {
	for run := -1; run < b.runs; run++ {
		used := make([]time.Duration, len(all))
		for slice := range slicesOfRun {
			for i := range all {
				at := (i + slice) % len(all) // nobody is always the first
				took, err := all[at].answer(ctx, b.hits/slicesOfRun)
				if err != nil {
					return err
				}
				used[at] += took
			}
		}
		for i, c := range all {
			if run >= 0 {
				c.used = append(c.used, float64(used[i].Nanoseconds())/1000/float64(b.hits))
			}
		}
	}
	return nil
}

// answer tells how much processor time n requests took.
func (c *contender) answer(ctx context.Context, n int) (time.Duration, error) {
	before, err := processorTime(c.pid())
	if err != nil {
		return 0, err
	}
	if err := hammer(ctx, c.addr, c.asked, n); err != nil {
		return 0, err
	}
	after, err := processorTime(c.pid())
	return after - before, err
}

func (b *bench) reportCached(small, large, bare, nginx *contender, nginxErr error) {
	each := func(c *contender, name string) string {
		return fmt.Sprintf("%.1f µs of %s against %.1f µs of ours", c.used.median(), name, small.used.median())
	}
	b.table.add(figure{
		what: "cached charter page against a bare handler, by processor time", runs: bare.used.over(small.used), digits: 2,
		aim: 0.9, atLeast: true, note: each(bare, "the bare handler"),
	})
	static := "… against nginx with gzip_static, by processor time"
	if nginx == nil {
		b.table.lacking(static, nginxErr)
	} else {
		b.table.add(figure{
			what: static, runs: nginx.used.over(small.used), digits: 2, aim: 0.45, atLeast: true, note: each(nginx, "nginx"),
		})
	}
	b.table.add(figure{
		what: fmt.Sprintf("… at %d towns against %d, by processor time", b.towns, len(samples())), runs: large.used.over(small.used), unit: " times", digits: 2,
	})
}

// weigh adds up what a first visit to a page loads, compressed: the page, its
// style sheets and its scripts. Fonts and drawings count apart.
func (b *bench) weigh(s *service) error {
	v, err := visit(s.addr)
	if err != nil {
		return err
	}
	defer v.close()
	for _, page := range []struct{ slug, path string }{
		{"klaipeda", "/lt/"}, {"klaipeda", "/lt/charter"}, {"peshtera", "/bg/"}, {"peshtera", "/bg/charter"},
	} {
		host := s.host(page.slug)
		html, err := v.ok(host, page.path)
		if err != nil {
			return err
		}
		text, err := decompress(html.body)
		if err != nil {
			return err
		}
		parts, err := partsOf(text)
		if err != nil {
			return err
		}
		styles := 0
		for _, path := range parts {
			p, err := v.ok(host, path)
			if err != nil {
				return err
			}
			styles += len(p.body)
		}
		b.table.add(figure{
			what: "weight of " + page.slug + page.path + ", compressed, fonts apart", runs: sample{float64(len(html.body)+styles) / 1024},
			unit: " KB", digits: 1, aim: 30, note: fmt.Sprintf("the page itself %.1f KB", float64(len(html.body))/1024),
		})
	}
	return nil
}

// partsOf lists the style sheets and scripts of a page.
func partsOf(text []byte) (paths []string, err error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	for selector, attribute := range map[string]string{"link[rel=stylesheet]": "href", "script[src]": "src"} {
		doc.Find(selector).Each(func(_ int, e *goquery.Selection) {
			paths = append(paths, e.AttrOr(attribute, ""))
		})
	}
	if len(paths) < 2 {
		return nil, fmt.Errorf("found only %d style sheets and scripts", len(paths))
	}
	return paths, nil
}
