package i18n

import (
	"strings"
	"unicode"
)

// A question of a reader is a few words. More of them, or longer ones, find
// nothing better and keep the database busy for seconds.
const (
	soughtWords   = 16
	soughtLetters = 60
)

// Sought is what was typed into a search, as it is handed on: at most so many
// words, each with the quotation mark or the one minus before it that means
// something in a search. Dozens of signs on end are more than the database's
// parser counts, and it fails.
func Sought(typed string) string {
	var words []string
	for _, word := range strings.Fields(typed) {
		if word = soughtWord(word); word != "" {
			words = append(words, word)
		}
		if len(words) == soughtWords {
			break
		}
	}
	return strings.Join(words, " ")
}

// soughtWord tidies one word; empty where it has neither letter nor digit.
func soughtWord(word string) string {
	means := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	first := strings.IndexFunc(word, means)
	if first < 0 {
		return ""
	}
	before, rest := word[:first], word[first:]
	core := strings.TrimRightFunc(rest, func(c rune) bool { return !means(c) })
	after := rest[len(core):]
	core = strings.ReplaceAll(core, `"`, "")
	if letters := []rune(core); len(letters) > soughtLetters {
		core = strings.TrimRightFunc(string(letters[:soughtLetters]), func(c rune) bool { return !means(c) })
	}
	out := core
	if strings.Contains(before, `"`) {
		out = `"` + out
	}
	if strings.Contains(before, "-") {
		out = "-" + out
	}
	if strings.Contains(after, `"`) {
		out += `"`
	}
	return out
}
