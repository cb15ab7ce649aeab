package i18n_test

import (
	"testing"

	"charterhouse/internal/i18n"
)

func TestTextIn(t *testing.T) {
	text := i18n.Text{"lt": "labas", "bg": "здравей", "en": ""}
	for _, x := range []struct {
		lang       string
		others     []string
		text, used string
	}{
		{"lt", nil, "labas", "lt"},
		{"en", []string{"bg", "lt"}, "здравей", "bg"},
		{"en", nil, "здравей", "bg"},
		{"de", []string{"en", "lt"}, "labas", "lt"},
	} {
		if s, used := text.In(x.lang, x.others...); s != x.text || used != x.used {
			t.Errorf("%s %v: %q in %s, want %q in %s", x.lang, x.others, s, used, x.text, x.used)
		}
	}
	if s, used := (i18n.Text{"en": ""}).In("en"); s != "" || used != "" {
		t.Errorf("an empty text gave %q in %q", s, used)
	}
}

func TestTextEmpty(t *testing.T) {
	if !i18n.Text(nil).Empty() || !(i18n.Text{"lt": ""}).Empty() || (i18n.Text{"lt": "", "en": "a"}).Empty() {
		t.Error("Empty does not tell whether there are words")
	}
}

func TestTextIsStoredAndRead(t *testing.T) {
	want := i18n.Text{"lt": "ąž „x“", "bg": "щ"}
	stored, err := want.Value()
	if err != nil {
		t.Fatal(err)
	}
	s, isString := stored.(string)
	if !isString {
		t.Fatalf("a Text is stored as %T: binary_parameters wants a string", stored)
	}
	for _, column := range []any{s, []byte(s)} {
		var got i18n.Text
		if err := got.Scan(column); err != nil || got["lt"] != want["lt"] || got["bg"] != want["bg"] || len(got) != 2 {
			t.Errorf("%T: %v, %v", column, got, err)
		}
	}
	got := i18n.Text{"lt": "a"}
	if err := got.Scan(nil); err != nil || got != nil {
		t.Errorf("NULL: %v, %v", got, err)
	}
	for _, wrong := range []any{5, "[]", []byte(`{"lt":1}`)} {
		if err := got.Scan(wrong); err == nil {
			t.Errorf("%v was read as a Text", wrong)
		}
	}
	if v, err := i18n.Text(nil).Value(); err != nil || v != "{}" {
		t.Errorf("no text is stored as %v, %v", v, err)
	}
}
