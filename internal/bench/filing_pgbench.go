package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"charterhouse/internal/pg/embedded"
)

// strikingCounters are statements of a superuser after which the numbers that a
// filing in the schema is given are known by their looks.
const strikingCounters = `
SELECT setval(pg_get_serial_sequence('%[1]s.case_receipts', 'id'), 71234567);
SELECT setval(pg_get_serial_sequence('%[1]s.case_events', 'id'), 72345678);
SELECT setval(pg_get_serial_sequence('%[1]s.mails', 'id'), 73456789);
INSERT INTO %[1]s.case_counters (year, last) VALUES (%[2]d, 74567890) ON CONFLICT (year) DO UPDATE SET last = excluded.last;
UPDATE %[1]s.audit_head SET seq = 75678901;`

// pgbench repeats what filings in some towns did.
type pgbench struct {
	program string
	scripts []string // file names
	given   []string // name=value
	env     []string
}

// rehearse files one case in each town, and writes down for pgbench what went to
// the server.
func (b *bench) rehearse(ctx context.Context, database string, towns []town) (*pgbench, error) {
	p, err := b.findPgbench(database)
	if err != nil {
		return nil, err
	}
	super, err := b.superOf(database)
	if err != nil {
		return nil, err
	}
	defer super.Close()
	r, address, err := eavesdrop(b.server.ServiceURL(database))
	if err != nil {
		return nil, err
	}
	defer r.listener.Close()
	w, err := b.openWindow(ctx, address, towns)
	if err != nil {
		return nil, err
	}
	defer w.Close()
	for i, t := range w.towns {
		// The first filing of all leaves rules behind that later ones share.
		if err := w.file(ctx, t); err != nil {
			return nil, err
		}
		if _, err := super.ExecContext(ctx, fmt.Sprintf(strikingCounters, t.realm.Name(), time.Now().Year())); err != nil {
			return nil, err
		}
		heard, err := r.listen(func() error { return w.file(ctx, t) })
		if err != nil {
			return nil, err
		}
		s, err := newScript(fmt.Sprintf("t%d", i), heard)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(b.dir, t.realm.Name()+".pgbench")
		if err := os.WriteFile(file, []byte(s.text.String()), 0o600); err != nil {
			return nil, err
		}
		for _, v := range s.given {
			p.given = append(p.given, v.name+"="+v.value)
		}
		p.scripts = append(p.scripts, file)
	}
	return p, nil
}

func (b *bench) findPgbench(database string) (*pgbench, error) {
	programs, err := embedded.Find(b.clone, 0)
	if err != nil {
		return nil, err
	}
	p := &pgbench{program: filepath.Join(programs.Bin, "pgbench")}
	if !there(p.program) {
		if p.program, err = exec.LookPath("pgbench"); err != nil {
			return nil, errors.New("pgbench is not installed")
		}
	}
	u, err := url.Parse(b.server.ServiceURL(database))
	if err != nil {
		return nil, err
	}
	password, _ := u.User.Password()
	p.env = append(os.Environ(), "PGHOST="+u.Hostname(), "PGPORT="+u.Port(), "PGUSER="+u.User.Username(), "PGPASSWORD="+password,
		"PGDATABASE="+database, "PGSSLMODE=disable", "PGTZ=UTC")
	return p, nil
}

var (
	processed = regexp.MustCompile(`number of transactions actually processed: (\d+)`)
	progress  = regexp.MustCompile(`progress: ([0-9.]+) s, ([0-9.]+) tps`)
)

// warmUp is how long pgbench works before it counts: its connections are new each
// time, and what a connection must first read about each town's tables would
// count for us.
const warmUp = 2 * time.Second

// run lets pgbench work for a while, choosing among the towns at random. The
// stint's rate is that of the seconds after warming up; done tells all of it.
func (p *pgbench) run(ctx context.Context, clients int, d time.Duration) (stint, error) {
	args := []string{"-n", "-M", "extended", "-c", strconv.Itoa(clients), "-j", strconv.Itoa(min(clients, 2)), "-P", "1",
		"-T", strconv.Itoa(int((warmUp + d).Seconds()))}
	for _, file := range p.scripts {
		args = append(args, "-f", file)
	}
	for _, variable := range p.given {
		args = append(args, "-D", variable)
	}
	cmd := exec.CommandContext(ctx, p.program, args...)
	cmd.Env = p.env
	out, err := cmd.CombinedOutput()
	n := processed.FindSubmatch(out)
	if err != nil || n == nil {
		return stint{}, fmt.Errorf("pgbench: %w: %.2000s", err, out)
	}
	done, err := strconv.Atoi(string(n[1]))
	if err != nil {
		return stint{}, err
	}
	var seconds sample
	for _, line := range progress.FindAllSubmatch(out, -1) {
		at, err1 := strconv.ParseFloat(string(line[1]), 64)
		rate, err2 := strconv.ParseFloat(string(line[2]), 64)
		if err := errors.Join(err1, err2); err != nil {
			return stint{}, err
		}
		if at > warmUp.Seconds()+0.5 { // the line about the first second that counts
			seconds = append(seconds, rate)
		}
	}
	if len(seconds) == 0 {
		return stint{}, fmt.Errorf("pgbench tells of no second: %.2000s", out)
	}
	return stint{done: done, rate: seconds.mean()}, nil
}
