// Command bench is `make bench`: it measures, in one run and against something
// beside it wherever that is possible, what the design promises of speed and
// size. It prints a table and asserts nothing: whoever changes something compares
// two runs on the same machine.
//
// It starts a private PostgreSQL with three databases: `four` holds the four towns
// that come with the service, `many` holds those and towns from the country packs,
// and in `plain` psql runs the DDL that our provisioning is compared with. A fourth has
// the municipalities of two countries with their cases, when they are compared. The
// service is bin/charter itself, in a process of its own; where it says „in
// process“, it is opened in this one. pgbench repeats what a recorder has heard a
// filing send. Everything listens on the loopback, is bounded in number, and ends
// with this program.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are the flags.
type options struct {
	towns   int
	runs    int
	program string
	only    string
	clone   string

	// The sizes of one run.
	hits   int           // requests to the page cache, for each server
	pages  int           // uncached pages, for each number of towns
	idle   time.Duration // before memory is read
	dueFor time.Duration // for each due date

	fileFor time.Duration // for each way of filing
	open    int           // cases on the desk

	municipalities int // that are compared
	cases          int // of each of them
}

func main() {
	if recorded := os.Getenv(bareEnv); recorded != "" {
		fail(serveBare(recorded))
		return
	}
	o := options{hits: 36000, pages: 400, idle: 3 * time.Second, dueFor: 300 * time.Millisecond, fileFor: 5 * time.Second, open: 100_000, municipalities: 325, clone: "."}
	flag.IntVar(&o.towns, "towns", 325, "towns in the large database")
	flag.IntVar(&o.runs, "runs", 5, "interleaved runs that a median is of")
	flag.IntVar(&o.cases, "cases", 2000, "cases of each municipality that is compared")
	flag.StringVar(&o.program, "charter", "bin/charter", "the service's program")
	flag.StringVar(&o.only, "only", "", "measure only the parts whose name contains this")
	quick := flag.Bool("quick", false, "a look in half a minute: 40 towns, 2 short runs")
	flag.Parse()
	if *quick {
		o.towns, o.runs, o.hits, o.pages, o.idle = min(o.towns, 40), min(o.runs, 2), 8000, 100, time.Second
		o.fileFor, o.open = time.Second, 20_000
		o.municipalities, o.cases = 20, min(o.cases, 200)
	}
	// Each run makes two towns or more: one is timed whole, of one the DDL.
	if least := len(samples()) + 2*o.runs; o.runs < 1 || o.towns < least {
		fail(fmt.Errorf("-runs must be at least 1, and for %d runs -towns at least %d", o.runs, least))
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := measure(ctx, o)
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	stop()
	fail(err)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of everything.
type bench struct {
	options
	*place
	table  table
	secret string // of the services that take filings
	noise  sample // ms; see arithmetic
}

// measure does part after part; one that fails is named in the table and stops
// none of the others, but without towns there is nothing to measure.
func measure(ctx context.Context, o options) (err error) {
	began := time.Now()
	p, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	b := &bench{options: o, place: p, secret: newSecret()}
	say("provisioning %d towns, and the same by psql", o.towns)
	if err := b.provisioning(ctx); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"a migration with nothing to do", b.nothingToMigrate},
		{"starts, pages without the cache, memory", b.withoutCache},
		{"pages from the cache, and their weight", b.fromCache},
		{"filing cases", b.filing},
		{"the desk", b.desk},
		{"municipalities compared", b.compared},
		{"due dates", b.dueDates},
		{"the program", b.programSize},
	} {
		if ctx.Err() != nil {
			break
		}
		if !strings.Contains(part.name, o.only) {
			continue
		}
		say("%s", part.name)
		if err := part.do(ctx); err != nil {
			b.table.lacking(part.name, err)
		}
	}
	b.table.print(os.Stdout)
	fmt.Println(b.machine(ctx))
	fmt.Printf("Medians of %d interleaved runs with the lowest and the highest; the whole took %.0f s.\n", o.runs, time.Since(began).Seconds())
	return nil
}

// say tells how far we are, on standard error: the table alone is the output.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+" …\n", args...) }
