package app

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/pg"
	"charterhouse/internal/pg/pgtest"
)

// In production the operator is told, by the doctor and at every start, when
// /metrics is kept by nothing but where a connection comes from.
func TestMetricsWithoutATokenAreToldOf(t *testing.T) {
	for name, c := range map[string]struct {
		environment, addr, token string
		told                     bool
	}{
		"open":             {config.Production, ":8080", "", true},
		"on one address":   {config.Production, "10.0.0.7:8080", "", true},
		"with a token":     {config.Production, ":8080", "0123456789abcdef", false},
		"on the loopback":  {config.Production, "127.0.0.1:8080", "", false},
		"on the loopback6": {config.Production, "[::1]:8080", "", false},
		"by name":          {config.Production, "localhost:8080", "", false},
		"development":      {config.Development, ":8080", "", false},
	} {
		s := &config.Settings{Environment: c.environment, HTTPAddr: c.addr, MetricsToken: config.Secret(c.token)}
		f := lookAtMetrics(s)
		if told := f.State == Note; told != c.told || told && !strings.Contains(f.Do, "CHARTER_METRICS_TOKEN") {
			t.Errorf("%s: %+v", name, f)
		}
		if strings.Contains(f.Finding+f.Do, "0123456789abcdef") {
			t.Errorf("%s: the token is told", name)
		}
	}
	db := pgtest.Prepared(t, "four-towns", func(db *pgtest.Database) error {
		return Prepare(context.Background(), testSettings(db), config.Secret(db.SuperURL), io.Discard)
	})
	s := testSettings(db)
	s.Environment, s.HTTPAddr = config.Production, ":8080"
	h, err := newHouse(s)
	well(t, err)
	door, err := pg.Open(t.Context(), h.options(s.DatabaseURL, 2))
	well(t, err)
	t.Cleanup(func() { door.Close() })
	for _, addr := range []string{":8080", "127.0.0.1:8080"} {
		s.HTTPAddr = addr
		said := &strings.Builder{}
		well(t, h.startUp(t.Context(), door, slog.New(slog.NewTextHandler(said, nil))))
		if told := strings.Contains(said.String(), "/metrics"); told != (addr == ":8080") {
			t.Errorf("at a start on %s the log says\n%s", addr, said)
		}
	}
}
