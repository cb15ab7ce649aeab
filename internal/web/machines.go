package web

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"charterhouse/internal/address"
)

type sitemap struct {
	XMLName xml.Name     `xml:"urlset"`
	NS      string       `xml:"xmlns,attr"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc   string        `xml:"loc"`
	Links []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// Sitemap lists pages of the site in every language, for search engines.
func Sitemap(r *Request, paths ...string) (Reply, error) {
	m := sitemap{NS: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, path := range paths {
		for _, lang := range r.Langs {
			u := sitemapURL{Loc: r.Absolute(address.Path(lang, path))}
			for _, other := range r.Langs {
				u.Links = append(u.Links, sitemapLink{"alternate", other, r.Absolute(address.Path(other, path))})
			}
			m.URLs = append(m.URLs, u)
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(m); err != nil {
		return Reply{}, fmt.Errorf("web: write the sitemap: %w", err)
	}
	return Bytes("application/xml", b.Bytes()), nil
}

// StandaloneSVG makes a drawing that stands inside a page into a file of its
// own: it names its namespace and takes the town's colour for the page's.
func StandaloneSVG(svg, brand string) []byte {
	out := bytes.Replace([]byte(svg), []byte("<svg"), []byte(`<svg color="`+brand+`"`), 1)
	if !bytes.Contains(out, []byte("xmlns=")) {
		out = bytes.Replace(out, []byte("<svg"), []byte(`<svg xmlns="http://www.w3.org/2000/svg"`), 1)
	}
	return out
}
