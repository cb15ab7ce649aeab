package national

import (
	"testing"

	"charterhouse/internal/web"
	"charterhouse/internal/web/webtest"
)

func TestTemplates(t *testing.T) {
	webtest.Templates(t, web.Face{Name: "national", Templates: templates}, map[string][]web.Framed{
		"home": {&homePage{}}, "accessibility": {&textPage{}}, "privacy": {&textPage{}},
	})
}
