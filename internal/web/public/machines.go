package public

import (
	"bytes"
	"fmt"

	"charterhouse/internal/address"
	"charterhouse/internal/charter"
	"charterhouse/internal/fault"
	"charterhouse/internal/tenant"
	"charterhouse/internal/web"
)

// sitemap lists every page of the site, each promise included.
func (s *Site) sitemap(r *web.Request) (web.Reply, error) {
	paths := []string{"/", "/commitments", "/charter", "/charter/versions", "/results", "/due", "/submit", "/track", "/accessibility", "/privacy"}
	v, err := charter.Current(r.Ctx, r.Tx)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return web.Reply{}, err
	}
	for _, p := range v.Document.Places() {
		paths = append(paths, "/commitments/"+p.Commitment.Key)
	}
	return web.Sitemap(r, paths...)
}

// robots invites search engines to the promises and keeps them from searching.
func (s *Site) robots(r *web.Request) (web.Reply, error) {
	var b bytes.Buffer
	b.WriteString("User-agent: *\n")
	for _, lang := range r.Langs {
		fmt.Fprintf(&b, "Disallow: %s\n", address.Path(lang, "/search"))
	}
	fmt.Fprintf(&b, "Sitemap: %s\n", r.Absolute("/sitemap.xml"))
	return web.Bytes("text/plain; charset=utf-8", b.Bytes()), nil
}

// emblem is the town's drawing as the icon of the browser's tab.
func (s *Site) emblem(r *web.Request) (web.Reply, error) {
	profile, err := tenant.Export(r.Ctx, r.Tx)
	if err != nil {
		return web.Reply{}, err
	}
	svg := orElse(profile.Emblem, s.countries[r.Town.Country].Emblem)
	if svg == "" {
		return web.Reply{}, fault.New(fault.NotFound, web.KeyNotFoundText)
	}
	return web.Bytes("image/svg+xml", web.StandaloneSVG(svg, r.Town.Brand)), nil
}
