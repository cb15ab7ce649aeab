package config

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Line is one setting as `charter config print` shows it; secrets are masked.
type Line struct {
	Key      string `json:"key"`
	Variable string `json:"variable"`
	Value    string `json:"value"`
	Origin   Origin `json:"origin"`
}

// Lines lists the settings in force in the order of the documentation.
func (l *Loaded) Lines() []Line {
	values := reflect.ValueOf(l.Settings)
	var lines []Line
	for _, f := range fields() {
		lines = append(lines, Line{Key: f.key, Variable: f.variable(), Value: text(values.Field(f.index).Interface()), Origin: l.Origins[f.key]})
	}
	return lines
}

func text(value any) string {
	switch v := value.(type) {
	case []string:
		return strings.Join(v, ",")
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format(time.RFC3339)
	case time.Duration:
		return v.String()
	}
	return fmt.Sprint(value)
}
