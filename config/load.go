package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"
)

// Prefix begins the name of every environment variable of ours.
const Prefix = "CHARTER_"

// Source is where settings come from, besides the defaults.
type Source struct {
	File    string   // a YAML file; "" = none
	Environ []string // as os.Environ gives it
	// Defaults are the command's own, in place of those of defaults.yaml (`demo`
	// listens on the loopback); Forced are set by the command and win (`demo` has
	// its own database).
	Defaults map[string]any
	Forced   map[string]any
}

// Origin tells where the value of a key comes from.
type Origin string

// The origins of a value.
const (
	FromDefault     Origin = "default"
	FromFile        Origin = "file"
	FromEnvironment Origin = "environment"
	FromSecretFile  Origin = "secret file"
	FromCommand     Origin = "command"
)

// Loaded are the settings with where each came from, and what an operator
// should be told about them.
type Loaded struct {
	Settings
	Origins  map[string]Origin
	Warnings []string
}

// Load reads and checks the settings. It refuses, naming every fault at once, a
// value out of its range, an unknown key of the file, and what production
// forbids. An unknown CHARTER_ variable is a warning: it may be one of another
// version. Beside an error the settings may be nil or half filled; their
// warnings count.
func Load(src Source) (*Loaded, error) {
	v, err := read(defaultsYAML)
	if err != nil {
		return nil, fmt.Errorf("defaults.yaml: %w", err)
	}
	for key, value := range src.Defaults {
		v.SetDefault(key, value)
	}
	l := &Loaded{Origins: map[string]Origin{}}
	for _, f := range fields() {
		l.Origins[f.key] = FromDefault
	}
	if err := l.fromFile(v, src.File); err != nil {
		return nil, err
	}
	if err := l.fromEnvironment(v, src.Environ); err != nil {
		return nil, err
	}
	for key, value := range src.Forced {
		v.Set(key, value)
		l.Origins[key] = FromCommand
	}
	// UnmarshalExact: a key that no field has is a mistyped one.
	if err := v.UnmarshalExact(&l.Settings, viper.DecodeHook(mapstructure.ComposeDecodeHookFunc(
		mapstructure.StringToTimeDurationHookFunc(), commaList, fixedTime))); err != nil {
		return l, fmt.Errorf("settings: %w", err)
	}
	return l, l.check()
}

// read takes the keys of a YAML text as defaults.
func read(text []byte) (*viper.Viper, error) {
	parsed, v := viper.New(), viper.New()
	parsed.SetConfigType("yaml")
	if err := parsed.ReadConfig(bytes.NewReader(text)); err != nil {
		return nil, err
	}
	for key, value := range parsed.AllSettings() {
		v.SetDefault(key, value)
	}
	return v, nil
}

func (l *Loaded) fromFile(v *viper.Viper, file string) error {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	own, err := read(text)
	if err != nil {
		return fmt.Errorf("settings in %s: %w", file, err)
	}
	for _, key := range own.AllKeys() {
		if _, known := l.Origins[key]; !known {
			return fmt.Errorf("settings in %s: unknown key %s%s", file, key, nearest(key))
		}
		l.Origins[key] = FromFile
	}
	return v.MergeConfigMap(own.AllSettings())
}

// fromEnvironment puts CHARTER_* over the rest. An empty variable counts as not
// set, because a compose file passes on what is missing as empty.
func (l *Loaded) fromEnvironment(v *viper.Viper, environ []string) error {
	byName := map[string]field{}
	for _, f := range fields() {
		byName[f.variable()] = f
	}
	var faults []error
	for _, entry := range slices.Sorted(slices.Values(environ)) {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, Prefix) || strings.HasPrefix(name, Prefix+"TEST_") || value == "" {
			continue
		}
		if f, known := byName[name]; known {
			if l.Origins[f.key] == FromSecretFile {
				continue
			}
			v.Set(f.key, value)
			l.Origins[f.key] = FromEnvironment
			continue
		}
		f, known := byName[strings.TrimSuffix(name, "_FILE")]
		if !known || !strings.HasSuffix(name, "_FILE") || !f.secret() {
			key := strings.ToLower(strings.TrimPrefix(name, Prefix))
			l.Warnings = append(l.Warnings, fmt.Sprintf("%s is not a setting%s", name, nearest(key)))
			continue
		}
		if l.Origins[f.key] == FromEnvironment {
			faults = append(faults, fmt.Errorf("%s and %s are both set: keep one", f.variable(), name))
			continue
		}
		text, err := os.ReadFile(value)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			continue
		}
		v.Set(f.key, strings.TrimRight(string(text), "\r\n"))
		l.Origins[f.key] = FromSecretFile
	}
	return errors.Join(faults...)
}

// commaList reads a list from one variable; an empty one is an empty list.
func commaList(from, to reflect.Type, data any) (any, error) {
	text, ok := data.(string)
	if !ok || to != reflect.TypeFor[[]string]() {
		return data, nil
	}
	var list []string
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list, nil
}

func fixedTime(from, to reflect.Type, data any) (any, error) {
	text, ok := data.(string)
	if !ok || to != reflect.TypeFor[time.Time]() {
		return data, nil
	}
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, fmt.Errorf("a time as 2026-04-02T09:00:00+03:00 is wanted, not %q", text)
	}
	return at, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
