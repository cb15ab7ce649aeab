package config

import (
	"reflect"
	"strings"
)

// field is one setting as the struct declares it.
type field struct {
	key   string // database_url
	index int
	kind  reflect.Type
}

func (f field) variable() string { return Prefix + strings.ToUpper(f.key) }
func (f field) secret() bool     { return f.kind == reflect.TypeFor[Secret]() }

// fields lists the settings in the order of the struct.
func fields() []field {
	t := reflect.TypeFor[Settings]()
	list := make([]field, 0, t.NumField())
	for i := range t.NumField() {
		list = append(list, field{key: t.Field(i).Tag.Get("mapstructure"), index: i, kind: t.Field(i).Type})
	}
	return list
}

// nearest proposes the key that was probably meant, as "; did you mean X?".
func nearest(key string) string {
	best, least := "", 4
	for _, f := range fields() {
		if d := distance(key, f.key); d < least {
			best, least = f.variable(), d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// distance counts the letters to change, add or remove (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := diagonal
			if a[i-1] != b[j-1] {
				change++
			}
			diagonal = row[j]
			row[j] = min(change, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
