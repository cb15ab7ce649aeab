package charter

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// Hit is one passage that search found.
type Hit struct {
	Path  string `db:"path"` // within the language: "/charter#goals", "/commitments/replies"
	Title string `db:"title"`
	// Excerpt is a piece of the passage around what was found; the words that were
	// found stand between MarkOn and MarkOff, and an ellipsis where it was cut.
	Excerpt string `db:"excerpt"`
	Total   int    `db:"total"` // of all hits, the same on each
}

// What stands before and after a found word; no text of a charter has them.
const (
	MarkOn  = "\x01"
	MarkOff = "\x02"
)

// maxQuery is how many letters of a question are looked for, as many as the form
// takes. Marking a phrase in the excerpts costs more than in proportion to its
// words: one of eight kilobytes kept the database busy for half a second.
const maxQuery = 200

// Search finds passages of the version in force in one language, best first:
// by word stems, and where these find little by similar words. query is what was
// typed; a few words of it are looked for (i18n.Sought).
func Search(ctx context.Context, tx *pg.Tx, lang, query string, offset, limit int) ([]Hit, error) {
	if letters := []rune(strings.TrimSpace(query)); len(letters) > maxQuery {
		query = string(letters[:maxQuery])
	}
	if query = i18n.Sought(query); query == "" {
		return nil, nil
	}
	var found []struct {
		Hit
		Body string `db:"body"`
	}
	err := tx.Select(ctx, &found, `SELECT path, title, body, count(*) OVER () AS total,
			ts_headline(('ext.charter_' || $1)::regconfig, body, q,
				U&'StartSel=\0001, StopSel=\0002, MinWords=18, MaxWords=34, ShortWord=2') AS excerpt
		FROM charter_passages,
			websearch_to_tsquery(('ext.charter_' || $1)::regconfig, $2) AS q,
			lower(ext.unaccent($2)) AS w
		WHERE lang = $1 AND (terms @@ q OR ext.word_similarity(w, plain) >= 0.6)
		ORDER BY ts_rank(terms, q) DESC, ext.word_similarity(w, plain) DESC, position
		OFFSET $3 LIMIT $4`, lang, query, offset, limit)
	if err != nil {
		return nil, fmt.Errorf("charter: search: %w", err)
	}
	hits := make([]Hit, len(found))
	for i, f := range found {
		hits[i] = f.Hit
		hits[i].Excerpt = showCuts(f.Excerpt, f.Body)
	}
	return hits, nil
}

// showCuts writes an ellipsis where an excerpt leaves out what stands before or
// after it in its passage.
func showCuts(excerpt, body string) string {
	bare := strings.NewReplacer(MarkOn, "", MarkOff, "").Replace(excerpt)
	const ends = " .\n"
	if bare = strings.Trim(bare, ends); bare == "" {
		return excerpt
	}
	body = strings.Trim(body, ends)
	if !strings.HasPrefix(body, bare) {
		excerpt = "… " + excerpt
	}
	if !strings.HasSuffix(body, bare) {
		excerpt += " …"
	}
	return excerpt
}

// SearchesBulgarianByDictionary tells whether the server had a Bulgarian hunspell
// dictionary when it was migrated; else inflected words are found by trigrams.
func SearchesBulgarianByDictionary(ctx context.Context, tx *pg.Tx) (bool, error) {
	var n int
	err := tx.Get(ctx, &n, `SELECT count(*) FROM pg_catalog.pg_ts_dict WHERE dictname = $1`, "bulgarian_hunspell")
	return n > 0, err
}

// passage is what search keeps of one section or promise in one language.
type passage struct {
	path, title, body string

	expected bool // not promised; searched alike, but a difference between versions
}

// index replaces what search finds by the new version.
func index(ctx context.Context, tx *pg.Tx, doc Document) error {
	if _, err := tx.Exec(ctx, `DELETE FROM charter_passages WHERE position >= $1`, 0); err != nil {
		return fmt.Errorf("charter: clear the search index: %w", err)
	}
	for _, lang := range doc.languages() {
		for i, p := range doc.passages(lang) {
			_, err := tx.Exec(ctx, `INSERT INTO charter_passages (lang, position, path, title, body, plain, terms)
				VALUES ($1, $2, $3, $4, $5, lower(ext.unaccent($4 || ' ' || $5)),
					setweight(to_tsvector(('ext.charter_' || $1)::regconfig, $4), 'A')
						|| to_tsvector(('ext.charter_' || $1)::regconfig, $5))`,
				lang, i, p.path, p.title, p.body)
			if err != nil {
				return fmt.Errorf("charter: index %s %s: %w", lang, p.path, err)
			}
		}
	}
	return nil
}

func (d *Document) languages() []string {
	langs := map[string]bool{}
	for lang := range d.Title {
		langs[lang] = true
	}
	return slices.Sorted(maps.Keys(langs))
}

func (d *Document) passages(lang string) []passage {
	var all []passage
	for i := range d.Sections {
		s := &d.Sections[i]
		title, _ := s.Title.In(lang)
		all = append(all, passage{path: "/charter#" + s.Key, title: title, body: s.words(lang)})
	}
	for _, p := range d.Places() {
		text, _ := p.Commitment.Text.In(lang)
		all = append(all, passage{"/commitments/" + p.Commitment.Key, text, p.Commitment.words(lang), p.Expected()})
	}
	return all
}

// words joins everything of a section that is read as its own text; its
// commitments are passages of their own.
func (s *Section) words(lang string) string {
	texts := append([]i18n.Text{s.Body}, s.Items...)
	for _, m := range s.Milestones {
		texts = append(texts, m.Text)
	}
	for _, c := range s.Companions {
		texts = append(texts, c.Title, c.Body)
	}
	return join(lang, texts...)
}

func (c *Commitment) words(lang string) string {
	return join(lang, c.Detail, c.Measure.How, c.Measure.Reason, c.Measure.Indicator)
}

// join puts texts one below the other, each once: an indicator often repeats how
// a promise is measured.
func join(lang string, texts ...i18n.Text) string {
	var parts []string
	for _, t := range texts {
		s, _ := t.In(lang)
		same := func(p string) bool { return strings.EqualFold(strings.TrimRight(p, "."), strings.TrimRight(s, ".")) }
		if s != "" && !slices.ContainsFunc(parts, same) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}
