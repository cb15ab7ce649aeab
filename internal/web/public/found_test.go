package public

import (
	"reflect"
	"testing"
)

// A found word is marked without the signs around it, in any ending and without
// regard to diacritics; joined, the pieces are the text.
func TestFoundWordsAreMarkedAlone(t *testing.T) {
	got := marked("per 20 darbo dienų (įstatymo terminas). Skundas – kai", stemsOf("skundo istatymas"))
	want := []run{{"per 20 darbo dienų (", false}, {"įstatymo", true}, {" terminas). ", false}, {"Skundas", true}, {" – kai", false}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for _, text := range []string{"", "…", "a", "(x"} {
		joined := ""
		for _, r := range marked(text, stemsOf("x1 жалба")) {
			joined += r.Text
		}
		if joined != text {
			t.Errorf("%q became %q", text, joined)
		}
	}
	if len(stemsOf("a ir b")) != 1 || len(stemsOf("?!")) != 0 {
		t.Error("a single letter or a sign is looked for")
	}
}
