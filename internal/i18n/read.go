package i18n

import (
	"strings"

	"charterhouse/internal/deadline"
)

// ReadDate reads a date as people here type it: 2026-11-16, 16.11.2026 or
// „16.11.2026 г.“. It refuses like deadline.ParseDate.
func ReadDate(s string) (deadline.Date, error) {
	typed := strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	typed = strings.TrimRight(strings.TrimSuffix(typed, "г."), " ")
	if parts := strings.Split(typed, "."); len(parts) == 3 && len(parts[2]) == 4 && len(typed) <= 10 {
		return deadline.ParseDate(parts[2] + "-" + padded(parts[1]) + "-" + padded(parts[0]))
	}
	if typed == "" {
		return deadline.ParseDate(s)
	}
	return deadline.ParseDate(typed)
}

// padded gives 05 for 5.
func padded(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
