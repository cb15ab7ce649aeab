package app

import (
	"io"
	"log/slog"

	"charterhouse/config"
)

// Log is the service's log in the form and from the level that is set.
func Log(s *config.Settings, w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		level = slog.LevelInfo // config has refused anything else
	}
	options := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}

// requestLog is where the kit may write the lines of the request log itself, many
// at a time; nil where they need the form or the level of Log.
func requestLog(s *config.Settings, w io.Writer) io.Writer {
	if s.LogFormat == "json" && (s.LogLevel == "info" || s.LogLevel == "debug") {
		return w
	}
	return nil
}
