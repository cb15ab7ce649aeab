package public

import (
	"regexp"
	"strings"

	"charterhouse/internal/i18n"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// emailLine is a line that names the town's e-mail; a town without one drops it.
var emailLine = regexp.MustCompile(`(?m)^.*\{email\}.*\n?`)

type textPage struct {
	web.Frame
	Body i18n.Text
}

// accessibility is the statement that Directive (EU) 2016/2102 asks for.
func (s *Site) accessibility(r *web.Request) (web.Reply, error) {
	return s.text(r, KeyAccessibilityTitle, func(t provision.PackTexts) i18n.Text { return t.Accessibility })
}

// privacy tells what is kept about a visitor: nothing, until they send something.
func (s *Site) privacy(r *web.Request) (web.Reply, error) {
	return s.text(r, KeyPrivacyTitle, func(t provision.PackTexts) i18n.Text { return t.Privacy })
}

// text shows a text of the country pack under the town's own name.
func (s *Site) text(r *web.Request, title i18n.Key, of func(provision.PackTexts) i18n.Text) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	kept := r.Say(KeyPrivacyKeptUnset, nil)
	if k := profile.Privacy; !k.Retention.Empty() {
		if kept = r.Text(k.Retention); k.Source != "" {
			kept += " (" + k.Source + ")"
		}
	}
	body := i18n.Text{}
	for lang, text := range of(s.countries[r.Town.Country].Texts) {
		name, _ := profile.Contact.Organisation.In(lang, profile.Languages...)
		if profile.Contact.Email == "" {
			text = emailLine.ReplaceAllString(text, "")
		}
		body[lang] = strings.NewReplacer("{town}", name, "{email}", profile.Contact.Email, "{retention}", kept).Replace(text)
	}
	heading := r.Say(title, nil)
	return web.HTML("text", &textPage{
		Frame: web.Frame{Title: heading, Crumbs: []web.Crumb{{Label: heading}}}, Body: body,
	}), nil
}
