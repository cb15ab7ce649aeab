// Package theme turns a town's one colour into every tone its site needs.
//
// A town brings hue and chroma; how light each tone is, is the same for all
// towns. Contrast depends on lightness alone, so a blue, a plum and a bronze
// town are equally readable by construction (WCAG 2.2, 1.4.3 and 1.4.11, which
// EN 301 549 makes binding on public bodies), and nobody has to check a colour
// that a municipality picks.
//
// The tones are Designsystemet's accent tokens. The package is pure: no files,
// no state.
package theme

import (
	"bytes"
	"fmt"
)

// step is one token: its fixed luminance, and how much of the brand's chroma it
// takes. Large quiet areas take little of it, lines and letters much.
type step struct {
	token     string
	luminance float64
	chroma    float64
}

var light = [...]step{
	{"background-default", 1, 0},
	{"background-tinted", 0.90, 0.22},
	{"surface-default", 1, 0},
	{"surface-tinted", 0.81, 0.22},
	{"surface-hover", 0.70, 0.5},
	{"surface-active", 0.59, 0.5},
	{"border-subtle", 0.50, 0.5},
	{"border-default", 0.19, 1},
	{"border-strong", 0.11, 1},
	{"text-subtle", 0.11, 1},
	{"text-default", 0.0245, 0.75},
	{"base-default", 0.085, 1},
	{"base-hover", 0.058, 0.75},
	{"base-active", 0.038, 0.75},
	{"base-contrast-subtle", 0.82, 0.22},
	{"base-contrast-default", 1, 0},
}

var dark = [...]step{
	{"background-default", 0.009, 0.38},
	{"background-tinted", 0.014, 0.38},
	{"surface-default", 0.021, 0.38},
	{"surface-tinted", 0.027, 0.38},
	{"surface-hover", 0.036, 0.38},
	{"surface-active", 0.056, 0.38},
	{"border-subtle", 0.08, 1},
	{"border-default", 0.22, 1},
	{"border-strong", 0.39, 0.65},
	{"text-subtle", 0.39, 0.65},
	{"text-default", 0.84, 0.15},
	{"base-default", 0.34, 0.65},
	{"base-hover", 0.44, 0.65},
	{"base-active", 0.54, 0.65},
	{"base-contrast-subtle", 0.02, 0.38},
	{"base-contrast-default", 0, 0},
}

// The layer order stands here too, so that it does not matter which of the two
// style sheets a page names first. The dark tones are for screens only: paper
// is white.
const (
	sheetHead = "@layer ds.theme,ds.base,ds.components,ds.tenant,house;@layer ds.tenant{:root{"
	sheetDark = "}@media screen and (prefers-color-scheme:dark){:root{"
	sheetTail = "}}}\n"
)

var grey = Color{0x77, 0x77, 0x77}

// CSS is the style sheet of a town's colours, for light and dark screens: custom
// properties only, about 1.5 KB, the same bytes for the same brand. The brand was
// checked by Parse when the town's settings were accepted; one that is no colour
// all the same gives a readable site in greys, not a site without colours.
func CSS(brand string) []byte {
	c, err := Parse(brand)
	if err != nil {
		c = grey
	}
	var out bytes.Buffer
	out.WriteString(sheetHead)
	write(&out, light[:], c)
	out.WriteString(sheetDark)
	write(&out, dark[:], c)
	out.WriteString(sheetTail)
	return out.Bytes()
}

// Base is the town's full colour on light and on dark ground, as the bar above
// the page and the emblem show it; for what no style sheet reaches, such as the
// icon in a browser's tab.
func Base(brand Color) (onLight, onDark Color) {
	return tones(light[:], brand)["base-default"], tones(dark[:], brand)["base-default"]
}

func write(out *bytes.Buffer, steps []step, brand Color) {
	all := tones(steps, brand)
	for i, s := range steps {
		if i > 0 {
			out.WriteByte(';')
		}
		fmt.Fprintf(out, "--ds-color-accent-%s:%s", s.token, all[s.token])
	}
}

func tones(steps []step, brand Color) map[string]Color {
	of := brand.linear().lch()
	all := make(map[string]Color, len(steps))
	for _, s := range steps {
		all[s.token] = at(s.luminance, of.c*s.chroma, of.h)
	}
	return all
}
