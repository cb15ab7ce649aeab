package national

import (
	"bytes"
	"fmt"

	"charterhouse/internal/address"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

type textPage struct {
	web.Frame
	Email string
}

func (p *Portal) accessibility(r *web.Request) (web.Reply, error) {
	return p.text(r, "accessibility", KeyAccessibilityTitle, KeyAccessibilityDescription)
}

func (p *Portal) privacy(r *web.Request) (web.Reply, error) {
	return p.text(r, "privacy", KeyPrivacyTitle, KeyPrivacyDescription)
}

func (p *Portal) text(r *web.Request, template string, title, description i18n.Key) (web.Reply, error) {
	heading := r.Say(title, nil)
	return web.HTML(template, &textPage{
		Frame: web.Frame{Title: heading, Description: r.Say(description, nil), Crumbs: []web.Crumb{{Label: heading}}},
		Email: p.email,
	}), nil
}

// sitemap lists the portal's own pages; each town has a sitemap of its own.
func (p *Portal) sitemap(r *web.Request) (web.Reply, error) {
	return web.Sitemap(r, "/", "/accessibility", "/privacy")
}

func (p *Portal) robots(r *web.Request) (web.Reply, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "User-agent: *\nDisallow: %s?\nSitemap: %s\n", address.Path(r.Lang, "/"), r.Absolute("/sitemap.xml"))
	return web.Bytes("text/plain; charset=utf-8", b.Bytes()), nil
}

// mark is the portal's drawing: a sheet with three promises, each with its tick.
const mark = `<svg viewBox="0 0 44 52" aria-hidden="true" focusable="false"><path fill="currentColor" d="M6 2h24l10 10v34a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z"/><g fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"><path d="M10 18l3 3 5-6M23 19h11M10 29l3 3 5-6M23 30h11M10 40l3 3 5-6M23 41h11"/></g></svg>`

func (p *Portal) emblem(*web.Request) (web.Reply, error) {
	return web.Bytes("image/svg+xml", web.StandaloneSVG(mark, brand)), nil
}

// brand is the portal's own colour.
const brand = "#445274"

// Brand is the one colour that the portal's theme is made from.
func Brand() string { return brand }

// Mark is the portal's drawing, for its other faces.
func Mark() web.Drawing { return web.Drawing(mark) }

func complete(_ *web.Request, f *web.Frame) error {
	f.Emblem, f.Icon = web.Drawing(mark), "/emblem.svg"
	return nil
}
