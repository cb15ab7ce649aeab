package tenant

import "testing"

func TestThePrefixOfCaseNumbers(t *testing.T) {
	for slug, want := range map[string]string{"klaipeda": "KL", "s-1-ofia": "SO", "s1": "CH"} {
		if got := (Profile{Slug: slug}).Prefix(); got != want {
			t.Errorf("%s without a prefix of its own gets %q, want %q", slug, got, want)
		}
	}
	if got := (Profile{Slug: "peshtera", CasePrefix: "ПЩ"}).Prefix(); got != "ПЩ" {
		t.Errorf("the town's own prefix is lost: %q", got)
	}
	for prefix, good := range map[string]bool{
		"KL": true, "ЧП": true, "ŠIAU": true, "K": false, "KLAIP": false, "Kl": false, "K1": false, "K-": false, "K\n": false,
	} {
		c := Checker{Langs: []string{"en"}}
		Profile{CasePrefix: prefix}.Check(&c)
		found := false
		for _, f := range c.Fields {
			found = found || f.Key == string(KeyCheckPrefix)
		}
		if found == good {
			t.Errorf("prefix %q: refused %v", prefix, found)
		}
	}
}
