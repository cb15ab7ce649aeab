package i18n

import (
	"fmt"
	"strconv"

	"charterhouse/internal/deadline"
)

// filler words the arguments in the language of v.
func (v *voice) filler(args Args) filler {
	return func(name, form string) (string, error) {
		value, ok := args[name]
		if !ok {
			return "", fmt.Errorf("argument %s is missing", name)
		}
		word, err := v.word(value, form)
		if err != nil {
			return "", fmt.Errorf("argument %s: %w", name, err)
		}
		return word, nil
	}
}

func (v *voice) word(value any, form string) (string, error) {
	switch x := value.(type) {
	case deadline.Date:
		return v.dateForm(x, form)
	case []string:
		if form == "or" {
			return v.list(x, v.marks.or), nil
		}
		return unformed(v.list(x, v.marks.and), form)
	case string:
		return v.textForm(x, form)
	case Text:
		s, _ := x.In(v.lang)
		return v.textForm(s, form)
	case Key:
		s, err := v.say(x, nil)
		if err != nil {
			return "", err
		}
		return v.textForm(s, form)
	case deadline.Term:
		s, err := v.termWithin(x)
		if err != nil {
			return "", err
		}
		return unformed(s, form)
	}
	n, err := plain(value)
	if err != nil {
		return "", err
	}
	if form == "percent" {
		return v.percentOf(v.marks.write(n)), nil
	}
	return unformed(v.marks.write(n), form)
}

func (v *voice) textForm(s, form string) (string, error) {
	if form == "quoted" {
		return v.quote(s), nil
	}
	return unformed(s, form)
}

func unformed(s, form string) (string, error) {
	if form != "" {
		return "", fmt.Errorf("no form %q", form)
	}
	return s, nil
}

// plain writes a number the way go-i18n reads the count of a plural: 1.5, -3.
func plain(value any) (string, error) {
	switch n := value.(type) {
	case int:
		return strconv.Itoa(n), nil
	case int64:
		return strconv.FormatInt(n, 10), nil
	case int32:
		return strconv.FormatInt(int64(n), 10), nil
	case uint:
		return strconv.FormatUint(uint64(n), 10), nil
	case float64:
		return decimalString(n, -1)
	case *float64:
		if n != nil {
			return decimalString(*n, -1)
		}
	}
	return "", fmt.Errorf("cannot put a %T into words", value)
}
