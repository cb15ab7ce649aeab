package config

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func load(t *testing.T, environ ...string) *Loaded {
	t.Helper()
	l, err := Load(Source{Environ: environ})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestDefaultsAreValid(t *testing.T) {
	l := load(t)
	if l.Environment != Production || l.BaseDomain != "localhost" || l.ShutdownTimeout != 20*time.Second || l.PageCacheMB != 64 || len(l.TrustedProxies) != 0 {
		t.Errorf("defaults = %+v", l.Settings)
	}
}

// Every field must be settable.
func TestEveryKeyIsReadFromTheEnvironment(t *testing.T) {
	values := map[string]string{
		"environment": "development", "database_url": "postgres://u:p@h/d", "admin_database_url": "postgres://a:p@h/d",
		"statement_timeout": "7s", "shutdown_timeout": "7s",
		"portal_email": "p@x.lt", "mail_from": "noreply@x.lt", "run_jobs": "false",
		"http_addr": ":7", "base_domain": "x.lt", "public_scheme": "https", "trusted_proxies": "10.0.0.1, fd00::/8",
		"metrics_token": strings.Repeat("t", 16), "secret_key": strings.Repeat("k", 32), "secret_key_before": strings.Repeat("b", 32),
		"smtp_url": "smtp://u:p@h:587", "data_dir": "/d", "files_dir": "/f", "checkpoint_key": strings.Repeat("c", 32), "checkpoint_dir": "/c",
		"log_level": "warn", "log_format": "text", "clock": "2026-04-02T09:00:00+03:00", "live_templates": "true",
	}
	var environ []string
	for _, f := range fields() {
		value := values[f.key]
		if value == "" {
			value = "7" // the numbers
		}
		environ = append(environ, f.variable()+"="+value)
	}
	l := load(t, environ...)
	defaults := load(t).Lines()
	for i, line := range l.Lines() {
		if line.Value == defaults[i].Value || line.Origin != FromEnvironment {
			t.Errorf("%s was not read: %+v", line.Variable, line)
		}
	}
	if want := []string{"10.0.0.1", "fd00::/8"}; !slices.Equal(l.TrustedProxies, want) {
		t.Errorf("trusted proxies = %q", l.TrustedProxies)
	}
}

func TestSecretFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(strings.Repeat("k", 40)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := load(t, "CHARTER_SECRET_KEY_FILE="+path)
	if l.SecretKey.Reveal() != strings.Repeat("k", 40) || l.Origins["secret_key"] != FromSecretFile {
		t.Errorf("%q from %s", l.SecretKey.Reveal(), l.Origins["secret_key"])
	}
	_, err := Load(Source{Environ: []string{"CHARTER_SECRET_KEY_FILE=" + path, "CHARTER_SECRET_KEY=" + strings.Repeat("x", 32)}})
	if err == nil || !strings.Contains(err.Error(), "keep one") {
		t.Errorf("both set: %v", err)
	}
	if _, err = Load(Source{Environ: []string{"CHARTER_SECRET_KEY_FILE=/nowhere"}}); err == nil {
		t.Error("a missing secret file was accepted")
	}
}

func TestUnknownVariablesAreNamed(t *testing.T) {
	l := load(t, "CHARTER_DATABSE_URL=x", "CHARTER_HTTP_ADDR_FILE=/x", "CHARTER_TEST_CLUSTER=/x", "CHARTER_CLOCK=", "HOME=/x")
	if len(l.Warnings) != 2 || !strings.Contains(l.Warnings[0], "did you mean CHARTER_DATABASE_URL?") || !strings.Contains(l.Warnings[1], "CHARTER_HTTP_ADDR_FILE") {
		t.Errorf("warnings = %q", l.Warnings)
	}
}

func TestFileOverridesDefaultsAndYieldsToTheEnvironment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "charter.yaml")
	if err := os.WriteFile(path, []byte("log_level: warn\nlog_format: text\ntrusted_proxies: [10.0.0.1]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Load(Source{File: path, Environ: []string{"CHARTER_LOG_LEVEL=error"}, Forced: map[string]any{"environment": Demo}})
	if err != nil {
		t.Fatal(err)
	}
	if l.LogLevel != "error" || l.LogFormat != "text" || l.Environment != Demo || l.Origins["log_format"] != FromFile {
		t.Errorf("%+v", l.Settings)
	}
	l, err = Load(Source{Defaults: map[string]any{"http_addr": "127.0.0.1:8080", "log_level": "debug"}, Environ: []string{"CHARTER_LOG_LEVEL=error"}})
	if err != nil || l.HTTPAddr != "127.0.0.1:8080" || l.LogLevel != "error" {
		t.Errorf("a command's defaults: %v %+v", err, l)
	}
	if err := os.WriteFile(path, []byte("log_levl: warn\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = Load(Source{File: path}); err == nil || !strings.Contains(err.Error(), "CHARTER_LOG_LEVEL") {
		t.Errorf("unknown key: %v", err)
	}
}

func TestFaultsAreAllNamedAndQuoteNoSecret(t *testing.T) {
	_, err := Load(Source{Environ: []string{
		"CHARTER_HTTP_ADDR=nowhere", "CHARTER_LOG_LEVEL=loud", "CHARTER_DATABASE_POOL=1", "CHARTER_MIGRATE_WORKERS=33",
		"CHARTER_TRUSTED_PROXIES=10.0.0.1,me", "CHARTER_SECRET_KEY=short-secret", "CHARTER_DATABASE_URL=mysql://root:s3cr3t@h/d",
		"CHARTER_CLOCK=2026-04-02T09:00:00+03:00", "CHARTER_LIVE_TEMPLATES=true", "CHARTER_STATEMENT_TIMEOUT=1ms",
	}})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{
		"CHARTER_HTTP_ADDR: host:port", "CHARTER_LOG_LEVEL: one of: debug", "CHARTER_DATABASE_POOL: at least 2", "CHARTER_MIGRATE_WORKERS: at most 32",
		"CHARTER_TRUSTED_PROXIES[1]", "CHARTER_SECRET_KEY: at least 32 characters", "CHARTER_DATABASE_URL: postgres://",
		"CHARTER_CLOCK: a fixed clock is refused", "CHARTER_LIVE_TEMPLATES: refused", "CHARTER_STATEMENT_TIMEOUT: at least 100ms",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not said: %s\n%v", want, err)
		}
	}
	for _, secret := range []string{"s3cr3t", "short-secret"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q stands in the message", secret)
		}
	}
	for _, bad := range []string{"CHARTER_DATABASE_POOL=many", "CHARTER_CLOCK=noon", "CHARTER_STATEMENT_TIMEOUT=2"} {
		if _, err := Load(Source{Environ: []string{bad, "CHARTER_ENVIRONMENT=demo"}}); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
}

func TestSecretsNeverPrint(t *testing.T) {
	l := load(t, "CHARTER_DATABASE_URL=postgres://u:s3cr3t@h:5/d?password=s3cr3t", "CHARTER_SECRET_KEY="+strings.Repeat("s3cr3t", 9),
		"CHARTER_SMTP_URL=smtp://u:s3cr3t@h:587", "CHARTER_METRICS_TOKEN=s3cr3t-s3cr3t-s3cr3t")
	asJSON, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "settings", l.Settings, "key", l.SecretKey)
	for how, text := range map[string]string{
		"%v": fmt.Sprintf("%v %+v", l.Settings, l), "%#v": fmt.Sprintf("%#v", l.Settings), "json": string(asJSON), "log": log.String(), "lines": fmt.Sprint(l.Lines()),
	} {
		if strings.Contains(text, "s3cr3t") {
			t.Errorf("%s shows a secret: %s", how, text)
		}
	}
	if got := l.DatabaseURL.String(); got != "postgres://u:********@h:5/d" {
		t.Errorf("masked = %s", got)
	}
}

func TestPublicAddress(t *testing.T) {
	for _, c := range []struct {
		environ      []string
		scheme, port string
	}{
		{nil, "https", ""},
		{[]string{"CHARTER_ENVIRONMENT=demo"}, "http", "8080"},
		{[]string{"CHARTER_ENVIRONMENT=demo", "CHARTER_HTTP_ADDR=127.0.0.1:80"}, "http", ""},
		{[]string{"CHARTER_PUBLIC_SCHEME=http", "CHARTER_PUBLIC_PORT=8443"}, "http", "8443"},
		{[]string{"CHARTER_PUBLIC_PORT=443"}, "https", ""},
		{[]string{"CHARTER_PUBLIC_PORT=8443"}, "https", "8443"},
	} {
		l := load(t, c.environ...)
		if l.Scheme() != c.scheme || l.Port() != c.port {
			t.Errorf("%q: %s, port %q; want %s, %q", c.environ, l.Scheme(), l.Port(), c.scheme, c.port)
		}
	}
}

func TestRequireNamesWhatIsMissing(t *testing.T) {
	err := load(t).Require("database_url", "secret_key", "http_addr")
	if err == nil || !strings.Contains(err.Error(), "CHARTER_SECRET_KEY (or CHARTER_SECRET_KEY_FILE) is not set") || strings.Contains(err.Error(), "HTTP_ADDR") {
		t.Errorf("require: %v", err)
	}
}
