// Package config is what an operator can set: defaults.yaml lists every setting
// with its meaning, the environment overrides it. It is the only package that
// knows viper, and it owns no tables.
package config

import (
	_ "embed"
	"net"
	"path/filepath"
	"time"
)

//go:generate go test -run TestGeneratedFilesAreFresh -update .

//go:embed defaults.yaml
var defaultsYAML []byte

// The environments.
const (
	Production  = "production"
	Demo        = "demo"
	Development = "development"
)

// Settings are the values in force. The tag names the key in defaults.yaml,
// where its meaning stands; CHARTER_ and the key in capitals is its variable.
type Settings struct {
	Environment string `mapstructure:"environment" validate:"oneof=production demo development"`

	DatabaseURL      Secret        `mapstructure:"database_url" validate:"omitempty,postgres"`
	AdminDatabaseURL Secret        `mapstructure:"admin_database_url" validate:"omitempty,postgres"`
	DatabasePool     int           `mapstructure:"database_pool" validate:"min=2,max=1000"`
	StatementTimeout time.Duration `mapstructure:"statement_timeout" validate:"min=100ms"`
	MigrateWorkers   int           `mapstructure:"migrate_workers" validate:"min=1,max=32"`

	HTTPAddr        string        `mapstructure:"http_addr" validate:"listen"`
	BaseDomain      string        `mapstructure:"base_domain" validate:"hostname_rfc1123"`
	PublicScheme    string        `mapstructure:"public_scheme" validate:"omitempty,oneof=http https"`
	PublicPort      int           `mapstructure:"public_port" validate:"min=0,max=65535"`
	PortalEmail     string        `mapstructure:"portal_email" validate:"omitempty,email"`
	TrustedProxies  []string      `mapstructure:"trusted_proxies" validate:"dive,ip|cidr"`
	MetricsToken    Secret        `mapstructure:"metrics_token" validate:"omitempty,min=16"`
	ShutdownTimeout time.Duration `mapstructure:"shutdown_timeout" validate:"min=0"`

	SecretKey       Secret `mapstructure:"secret_key" validate:"omitempty,min=32"`
	SecretKeyBefore Secret `mapstructure:"secret_key_before" validate:"omitempty,min=32"`
	CheckpointKey   Secret `mapstructure:"checkpoint_key" validate:"omitempty,min=32"`
	SMTPURL         Secret `mapstructure:"smtp_url" validate:"omitempty,smtp"`
	MailFrom        string `mapstructure:"mail_from" validate:"omitempty,email"`

	DataDir  string `mapstructure:"data_dir" validate:"required"`
	FilesDir string `mapstructure:"files_dir"`
	// FilesWaitingMB bounds what waits in each town.
	FilesWaitingMB int `mapstructure:"files_waiting_mb" validate:"min=1,max=1048576"`

	CheckpointDir string `mapstructure:"checkpoint_dir"`

	RunJobs       bool      `mapstructure:"run_jobs"`
	PageCacheMB   int       `mapstructure:"page_cache_mb" validate:"min=0,max=16384"`
	LogLevel      string    `mapstructure:"log_level" validate:"oneof=debug info warn error"`
	LogFormat     string    `mapstructure:"log_format" validate:"oneof=json text"`
	Clock         time.Time `mapstructure:"clock"`
	LiveTemplates bool      `mapstructure:"live_templates"`
}

// Scheme is what readers' browsers speak: http or https.
func (s *Settings) Scheme() string {
	switch {
	case s.PublicScheme != "":
		return s.PublicScheme
	case s.Environment == Production:
		return "https"
	}
	return "http"
}

// Port stands in public addresses; "" = the scheme's own.
func (s *Settings) Port() string {
	port := ""
	switch {
	case s.PublicPort != 0:
		port = itoa(s.PublicPort)
	case s.Scheme() == "http":
		_, port, _ = net.SplitHostPort(s.HTTPAddr)
	}
	if port == "80" && s.Scheme() == "http" || port == "443" && s.Scheme() == "https" {
		return ""
	}
	return port
}

// Sender is the address that all letters come from.
func (s *Settings) Sender() string {
	if s.MailFrom != "" {
		return s.MailFrom
	}
	return "noreply@" + s.BaseDomain
}

// Files is where attachments are kept.
func (s *Settings) Files() string {
	if s.FilesDir != "" {
		return s.FilesDir
	}
	return filepath.Join(s.DataDir, "files")
}

// Checkpoints is where the signed heads of the audit chains are kept.
func (s *Settings) Checkpoints() string {
	if s.CheckpointDir != "" {
		return s.CheckpointDir
	}
	return filepath.Join(s.DataDir, "checkpoints")
}
