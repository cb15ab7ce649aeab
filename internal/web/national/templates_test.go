package national

import (
	"testing"

	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
)

func TestTemplates(t *testing.T) {
	webtest.Templates(t, web.Face{Name: "national", Templates: templates}, map[string][]web.Framed{
		"home": {&homePage{}}, "figures": {&figuresPage{}}, "compare": {&comparePage{}}, "indicator": {&indicatorPage{}}, "municipality": {&municipalityPage{}}, "accessibility": {&textPage{}}, "privacy": {&textPage{}},
	})
}
