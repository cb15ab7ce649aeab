package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/deadline"
)

// metric reads one figure that the service tells of itself.
func (t *tour) metric(name string) (float64, error) {
	p, err := t.visitor.ok("localhost", "/metrics")
	if err != nil {
		return 0, err
	}
	text := p.body
	if p.header.Get("Content-Encoding") == "gzip" {
		if text, err = decompress(text); err != nil {
			return 0, err
		}
	}
	for line := range strings.Lines(string(text)) {
		if value, found := strings.CutPrefix(line, name+" "); found {
			return strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
	}
	return 0, fmt.Errorf("/metrics has no %s", name)
}

// dueDates counts a term of twenty working days over the end of a year, which is
// what a case does when it is received.
func (b *bench) dueDates(context.Context) error {
	received, err := deadline.ParseDate("2025-12-10")
	if err != nil {
		return err
	}
	term, err := deadline.ParseTerm("20 working days")
	if err != nil {
		return err
	}
	for _, country := range []string{"lt", "bg"} {
		calendar, err := deadline.Compile(b.packs[country].Calendar)
		if err != nil {
			return err
		}
		due := func() { calendar.Due(received, true, deadline.NextWorkingDay, term) }
		var took sample
		for range b.runs {
			took = append(took, nanoseconds(b.dueFor, due))
		}
		b.table.add(figure{
			what: "a due date without explanation, " + country + ", 20 working days", runs: took, unit: " ns", aim: 1000,
		})
		b.table.add(figure{what: "… allocations", runs: sample{testing.AllocsPerRun(1000, due)}, exact: true})
	}
	return nil
}

// nanoseconds of one call, repeated for about that long.
func nanoseconds(about time.Duration, fn func()) float64 {
	n, began := 0, time.Now()
	for time.Since(began) < about {
		for range 10000 {
			fn()
		}
		n += 10000
	}
	return float64(time.Since(began).Nanoseconds()) / float64(n)
}

func (b *bench) programSize(context.Context) error {
	info, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		return errors.New("it is empty")
	}
	b.table.add(figure{what: "size of the program", runs: sample{float64(info.Size()) / megabyte}, unit: " MB", digits: 1, aim: 40})
	return nil
}
