package app

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"charterhouse/config"
	"charterhouse/internal/charter"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/embedded"
)

// Finding is one thing that the doctor looked at.
type Finding struct {
	Subject string `json:"subject"`
	State   State  `json:"state"`
	Finding string `json:"finding"`
	Do      string `json:"do,omitempty"` // what the operator does about it
}

// State is how serious a finding is.
type State string

// The states. Missing keeps the service from starting in production; Note does
// not.
const (
	Good    State = "ok"
	Note    State = "note"
	Missing State = "missing"
)

// Doctor looks at everything the service needs and changes nothing. clone is
// where it looks for the private server's programs.
func Doctor(ctx context.Context, src config.Source, clone string) []Finding {
	loaded, err := config.Load(src)
	if err != nil {
		return append(complaints(err), lookAtPrograms(clone))
	}
	findings := []Finding{{Subject: "settings", State: Good, Finding: "valid; environment " + loaded.Environment}}
	for _, warning := range loaded.Warnings {
		findings = append(findings, Finding{Subject: "settings", State: Note, Finding: warning})
	}
	findings = append(findings,
		lookAtURL(ctx, "database", "CHARTER_DATABASE_URL", loaded.DatabaseURL, loaded.Environment),
		lookAtURL(ctx, "owner", "CHARTER_ADMIN_DATABASE_URL", loaded.AdminDatabaseURL, loaded.Environment),
		lookAtPrograms(clone),
		lookAtKey(&loaded.Settings),
		lookAtFiles(loaded.Files()),
		lookAtMail(&loaded.Settings),
		lookAtMetrics(&loaded.Settings),
	)
	findings = append(findings, lookAtZones()...)
	return append(findings, lookInside(ctx, &loaded.Settings)...)
}

// lookInside asks the database itself, where it can be reached.
func lookInside(ctx context.Context, s *config.Settings) []Finding {
	if s.DatabaseURL == "" {
		return nil
	}
	db, err := pg.Open(ctx, pg.Options{URL: s.DatabaseURL.Reveal(), Pool: 2, Clock: Clock(s)})
	if err != nil {
		return []Finding{{Subject: "database", State: Missing, Finding: err.Error(), Do: "correct CHARTER_DATABASE_URL, or run charter setup"}}
	}
	defer db.Close()
	states := map[pg.Level]State{pg.OK: Good, pg.Warn: Note, pg.Fail: Missing}
	var findings []Finding
	for _, f := range db.Check(ctx, pg.CheckOptions{Sets: sets(), Deep: true}) {
		findings = append(findings, Finding{Subject: f.Code, State: states[f.Level], Finding: f.Text, Do: f.Do})
	}
	return append(findings, lookAtSearch(ctx, db), lookAtJobs(ctx, db))
}

// lookAtSearch tells how the server finds inflected Bulgarian words.
func lookAtSearch(ctx context.Context, db *pg.DB) Finding {
	var hunspell bool
	err := db.Read(ctx, pg.Portal(), func(tx *pg.Tx) (err error) {
		hunspell, err = charter.SearchesBulgarianByDictionary(ctx, tx)
		return err
	})
	switch {
	case err != nil:
		return Finding{Subject: "search", State: Note, Finding: "not known: " + err.Error()}
	case hunspell:
		return Finding{Subject: "search", State: Good, Finding: "Bulgarian by a hunspell dictionary, Lithuanian by the stemmer"}
	}
	return Finding{Subject: "search", State: Good, Finding: "Bulgarian by trigrams, Lithuanian by the stemmer"}
}

// Sick tells whether anything is missing.
func Sick(findings []Finding) bool {
	for _, f := range findings {
		if f.State == Missing {
			return true
		}
	}
	return false
}

func complaints(err error) []Finding {
	var findings []Finding
	for line := range strings.Lines(err.Error()) {
		findings = append(findings, Finding{
			Subject: "settings", State: Missing, Finding: strings.TrimSpace(line), Do: "correct it; docs/configuration.md lists every setting",
		})
	}
	return findings
}

// lookAtURL asks only whether somebody answers there.
func lookAtURL(ctx context.Context, subject, variable string, address config.Secret, environment string) Finding {
	f := Finding{Subject: subject}
	if address == "" {
		f.State, f.Finding, f.Do = Missing, variable+" is not set", "set it, or start `charter demo`, which has a server of its own"
		if environment != config.Production {
			f.State = Note
		}
		return f
	}
	u, err := url.Parse(address.Reveal())
	if err != nil {
		return Finding{Subject: subject, State: Missing, Finding: variable + " is no address"}
	}
	if u.Hostname() == "" {
		return Finding{Subject: subject, State: Good, Finding: "set; over a socket"}
	}
	port := u.Port()
	if port == "" {
		port = "5432"
	}
	dialer := net.Dialer{Timeout: 3 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return Finding{Subject: subject, State: Missing, Finding: fmt.Sprintf("nobody answers at %s:%s", u.Hostname(), port), Do: "start PostgreSQL there, or correct " + variable}
	}
	conn.Close()
	if u.Query().Get("sslmode") == "" {
		return Finding{Subject: subject, State: Note, Finding: address.String() + " answers; sslmode is not written out", Do: "add ?sslmode=verify-full, or disable on the loopback"}
	}
	return Finding{Subject: subject, State: Good, Finding: address.String() + " answers"}
}

func lookAtPrograms(clone string) Finding {
	programs, err := embedded.Find(clone, 0)
	if err != nil {
		return Finding{Subject: "demo server", State: Note, Finding: "no PostgreSQL programs for `charter demo`", Do: err.Error()}
	}
	return Finding{Subject: "demo server", State: Good, Finding: fmt.Sprintf("PostgreSQL %d in %s", programs.Major, programs.Bin)}
}

func lookAtKey(s *config.Settings) Finding {
	if s.SecretKey != "" {
		return Finding{Subject: "secret key", State: Good, Finding: "set"}
	}
	f := Finding{Subject: "secret key", State: Note, Finding: "CHARTER_SECRET_KEY is not set", Do: "openssl rand -hex 32"}
	if s.Environment == config.Production {
		f.State = Missing
	}
	return f
}

// lookAtFiles finds the nearest directory that stands and asks whether we may
// write there.
func lookAtFiles(dir string) Finding {
	f := Finding{Subject: "files", State: Good, Finding: dir + " is writable"}
	at := dir
	for {
		if _, err := os.Stat(at); err == nil {
			break
		}
		if at == filepath.Dir(at) {
			break
		}
		at = filepath.Dir(at)
	}
	probe, err := os.CreateTemp(at, ".doctor-")
	if err != nil {
		return Finding{Subject: "files", State: Missing, Finding: at + " is not writable for this user", Do: "change its owner, or set CHARTER_FILES_DIR"}
	}
	probe.Close()
	os.Remove(probe.Name())
	if at != dir {
		f.Finding = dir + " will be made"
	}
	return f
}

func lookAtMail(s *config.Settings) Finding {
	if s.SMTPURL == "" {
		return Finding{Subject: "mail", State: Note, Finding: "no mail is sent: CHARTER_SMTP_URL is not set"}
	}
	return Finding{Subject: "mail", State: Good, Finding: s.SMTPURL.String()}
}

// lookAtMetrics tells who may read /metrics. Without a token it is whoever connects
// from this machine, which may be more than the operator thinks where the service
// can be reached from elsewhere: a proxy beside it that names no visitor, another
// container that shares the network.
func lookAtMetrics(s *config.Settings) Finding {
	f := Finding{Subject: "metrics", State: Good, Finding: "/metrics needs CHARTER_METRICS_TOKEN"}
	switch {
	case s.MetricsToken != "":
	case onLoopback(s.HTTPAddr):
		f.Finding = "/metrics answers this machine only, as the service does"
	case s.Environment == config.Production:
		f.State, f.Finding = Note, "CHARTER_METRICS_TOKEN is not set, and the service listens beyond this machine: /metrics is kept by the address of the connection alone"
		f.Do = "set CHARTER_METRICS_TOKEN (openssl rand -hex 32), or CHARTER_HTTP_ADDR to an address of the loopback"
	default:
		f.Finding = "/metrics answers direct connections from this machine"
	}
	return f
}

// onLoopback tells whether only this machine can reach what listens there.
func onLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func lookAtZones() []Finding {
	var findings []Finding
	for _, name := range []string{"Europe/Vilnius", "Europe/Sofia"} {
		if _, err := time.LoadLocation(name); err != nil {
			findings = append(findings, Finding{Subject: "time zones", State: Missing, Finding: name + " is unknown", Do: "install tzdata"})
		}
	}
	if len(findings) == 0 {
		findings = []Finding{{Subject: "time zones", State: Good, Finding: "Europe/Vilnius and Europe/Sofia are known"}}
	}
	return findings
}
