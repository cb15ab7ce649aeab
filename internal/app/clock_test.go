package app

import (
	"strings"
	"testing"
	"time"

	"charterhouse/config"
)

func TestClockStandsOnlyWhereItIsTold(t *testing.T) {
	fixed := time.Date(2026, 4, 2, 9, 0, 0, 0, time.UTC)
	if got := Clock(&config.Settings{Clock: fixed})(); !got.Equal(fixed) {
		t.Errorf("fixed clock says %v", got)
	}
	if got := Clock(&config.Settings{})(); time.Since(got) > time.Minute {
		t.Errorf("the machine's clock says %v", got)
	}
	ticks := Ticks()
	if a, b := ticks(), ticks(); b < a {
		t.Errorf("ticks went back: %v, %v", a, b)
	}
}

func TestLogFormAndLevel(t *testing.T) {
	var out strings.Builder
	log := Log(&config.Settings{LogLevel: "warn", LogFormat: "json"}, &out)
	log.Info("hidden")
	log.Warn("shown", "key", config.Secret("s3cr3t"))
	if got := out.String(); strings.Contains(got, "hidden") || strings.Contains(got, "s3cr3t") || !strings.HasPrefix(got, "{") {
		t.Errorf("log: %s", got)
	}
}
