package public

import (
	"testing"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/results"
	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
)

func TestTemplates(t *testing.T) {
	one := promise{Place: charter.Place{Section: &charter.Section{}, Group: &charter.Group{}, Commitment: &charter.Commitment{}}}
	webtest.Templates(t, web.Face{Name: "public", Templates: templates}, map[string][]web.Framed{
		"home": {&homePage{}}, "charter": {&charterPage{}}, "versions": {&versionsPage{}}, "diff": {&diffPage{}},
		"commitments": {&commitmentsPage{}}, "commitment": {&commitmentPage{Promise: one}}, "due": {&duePage{}}, "search": {&searchPage{}}, "text": {&textPage{}},
		"results": {&resultsPage{Report: &results.Report{}}},
		"submit":  {&submitPage{}}, "filing": {&filingPage{Kind: casework.Complaint}}, "receipt": {&receiptPage{Case: &casework.Case{Kind: casework.Praise}}}, "track": {&trackPage{}},
		"case": {&casePage{Case: &casework.Case{Kind: casework.Signal}}},
	})
}
