package admin

import (
	"strings"

	"charterhouse/internal/fault"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// retentionPage is how long the town keeps cases, as those who file are told.
type retentionPage struct {
	settingsTop
	Form   web.Form
	Origin origin
	Langs  []namedLang

	Stands, Typed string
}

func (s *Site) privacyPage(r *web.Request) (web.Reply, error) { return s.privacy(r, nil) }

func (s *Site) privacy(r *web.Request, f *fault.Error) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	page := &retentionPage{Langs: langsOf(r)}
	page.settingsTop = settingsFrame(r, r.Say(KeyRetentionTitle, nil))
	if page.Origin, err = s.settingOrigin(r, "privacy"); err != nil {
		return web.Reply{}, err
	}
	blank := !typed(r)
	if page.Form, err = shown(r, f, page.Origin.Version); err != nil {
		return web.Reply{}, err
	}
	if blank {
		fillText(page.Form, "retention", profile.Privacy.Retention, r.Langs)
		page.Form.Fill("source", profile.Privacy.Source)
	}
	if page.Form.Changed {
		page.Stands, page.Typed = retentionWords(r, profile.Privacy), retentionWords(r, readRetention(r))
	}
	return web.HTML("settings_privacy", page), nil
}

func retentionWords(r *web.Request, p tenant.Privacy) string {
	return strings.TrimSpace(everyText(r, p.Retention) + "\n" + p.Source)
}

func readRetention(r *web.Request) tenant.Privacy {
	return tenant.Privacy{Retention: readText(r, "retention"), Source: strings.TrimSpace(r.Form.Get("source"))}
}

func (s *Site) privacySave(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	profile.Privacy = readRetention(r)
	if err := s.amendProfile(r, profile, "privacy", "privacy", profile.Privacy, "retention"); err != nil {
		return web.Reply{}, err
	}
	return web.Redirect(r.URL(pathPrivacy + "?saved=1")), nil
}
