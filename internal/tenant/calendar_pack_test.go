package tenant_test

import (
	"io/fs"
	"strings"
	"testing"

	"charterhouse/internal/tenant"
	"charterhouse/tenants"
)

const smallCalendar = `country: xx
version: "1"
zone: Europe/Vilnius
weekly: [mon, tue, wed, thu, fri]
note: {lt: a, bg: b, en: c}
holidays:
  - key: day
    rule: fixed
    month: 5
    day: 6
    name: {lt: a, bg: b, en: c}
extra_days:
  - date: 2026-01-02
    name: {lt: a, bg: b, en: c}
`

func TestTheCountriesCalendars(t *testing.T) {
	want := map[string]struct {
		zone     string
		holidays int
		extra    int
	}{"lt": {"Europe/Vilnius", 16, 0}, "bg": {"Europe/Sofia", 14, 2}}
	for country, w := range want {
		raw, err := fs.ReadFile(tenants.Files, "packs/"+country+"/calendar.yaml")
		if err != nil {
			t.Fatal(err)
		}
		c, err := tenant.DecodeCountryCalendar(raw)
		if err != nil {
			t.Fatal(err)
		}
		if c.Country != country || c.Zone != w.zone || len(c.Holidays) != w.holidays || len(c.ExtraDays) != w.extra {
			t.Errorf("%s: %s, %d holidays, %d declared days", c.Country, c.Zone, len(c.Holidays), len(c.ExtraDays))
		}
		for _, h := range c.Holidays {
			if h.Basis == "" {
				t.Errorf("%s: %s has no basis in law", country, h.Key)
			}
		}
		spec, err := tenant.DecodeCalendar(raw)
		if err != nil || spec.Key != country || len(spec.Extra) != w.extra {
			t.Errorf("%s: %v, %v", country, spec.Key, err)
		}
	}
}

func TestDecodeCalendarNamesTheLine(t *testing.T) {
	if _, err := tenant.DecodeCalendar([]byte(smallCalendar)); err != nil {
		t.Fatal(err)
	}
	cases := []struct{ old, with, want string }{
		{"month: 5", "month: 15", "line 9: holidays[0].month"},
		{"month: 5", "monht: 5", "line 9: field monht not found"},
		{"    month: 5\n", "", "line 7: holidays[0].month"},
		{"rule: fixed", "rule: fix", "line 8: holidays[0].rule"},
		{"day: 6\n    name: {lt: a, bg: b, en: c}", "day: 6\n    name: {lt: a, bg: b}", "line 11: holidays[0].name.en"},
		{"2026-01-02", "2026-02-30", "line 13: extra_days[0].date"},
		{"2026-01-02", "02.01.2026", "line 13: extra_days[0].date"},
		{"2026-01-02\n    name: {lt: a,", "2026-01-02\n    name: {", "line 14: extra_days[0].name.lt"},
		{"2026-01-02", "2026-05-06\n    working: true", "line 14: extra_days[0].working"},
		{"Europe/Vilnius", "Europe/Klaipeda", "line 3: zone"},
		{"Europe/Vilnius", `""`, "line 3: zone"},
		{"note: {lt: a, bg: b, en: c}", "note: {lt: a, bg: b}", "line 5: note.en"},
		{"[mon, tue", "[mon, mon", "line 4: weekly[1]"},
		{"country: xx", "country: &a xx", "line 1: anchors and aliases"},
		{"country: xx", "country: [xx", "line"},
		{"    name: {lt: a, bg: b, en: c}\n", "    name: {lt: a, bg: b, en: c}\n---\nmore: 1\n", "more than one document"},
		{"country: xx", "country: xx\n#" + strings.Repeat("x", 257<<10), "larger than 256 KB"},
	}
	for _, c := range cases {
		i := strings.LastIndex(smallCalendar, c.old)
		if i < 0 {
			t.Fatalf("%q is not in the calendar", c.old)
		}
		_, err := tenant.DecodeCalendar([]byte(smallCalendar[:i] + c.with + smallCalendar[i+len(c.old):]))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: want %q, got %v", c.with, c.old, c.want, err)
		}
	}
}
