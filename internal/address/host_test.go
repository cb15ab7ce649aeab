package address_test

import (
	"strings"
	"testing"

	"charterhouse/internal/address"
)

func TestHost(t *testing.T) {
	long := strings.Repeat("a", 63)
	for header, want := range map[string]string{
		"klaipeda.localhost":                  "klaipeda.localhost",
		"klaipeda.localhost:8080":             "klaipeda.localhost",
		"KLAIPEDA.Localhost:8080":             "klaipeda.localhost",
		"localhost":                           "localhost",
		"localhost:1":                         "localhost",
		"localhost:65535":                     "localhost",
		"xn--80aqecdr1a.bg":                   "xn--80aqecdr1a.bg",
		"a-b.c--d.example":                    "a-b.c--d.example",
		"4town.example":                       "4town.example",
		long + ".example":                     long + ".example",
		strings.Repeat("a.", 125) + "abc":     strings.Repeat("a.", 125) + "abc", // 253 bytes
		"":                                    "",
		":8080":                               "",
		".":                                   "",
		"localhost.":                          "",
		"klaipeda.localhost.":                 "",
		"klaipeda.localhost.:8080":            "",
		"klaipeda..localhost":                 "",
		".klaipeda.localhost":                 "",
		"-klaipeda.localhost":                 "",
		"klaipeda-.localhost":                 "",
		"klaipeda.localhost-":                 "",
		"kl_aipeda.localhost":                 "",
		"klaipeda.localhost:":                 "",
		"klaipeda.localhost:0":                "",
		"klaipeda.localhost:99999":            "",
		"klaipeda.localhost:080808":           "",
		"klaipeda.localhost:+80":              "",
		"klaipeda.localhost:80:80":            "",
		"klaipeda.localhost:443@evil.example": "",
		"evil@klaipeda.localhost":             "",
		"127.0.0.1":                           "",
		"127.0.0.1:8080":                      "",
		"2130706433":                          "",
		"1.2.3":                               "",
		"[::1]:8080":                          "",
		"[::1]":                               "",
		"пещера.bg":                           "",
		"kl\u0430ipeda.localhost":             "", // a Cyrillic а
		"klaipėda.localhost":                  "",
		"klaipeda.localhost/":                 "",
		"klaipeda.localhost/../x":             "",
		"klaipeda.localhost#x":                "",
		"klaipeda.localhost?x":                "",
		"klaipeda.localhost\x00":              "",
		"klaipeda.localhost\r\nX: y":          "",
		"klaipeda localhost":                  "",
		" klaipeda.localhost":                 "",
		"klaipeda.localhost ":                 "",
		"klaipeda%2elocalhost":                "",
		"*.localhost":                         "",
		"a,b.localhost":                       "",
		long + "a.example":                    "",
		strings.Repeat("a", 300) + ".example": "",
		strings.Repeat("a.", 126) + "abc":     "",
	} {
		got, ok := address.Host(header)
		if got != want || ok != (want != "") {
			t.Errorf("Host(%q) = %q, %v; want %q", header, got, ok, want)
		}
	}
}

// FuzzHost holds what the lookup relies on: what is accepted is a plain
// lower-case name, found again in the header as it came, and stable.
func FuzzHost(f *testing.F) {
	for _, seed := range []string{
		"klaipeda.localhost:8080", "A.B", "a.example:443@evil", "xn--e1afmkfd.bg", "[::1]:80", "a..b", "a.-b", "1.2.3.4", "кирилица", "a.b.", "\x00", "a:99999",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		name, ok := address.Host(header)
		if !ok {
			if name != "" {
				t.Fatalf("Host(%q) refused and gave %q", header, name)
			}
			return
		}
		if len(name) == 0 || len(name) > 253 || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Fatalf("Host(%q) = %q is no plain name", header, name)
		}
		for _, label := range strings.Split(name, ".") {
			if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
				t.Fatalf("Host(%q) = %q has a bad label", header, name)
			}
		}
		before, _, _ := strings.Cut(header, ":")
		if strings.ToLower(before) != name {
			t.Fatalf("Host(%q) = %q is not what the header says", header, name)
		}
		if again, ok := address.Host(name); !ok || again != name {
			t.Fatalf("Host(%q) = %q is not stable", header, name)
		}
	})
}

func TestHostAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { address.Host("klaipeda.localhost:8080") }); n != 0 {
		t.Errorf("Host allocates %v times; it runs on every request", n)
	}
}
