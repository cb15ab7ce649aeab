package casework

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"charterhouse/internal/fuzztest"
)

// FuzzPerson reads what people type about themselves: what is kept is text of its
// length that no page or letter can be turned round by, and an address that a
// letter can go to.
func FuzzPerson(f *testing.F) {
	for _, text := range fuzztest.Texts() {
		f.Add(text, text, text+"@town.example", text)
	}
	for _, phone := range []string{"+370 612 34567", "8 612 34567", "(8-46) 39 60 66", "0888/123 456", "++", "tel:+370;ext=1", "\u0661\u0662", "+370\u202e123", strings.Repeat("1", 51), "12\n34", "＋３７０"} {
		f.Add("Ona", phone, "ona@town.example", "Liepų g. 1")
	}
	f.Fuzz(func(t *testing.T, name, phone, email, address string) {
		var p Person
		var in input
		fuzztest.Bounded(t, func() {
			p, in = Person{Name: name, Phone: phone, Email: email, Address: address, ReplyBy: ByTrack}, input{}
			p.check(&in)
		})
		for field, c := range map[string]struct {
			kept  string
			limit int
			lines bool
		}{"name": {p.Name, maxName, false}, "phone": {p.Phone, maxPhone, false}, "email": {p.Email, maxEmail, false}, "address": {p.Address, maxAddress, true}} {
			if in.refused(field) {
				continue
			}
			if !utf8.ValidString(c.kept) || utf8.RuneCountInString(c.kept) > c.limit || !norm.NFC.IsNormalString(c.kept) || c.kept != strings.TrimSpace(c.kept) {
				t.Errorf("the %s is kept as %q", field, c.kept)
			}
			if strings.ContainsFunc(c.kept, func(r rune) bool {
				return unicode.IsControl(r) && !(c.lines && (r == '\n' || r == '\t')) || unicode.Is(unicode.Cf, r) && r != '\u200d'
			}) {
				t.Errorf("the %s holds what nobody sees: %q", field, c.kept)
			}
		}
		if !in.refused("email") && p.Email != "" && p.notice() != NoticePage {
			t.Errorf("nobody asked for a letter to %q", p.Email)
		}
		again, more := p, input{}
		again.check(&more)
		if len(in.fields) == 0 && (again != p || len(more.fields) > 0) {
			t.Errorf("%+v is kept as %+v when it is read again, %v", p, again, more.fields)
		}
	})
}
