package web

import (
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// Frame is what stands round the content of every page. A page struct embeds
// it and sets the first group; the kit and the face complete the second.
type Frame struct {
	// Title is the page's own heading; the kit adds the name of the site.
	Title string
	// Description for search engines and shared links; one sentence.
	Description string
	// Menu is the path of the menu item this page belongs to, such as "/charter".
	Menu string
	// Crumbs lead from the home page here; the last one is this page.
	Crumbs []Crumb
	// NoIndex keeps the page out of search engines.
	NoIndex bool
	// Invalid marks a form shown again: the title begins with "Error:".
	Invalid bool

	// Completed by the kit.
	Lang       string
	Path       string // of this page, without the language
	Town       tenant.Town
	Name       string // of the town, or of the portal
	FullTitle  string
	Home       string // path of the home page
	Canonical  string // whole address
	Languages  []Language
	Nav        []NavItem
	Stylesheet string
	Script     string
	Theme      string   // the town's colours
	Fonts      []string // to preload
	Sample     bool     // the strip "sample data" stands above the masthead

	User string // name of who is signed in

	// Completed by the face, on its error pages too: see Face.Complete.
	Contact tenant.Contact
	Emblem  Drawing
	Horizon Drawing
	Icon    string    // path of the browser tab's icon
	Note    i18n.Text // in the strip above the masthead
	Side    any       // whatever else the face's own layout shows
}

// Drawing is the text of an SVG of plain shapes, checked when it was accepted
// into the town's package. The template function drawing writes it into a page.
type Drawing []byte

// Crumb is one step of the way here; Path is empty for the page itself.
type Crumb struct {
	Label, Path string
	Lang        string // of the label, where it is not the page's
}

// Language is one entry of the switch and one hreflang line.
type Language struct {
	Code    string
	Name    string // in itself: Lietuvių
	URL     string // path of this very page
	Address string // whole address of it
	Current bool
}

// NavItem is one entry of the main menu.
type NavItem struct {
	Label, URL string
	Current    bool
	Push       bool
}

// Locale is the page's language as Open Graph writes it, with the country whose
// spelling it follows.
func (f *Frame) Locale() string {
	return map[string]string{"lt": "lt_LT", "bg": "bg_BG", "en": "en_GB"}[f.Lang]
}

// Framed is any page struct that embeds Frame; HTML takes a pointer to it.
type Framed interface{ frame() *Frame }

func (f *Frame) frame() *Frame { return f }
