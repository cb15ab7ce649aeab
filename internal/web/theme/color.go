package theme

import (
	"encoding/hex"
	"fmt"
	"math"
)

// Color is one sRGB colour. Its zero value is black.
type Color struct{ R, G, B uint8 }

// Parse reads a colour written #rrggbb, upper or lower case. Short forms, names,
// functions, transparency and surrounding spaces are refused: a town's colour is
// written in one way everywhere.
func Parse(s string) (Color, error) {
	if len(s) != 7 || s[0] != '#' {
		return Color{}, fmt.Errorf("%.20q is not a colour written #rrggbb", s)
	}
	var v [3]byte
	if _, err := hex.Decode(v[:], []byte(s[1:])); err != nil {
		return Color{}, fmt.Errorf("%.20q is not a colour written #rrggbb", s)
	}
	return Color{v[0], v[1], v[2]}, nil
}

// String writes the colour as #rrggbb in lower case; Parse reads it back.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Luminance is WCAG's relative luminance: 0 for black, 1 for white.
func (c Color) Luminance() float64 { return c.linear().luminance() }

// Contrast is WCAG's contrast ratio of two colours, 1 to 21, in either order.
func Contrast(a, b Color) float64 {
	la, lb := a.Luminance(), b.Luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func (c Color) linear() rgb {
	one := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return rgb{one(c.R), one(c.G), one(c.B)}
}

func (v rgb) color() Color {
	one := func(x float64) uint8 {
		x = min(max(x, 0), 1)
		if x <= 0.0031308 {
			x *= 12.92
		} else {
			x = 1.055*math.Pow(x, 1/2.4) - 0.055
		}
		return uint8(math.Round(x * 255))
	}
	return Color{one(v.r), one(v.g), one(v.b)}
}
