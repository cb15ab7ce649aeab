package casework

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"charterhouse/internal/i18n"
	"charterhouse/internal/pg"
)

// mostFound bounds what a search looks at: who finds more types another word.
const mostFound = 500

// Search finds cases, open and finished, by their number or by words that their
// submitters wrote; open ones come first, by their nearest date. Of what was typed
// a few words are looked for (i18n.Sought). Confidential cases of others are not
// searched. more tells that not all are shown.
func (t *Town) Search(ctx context.Context, tx *pg.Tx, who Officer, typed string) (lines []Line, more bool, err error) {
	typed, ok := clean(typed)
	if typed = i18n.Sought(typed); !ok || typed == "" {
		return nil, false, nil
	}
	if numbers := t.meant(tx, typed); len(numbers) > 0 {
		lines, err = byNumbers(ctx, tx, who, numbers)
		if err != nil || len(lines) > 0 {
			return t.grouped(tx, lines), false, err
		}
	}
	query := stems(typed)
	if query == "" {
		return nil, false, nil
	}
	langs := append(t.Profile.Languages[:len(t.Profile.Languages):len(t.Profile.Languages)], "en", "en")
	err = tx.Select(ctx, &lines, selectLine+`
		JOIN (SELECT DISTINCT case_id FROM (SELECT case_id FROM case_texts
				WHERE terms @@ (websearch_to_tsquery(('ext.charter_' || $3)::regconfig, $5) || websearch_to_tsquery(('ext.charter_' || $4)::regconfig, $5)
					|| coalesce(to_tsquery('simple', regexp_replace(nullif(btrim(translate(lower(ext.unaccent($6)), $9, '')), ''), '\s+', ':* & ', 'g') || ':*'),
						''::tsquery)) LIMIT $7) h) f ON f.case_id = c.id
		WHERE `+seen+`
		ORDER BY c.done_on IS NOT NULL, c.due_sort, c.id LIMIT $8`,
		who.User, who.Confidential, langs[0], langs[1], typed, query, mostFound, PageSize+1, signs)
	if err != nil {
		return nil, false, fmt.Errorf("casework: search: %w", err)
	}
	if len(lines) > PageSize {
		lines, more = lines[:PageSize], true
	}
	return t.grouped(tx, lines), more, nil
}

func (t *Town) grouped(tx *pg.Tx, lines []Line) []Line {
	d := t.dates(tx)
	for i := range lines {
		if lines[i].State.Open() {
			lines[i].Group = d.groupOf(lines[i].Sort)
		}
	}
	return lines
}

// meant gives the numbers that somebody may mean: the whole one, or the digits at
// its end, of this year or the two before.
func (t *Town) meant(tx *pg.Tx, typed string) []Number {
	if n, ok := ParseNumber(typed); ok {
		return []Number{n}
	}
	seq, err := strconv.ParseUint(typed, 10, 31)
	if err != nil || seq == 0 {
		return nil
	}
	year := t.Today(tx).Year()
	return []Number{{year, int(seq)}, {year - 1, int(seq)}, {year - 2, int(seq)}}
}

func byNumbers(ctx context.Context, tx *pg.Tx, who Officer, numbers []Number) (lines []Line, err error) {
	last := numbers[len(numbers)-1]
	err = tx.Select(ctx, &lines, selectLine+` WHERE c.year BETWEEN $3 AND $4 AND c.seq = $5 ORDER BY c.year DESC`,
		who.User, who.Confidential, last.Year, numbers[0].Year, last.Seq)
	if err != nil {
		return nil, fmt.Errorf("casework: search by number: %w", err)
	}
	return lines, nil
}

// mostWords bounds a query; longer ones are cut.
const mostWords = 8

// signs mean something in a query. Some letters become one when their accents go
// (ʼ, ŉ), so signs are taken out after that and not before.
const signs = `'\"():|&!<>*`

// stems gives the beginnings of the words, with a space between: „дупката“ is to
// find „дупки“. There is a stemmer for Lithuanian and English; for Bulgarian often
// none.
func stems(typed string) string {
	words := strings.FieldsFunc(strings.ToLower(typed), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	var parts []string
	for _, w := range words[:min(len(words), mostWords)] {
		r := []rune(w)
		if len(r) > 60 {
			continue
		}
		switch {
		case len(r) >= 7:
			r = r[:len(r)-3]
		case len(r) >= 5:
			r = r[:len(r)-1]
		}
		parts = append(parts, string(r))
	}
	return strings.Join(parts, " ")
}
