package access

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// commonWords are what staff of a town hall take first when a page asks for a
// password, in the languages that are spoken there: the word itself, the work, the
// place, the season, a greeting. Written as bare gives them. A list of what was
// stolen elsewhere would be a thousand times as long and have few of these.
func commonWords() []string {
	return strings.Fields(`
		password passwort passwd slaptazodis slaptazodi parola парола пароль kodas secret slaptas тайна
		admin administratorius administrator администратор administrators login user username vartotojas naudotojas потребител
		welcome hello sveiki labas labadiena здравей здравейте добърден добре letmein changeme pakeisk смени master demo test testas тест
		charterhouse charter chartija харта savivaldybe seniunija meras kanceliarija община кмет кметство municipality townhall
		lietuva lithuania vilnius kaunas klaipeda siauliai panevezys varena българия bulgaria софия sofia пловдив варна пещера чупрене
		vasara ziema pavasaris ruduo лято зима пролет есен summer winter spring autumn
		monkey dragon football futbolas krepsinis футбол iloveyou myliu обичам sunshine princess superman`)
}

// rows are what fingers run along: the keyboards of the three languages, by row and
// by column, and the alphabets.
func rows() []string {
	return []string{
		"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
		"явертъуиопшщ", "асдфгхйкл", "зьцжбнм", "уеишщксдзц", "ьяаожгтнвм", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
		"abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъьюя", "ąčęėįšųū",
	}
}

// inRow: from so many signs in a row on, they are one choice and not that many.
const inRow = 4

// unguessed counts what is left of a password when its guessable parts are taken
// out: signs in a row, years, and words, also where digits stand for letters.
func unguessed(password string, words []string) int {
	rest := withoutYears(withoutRows(fold(password)))
	return min(leftOf(bare(rest), words), leftOf(bare(unleet(rest)), words))
}

// leftOf counts what is left without the words; longer ones go first, so that none
// is cut by a part of it.
func leftOf(text string, words []string) int {
	sorted := slices.SortedFunc(slices.Values(words), func(a, b string) int { return len(b) - len(a) })
	for _, word := range sorted {
		if word = bare(fold(word)); utf8.RuneCountInString(word) >= inRow {
			text = strings.ReplaceAll(text, word, "")
		}
	}
	return utf8.RuneCountInString(text)
}

// bare takes the marks off letters: slaptažodis is typed as slaptazodis too.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// unleet reads digits and signs as the letters they are put for.
func unleet(s string) string {
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s").Replace(s)
}

// withoutRows takes out runs along a row, there or back, and of one sign.
func withoutRows(s string) string {
	runes := []rune(s)
	var kept []rune
	for i := 0; i < len(runes); {
		if n := runAt(runes[i:]); n >= inRow {
			i += n
			continue
		}
		kept = append(kept, runes[i])
		i++
	}
	return string(kept)
}

// runAt is how many signs from the beginning on run along one row.
func runAt(runes []rune) (longest int) {
	for longest < len(runes) && runes[longest] == runes[0] {
		longest++
	}
	for _, row := range rows() {
		order := []rune(row)
		for _, step := range []int{1, -1} {
			at, n := slices.Index(order, runes[0]), 0
			for n < len(runes) && at >= 0 && at < len(order) && order[at] == runes[n] {
				at, n = at+step, n+1
			}
			longest = max(longest, n)
		}
	}
	return longest
}

// withoutYears takes out 1950 to 2049, which stand at the end of many a password.
func withoutYears(s string) string {
	for _, century := range []string{"195", "196", "197", "198", "199", "200", "201", "202", "203", "204"} {
		for i := strings.Index(s, century); i >= 0 && i+4 <= len(s) && s[i+3] >= '0' && s[i+3] <= '9'; i = strings.Index(s, century) {
			s = s[:i] + s[i+4:]
		}
	}
	return s
}

// period is how many signs of a text repeat to the end; its length where none do.
func period(s string) int {
	runes := []rune(s)
	for p := 1; p < len(runes); p++ {
		if slices.Equal(runes[p:], runes[:len(runes)-p]) {
			return p
		}
	}
	return len(runes)
}
