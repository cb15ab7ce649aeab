package web_test

import (
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"charterhouse/internal/files"
	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
)

type fieldsPage struct {
	web.Frame
	Form    web.Form
	Options []web.FieldOption
}

func drawn(t *testing.T, template string, form web.Form) (string, error) {
	t.Helper()
	face := web.Face{Name: "drawn", Templates: fstest.MapFS{"fields.html": {Data: []byte(template)}}}
	page := &fieldsPage{Form: form, Options: []web.FieldOption{{Value: "a", Label: "First", Hint: "Why"}, {Value: "b", Label: "Second"}}}
	page.Contact.Email = "town@example.lt"
	body, err := web.Preview(face, webtest.Words(t), webtest.Assets(t), "lt", "fields", page)
	return string(body), err
}

// TestFieldsAreDrawn: what was typed stands in the field, its error above it, and
// whoever listens is told both.
func TestFieldsAreDrawn(t *testing.T) {
	form := web.Form{
		Nonce: "NONCE", Values: url.Values{"f": {`a"<`}, "pick": {"b"}, "many": {"a", "b"}, "yes": {"yes"}},
		Errors: []web.FieldError{{Name: "f", Text: "Mend <this>"}, {Name: "pick", Text: "Pick one"}},
		Files:  []files.Staged{{ID: "id1", Name: "a<b>.pdf", Size: 1_500_000}},
	}
	for template, want := range map[string][]string{
		`{{template "_field" field .Form "f" "label" "L" "hint" "H" "type" "email" "max" 254 "autocomplete" "email"}}`: {
			`<label class="ds-label" for="f">L</label>`, `<p class="hint" id="f-h">H</p>`, `id="f-e"`, `Mend &lt;this&gt;`, `type="email"`, `value="a&#34;&lt;"`,
			`maxlength="254"`, `autocomplete="email"`, `aria-describedby="f-h f-e"`, `aria-invalid="true"`, `class="ds-field bad"`, `Klaida:`},
		`{{template "_field" field .Form "f" "label" "L" "type" "textarea" "rows" 3}}`: {`<textarea class="ds-input" id="f" name="f" rows="3"`, ">\na&#34;&lt;</textarea>"},
		`{{template "_field" field .Form "f" "label" "L" "type" "password"}}`:          {`type="password" value=""`},
		`{{template "_field" field .Form "pick" "label" "L" "type" "select" "options" .Options "optional" true}}`: {
			`<option value="a">First</option>`, `<option value="b" selected>Second</option>`, `(neprivaloma)`, `aria-describedby="pick-e"`},
		`{{template "_field" field .Form "pick" "label" "L" "type" "radio" "options" .Options}}`: {
			`<fieldset class="ds-fieldset bad" id="pick" tabindex="-1" role="radiogroup" aria-invalid="true" aria-describedby="pick-e">`, `type="radio" name="pick" id="pick-1" value="b" checked`,
			`id="pick-0" value="a" aria-describedby="pick-0-h"`, `<label class="ds-label" for="pick-1">Second</label>`},
		`{{template "_field" field .Form "many" "label" "L" "type" "checkboxes" "options" .Options}}`: {`value="a" checked`, `value="b" checked`, `type="checkbox"`},
		`{{template "_field" field .Form "yes" "label" "L" "type" "checkbox"}}`:                       {`id="yes" name="yes" value="yes" checked`},
		`{{template "_errors" .}}`:                                 {`role="alert"`, `Pataisykite 2 laukus`, `<a href="#f">Mend &lt;this&gt;</a>`, `Tai, ką įrašėte, išsaugota.`},
		`{{template "_hidden" .Form}}`:                             {`<input type="hidden" name="nonce" value="NONCE">`},
		`{{template "_files" .Form}}`:                              {`a&lt;b&gt;.pdf`, "1,4\u00a0MB", `name="drop" value="id1"`, `Pašalinti`},
		`{{template "_both" args "Stands" "old" "Typed" "<new>"}}`: {`Dabar įrašyta`, `>old<`, `Jūsų tekstas`, `&lt;new&gt;`},
		`{{template "_other_way" .}}`:                              {`mailto:town@example.lt`, `Kreiptis galite ir kitaip:`},
		`{{size 2048}}`:                                            {"2\u00a0KB"},
	} {
		got, err := drawn(t, template, form)
		must(t, err)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s lacks %s:\n%s", template, w, got)
			}
		}
	}
	if got, err := drawn(t, `{{template "_errors" .}}{{template "_files" .Form}}`, web.Form{}); err != nil || strings.TrimSpace(got) != "" {
		t.Errorf("a form without faults says %q, %v", got, err)
	}
	for _, wrong := range []string{`field .Form "f" "lable" "L"`, `field .Form "f" "max" "254"`, `field .Form "f" "label"`, `field .Form "f" "options" "x"`} {
		if got, err := drawn(t, `{{template "_field" `+wrong+`}}`, form); err == nil {
			t.Errorf("%s was drawn: %s", wrong, got)
		}
	}
}
