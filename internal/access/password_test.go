package access_test

import (
	"strings"
	"testing"

	"charterhouse/internal/access"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
)

func TestPasswords(t *testing.T) {
	h := newHouse(t)
	ona := h.add("ona.onaite@klaipeda.lt", access.Officer)
	for password, key := range map[string]i18n.Key{
		"":                                  access.KeyPasswordShort,
		"vienuolika1":                       access.KeyPasswordShort,
		"ąčęėįšųūžąč":                       access.KeyPasswordShort, // 22 bytes, 11 letters
		strings.Repeat("abcdef", 22):        access.KeyPasswordLong,
		"aaaaaaaaaaaaaaaa":                  access.KeyPasswordRepeats,
		"abababababababab":                  access.KeyPasswordRepeats,
		"Klaipeda-2026":                     access.KeyPasswordGuessed,
		"KlaipėdaKlaipėda1":                 access.KeyPasswordGuessed,
		"ona.onaite@klaipeda.lt":            access.KeyPasswordGuessed,
		"Onaitė1234567":                     access.KeyPasswordGuessed,
		"gili upė\x00 teka":                 access.KeyPasswordUnusable,
		"gili upė\n teka":                   access.KeyPasswordUnusable,
		"gili upė \xff teka":                access.KeyPasswordUnusable,
		"gili upė teka":                     "",
		"дълбока река":                      "",
		"Klaipėdoje teka gili upė":          "",
		strings.Repeat("gili upė teka ", 9): "", // 126 letters

		"password1234": access.KeyPasswordCommon, "Password-2026!": access.KeyPasswordCommon, "P4ssw0rd!P4ssw0rd": access.KeyPasswordCommon,
		"slaptažodis1": access.KeyPasswordCommon, "Slaptazodis2026": access.KeyPasswordCommon, "Парола123456": access.KeyPasswordCommon,
		"qwertyuiop12": access.KeyPasswordCommon, "1qaz2wsx3edc": access.KeyPasswordCommon, "asdfghjkl;'1": access.KeyPasswordCommon,
		"йцукенгшщзхъ": access.KeyPasswordCommon, "явертъуиоп12": access.KeyPasswordCommon, "123456789012": access.KeyPasswordCommon,
		"987654321098": access.KeyPasswordCommon, "abcdefghijkl": access.KeyPasswordCommon, "charterhouse": access.KeyPasswordCommon,
		"Vasara2026!!": access.KeyPasswordCommon, "администратор": access.KeyPasswordCommon, "administrator": access.KeyPasswordCommon,
		"Savivaldybe.1": access.KeyPasswordCommon, "aaaa1111bbbb2222": access.KeyPasswordRepeats, "kavutė kavutė": access.KeyPasswordRepeats,
		"ona_onaite_12": access.KeyPasswordGuessed, "1998-10-14-on": "", "xK9$vq2!mZw#": "", "vasara prie upės": "", "trys arkliai 1234 pievoje": "",
	} {
		_, err := h.gate.Prepare(t.Context(), access.HolderOfUser(ona.User), password, "Klaipėda", "klaipeda")
		if key == "" {
			if err != nil {
				t.Errorf("%.40q: %v", password, err)
			}
			continue
		}
		wants(t, err, fault.Invalid, key)
		if e, ok := fault.Of(err); ok && (len(e.Fields) != 1 || e.Fields[0].Name != "new_password" || e.Fields[0].Key != string(key)) {
			t.Errorf("%.40q: fields %v", password, e.Fields)
		}
	}
}

// The same letters composed in another way are the same password.
func TestPasswordsAreComposed(t *testing.T) {
	h := newHouse(t)
	ona := h.member("ona@town.lt", access.Officer)
	ona.password = strings.ReplaceAll(strings.ReplaceAll(goodPassword, "ė", "e\u0307"), "ė", "e\u0307")
	if ona.password == goodPassword {
		t.Fatal("the two are written alike")
	}
	h.logIn(ona)
}
