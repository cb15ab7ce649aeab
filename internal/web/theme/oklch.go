package theme

import "math"

// lch is a colour in OKLCH, the space in which equal steps look equal: a hue
// kept here stays the same hue to the eye at every lightness.
type lch struct{ l, c, h float64 } // lightness 0..1, chroma 0..~0.4, hue in radians

// rgb is linear light, 0..1 inside sRGB.
type rgb struct{ r, g, b float64 }

// luminance is WCAG's relative luminance, which is all that contrast looks at.
func (v rgb) luminance() float64 { return 0.2126*v.r + 0.7152*v.g + 0.0722*v.b }

func (v rgb) inGamut() bool {
	const slack = 1e-4 // less than a quarter of the smallest 8-bit step in light tones
	for _, x := range [3]float64{v.r, v.g, v.b} {
		if x < -slack || x > 1+slack {
			return false
		}
	}
	return true
}

// Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).
func (v rgb) lch() lch {
	l := math.Cbrt(0.4122214708*v.r + 0.5363325363*v.g + 0.0514459929*v.b)
	m := math.Cbrt(0.2119034982*v.r + 0.6806995451*v.g + 0.1073969566*v.b)
	s := math.Cbrt(0.0883024619*v.r + 0.2817188376*v.g + 0.6299787005*v.b)
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	b := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return lch{
		l: 0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		c: math.Hypot(a, b),
		h: math.Atan2(b, a),
	}
}

func (v lch) rgb() rgb {
	a, b := v.c*math.Cos(v.h), v.c*math.Sin(v.h)
	l := v.l + 0.3963377774*a + 0.2158037573*b
	m := v.l - 0.1055613458*a - 0.0638541728*b
	s := v.l - 0.0894841775*a - 1.2914855480*b
	l, m, s = l*l*l, m*m*m, s*s*s
	return rgb{
		r: 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		g: -1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		b: -0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

// at returns the colour of this hue whose luminance is y, with the chroma asked
// for, or the most that sRGB holds at that luminance.
func at(y, chroma, hue float64) Color {
	v := solve(y, chroma, hue)
	if v.inGamut() {
		return v.color()
	}
	low, high := 0.0, chroma // grey is always inside
	for range 14 {
		if mid := (low + high) / 2; solve(y, mid, hue).inGamut() {
			low = mid
		} else {
			high = mid
		}
	}
	return solve(y, low, hue).color()
}

// solve finds the lightness that gives luminance y, in or out of sRGB.
func solve(y, chroma, hue float64) rgb {
	low, high := 0.0, 1.2 // above 1: light tones of high chroma, before it is reduced
	for range 22 {
		if mid := (low + high) / 2; (lch{mid, chroma, hue}).rgb().luminance() < y {
			low = mid
		} else {
			high = mid
		}
	}
	return lch{(low + high) / 2, chroma, hue}.rgb()
}
