package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/validator/v10"
)

// check names every fault by the variable that an operator would set.
func (l *Loaded) check() error {
	s := &l.Settings
	check := validator.New(validator.WithRequiredStructEnabled())
	check.RegisterTagNameFunc(func(f reflect.StructField) string {
		return Prefix + strings.ToUpper(f.Tag.Get("mapstructure"))
	})
	for tag, schemes := range map[string][]string{"postgres": {"postgres", "postgresql"}, "smtp": {"smtp", "smtps"}} {
		err := check.RegisterValidation(tag, func(f validator.FieldLevel) bool { return isAddress(f.Field().String(), schemes) })
		if err != nil {
			return err
		}
	}
	if err := check.RegisterValidation("listen", func(f validator.FieldLevel) bool { return isListen(f.Field().String()) }); err != nil {
		return err
	}
	var faults []error
	var invalid validator.ValidationErrors
	switch err := check.Struct(s); {
	case errors.As(err, &invalid):
		for _, f := range invalid {
			faults = append(faults, sentence(f))
		}
	case err != nil:
		return err
	}
	if s.Environment == Production {
		faults = append(faults, s.checkProduction()...)
	}
	if !s.Clock.IsZero() {
		l.Warnings = append(l.Warnings, "the clock stands still at "+s.Clock.Format(time.RFC3339))
	}
	return errors.Join(faults...)
}

func (s *Settings) checkProduction() []error {
	var faults []error
	if !s.Clock.IsZero() {
		faults = append(faults, errors.New("CHARTER_CLOCK: a fixed clock is refused in production: deadlines would never come"))
	}
	if s.LiveTemplates {
		faults = append(faults, errors.New("CHARTER_LIVE_TEMPLATES: refused in production"))
	}
	return faults
}

// Require refuses when one of the keys is empty: what `serve` needs, `config
// print` does not.
func (s *Settings) Require(keys ...string) error {
	var faults []error
	values := reflect.ValueOf(*s)
	for _, key := range keys {
		for _, f := range fields() {
			if f.key == key && values.Field(f.index).IsZero() {
				name := f.variable()
				if f.secret() {
					name += " (or " + name + "_FILE)"
				}
				faults = append(faults, fmt.Errorf("%s is not set", name))
			}
		}
	}
	return errors.Join(faults...)
}

// isListen accepts host:port and :port; port 0 is any free one.
func isListen(text string) bool {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

func isAddress(text string, schemes []string) bool {
	u, err := url.Parse(text)
	if err != nil {
		return false
	}
	for _, scheme := range schemes {
		if u.Scheme == scheme {
			// The host may be a socket's directory in the query.
			return u.Host != "" || u.Query().Get("host") != ""
		}
	}
	return false
}

// sentence says what is wanted; a secret prints itself masked.
func sentence(f validator.FieldError) error {
	want := map[string]string{
		"oneof":            "one of: " + f.Param(),
		"min":              "at least " + f.Param(),
		"max":              "at most " + f.Param(),
		"listen":           "host:port or :port",
		"hostname_rfc1123": "a host name",
		"ip|cidr":          "an address or CIDR",
		"postgres":         "postgres://user:password@host/database?sslmode=…",
		"smtp":             "smtp://user:password@host:587",
		"required":         "a value",
	}[f.Tag()]
	if f.Kind() == reflect.String && (f.Tag() == "min" || f.Tag() == "max") {
		want += " characters"
	}
	return fmt.Errorf("%s: %s is wanted, not %q", f.Field(), want, fmt.Sprint(f.Value()))
}
