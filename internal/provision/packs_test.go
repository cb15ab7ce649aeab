package provision

import (
	"fmt"
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/tenants"
)

// What the country packs say of the law is no more certain than what was read:
// nothing is verified without a day, and what is inferred is not verified.
func TestPacksClaimOnlyWhatWasRead(t *testing.T) {
	packs, err := LoadPacks(tenants.Files, func(key string, args map[string]any) string { return fmt.Sprint(key, args) })
	if err != nil {
		t.Fatal(err)
	}
	for country, pack := range packs {
		if r := pack.Casework; r.OutsideLaw == nil || r.OutsideLaw.Verified || r.OutsideLaw.Source == "" {
			t.Errorf("%s: the rule for what comes outside hours has the ground %+v", country, r.OutsideLaw)
		}
		for name, kind := range pack.Casework.Kinds {
			if kind.Law != nil && kind.Law.Verified != (kind.Law.Checked != "") {
				t.Errorf("%s: the term of %s is verified %v and was checked %q", country, name, kind.Law.Verified, kind.Law.Checked)
			}
		}
	}
	for _, kind := range []string{casework.Question, casework.Proposal} {
		if packs["lt"].Casework.Kinds[kind].Law.Verified {
			t.Errorf("lt: that the term of a request holds for a %s is an inference", kind)
		}
	}
	if !packs["lt"].Casework.Kinds[casework.Request].Law.Verified {
		t.Error("lt: the term of a request was read")
	}
}
