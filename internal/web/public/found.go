package public

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"charterhouse/internal/charter"
	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
	"charterhouse/internal/web"
)

// source is something of the site, beside the charter, that search looks through:
// a way to reach the town, or by when an answer comes.
type source struct {
	kind        i18n.Key
	path, title string
	body        string
	also        string // words by which it is found and that are not shown
}

// reachable are the ways to reach the town and its hours.
func reachable(r *web.Request, t *office) []source {
	var all []source
	for _, c := range t.Profile.Channels {
		words := []string{r.Text(c.Body)}
		for _, l := range c.Links {
			words = append(words, r.Text(l.Label))
		}
		all = append(all, source{KeySearchKindChannel, "/#reach-" + c.Key, r.Text(c.Title), sentence(words), r.Say(KeyHomeContactTitle, nil)})
	}
	var lines []string
	for _, h := range hours(r, t.Profile) {
		lines = append(lines, h.Days+": "+r.Say(KeyHomeHoursRange, i18n.Args{"From": h.From, "To": h.To}))
	}
	if len(lines) > 0 {
		all = append(all, source{kind: KeySearchKindChannel, path: "/#reach-hours", title: r.Say(KeyHomeHoursTitle, nil), body: sentence(lines)})
	}
	return all
}

// byWhen are the terms of the kinds of case, as the first page tells them.
func byWhen(r *web.Request, t *office) ([]source, error) {
	rows, err := terms(r, t)
	if err != nil {
		return nil, err
	}
	all := make([]source, len(rows))
	for i, row := range rows {
		s := source{kind: KeySearchKindTerm, path: "/#terms", title: r.Say(i18n.Key("kind."+row.Kind+".name"), nil)}
		switch row.Whose {
		case "own":
			s.body = r.Within(row.Term)
		case "law":
			s.body = r.Within(row.Term) + " (" + r.Say(KeyHomeAnswersLaw, nil) + ")"
		case "none":
			s.body = r.Say(KeyHomeAnswersNoTerm, nil)
		default:
			s.body = r.Say(KeyHomeAnswersAsLaw, nil)
		}
		if !row.Due.IsZero() {
			s.path = "/due?kind=" + row.Kind
		}
		notes := t.Rules.Kinds[row.Kind]
		words := []string{s.body, r.Text(notes.Note)}
		if notes.Own != nil {
			words = append(words, r.Text(notes.Own.Note))
		}
		s.body = sentence(words)
		s.also = r.Say(i18n.Key("kind."+row.Kind+".names"), nil) + " " + r.Say(KeyHomeAnswersTitle, nil) + " " + r.Say(KeyDueTitle, nil)
		all[i] = s
	}
	return all, nil
}

func sentence(parts []string) string {
	var said []string
	for _, p := range parts {
		if p = strings.TrimRight(strings.Join(strings.Fields(p), " "), " ."); p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ". ")
}

// look finds the sources that have every word of the question, in any ending.
func look(r *web.Request, all []source, query string) []hit {
	stems := stemsOf(query)
	if len(stems) == 0 {
		return nil
	}
	var found []hit
	for _, s := range all {
		has := s.title + " " + s.body + " " + s.also
		fits := true
		for _, stem := range stems {
			fits = fits && strings.Contains(" "+strings.Join(wordsOf(has), " "), " "+stem)
		}
		if fits {
			found = append(found, hit{Path: r.URL(s.path), Title: s.title, Excerpt: marked(s.body, stems), Kind: s.kind})
		}
	}
	return found
}

// wordsSought bounds how many words of a question are compared.
const wordsSought = 20

// A word is compared by its beginning: both languages inflect at the end, and the
// few sentences that are looked through here need no dictionary. A single letter
// says nothing.
func stemsOf(query string) []string {
	var stems []string
	words := wordsOf(query)
	for _, word := range words[:min(len(words), wordsSought)] {
		letters := []rune(word)
		if len(letters) == 1 && unicode.IsLetter(letters[0]) {
			continue
		}
		stems = append(stems, string(letters[:min(len(letters), max(4, len(letters)-3))]))
	}
	return stems
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(i18n.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// marked shows which words were looked for; what stands between words stays
// unmarked.
func marked(text string, stems []string) []run {
	var out []run
	add := func(part string, found bool) {
		if n := len(out); n > 0 && out[n-1].Found == found {
			out[n-1].Text += part
		} else if part != "" {
			out = append(out, run{part, found})
		}
	}
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for text != "" {
		end := strings.IndexFunc(text, letter)
		if end < 0 {
			end = len(text)
		}
		add(text[:end], false)
		text = text[end:]
		if end = strings.IndexFunc(text, func(r rune) bool { return !letter(r) }); end < 0 {
			end = len(text)
		}
		word := i18n.Fold(text[:end])
		add(text[:end], slices.ContainsFunc(stems, func(stem string) bool { return word != "" && strings.HasPrefix(word, stem) }))
		text = text[end:]
	}
	return out
}

// named gives each passage of the charter the name of what it is.
func named(ctx context.Context, tx *pg.Tx, hits []hit, paths []string) error {
	var doc *charter.Document
	for i, path := range paths {
		key, promised := strings.CutPrefix(path, "/commitments/")
		if hits[i].Kind = KeySearchKindSection; !promised {
			continue
		}
		if doc == nil {
			v, err := charter.Current(ctx, tx)
			if err != nil {
				return err
			}
			doc = &v.Document
		}
		hits[i].Kind = KeySearchKindCommitment
		if p, ok := doc.Find(key); ok && p.Expected() {
			hits[i].Kind = KeyExpectationMark
		}
	}
	return nil
}
