package theme

import (
	"bytes"
	"math"
	"os"
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func anyColor(t *rapid.T) Color {
	return Color{
		R: rapid.Uint8().Draw(t, "r"),
		G: rapid.Uint8().Draw(t, "g"),
		B: rapid.Uint8().Draw(t, "b"),
	}
}

// pairs that must be readable: text on every ground it is set on (4.5:1), lines
// that carry meaning on every ground (3:1).
var pairs = []struct {
	over, ground []string
	least        float64
}{
	{[]string{"text-default"}, []string{"background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover", "surface-active"}, 7},
	{[]string{"text-subtle"}, []string{"background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover"}, 4.5},
	{[]string{"base-contrast-default", "base-contrast-subtle"}, []string{"base-default", "base-hover", "base-active"}, 4.5},
	{[]string{"border-default", "border-strong", "base-default", "base-hover"}, []string{"background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover"}, 3},
}

func TestEveryBrandIsReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		brand := anyColor(t)
		for name, steps := range map[string][]step{"light": light[:], "dark": dark[:]} {
			all := tones(steps, brand)
			for _, p := range pairs {
				for _, over := range p.over {
					for _, ground := range p.ground {
						if got := Contrast(all[over], all[ground]); got < p.least {
							t.Fatalf("%s, %s: %s %s on %s %s is %.2f:1, wanted %.1f", name, brand, over, all[over], ground, all[ground], got, p.least)
						}
					}
				}
			}
		}
	})
}

// The house's own inks also stand on a town's tinted grounds, and the focus ring
// is drawn in two house colours, one of which must show on every ground.
func TestHouseInksAndFocusOnEveryBrand(t *testing.T) {
	inLight, inDark := housePalette(t)
	rapid.Check(t, func(t *rapid.T) {
		brand := anyColor(t)
		for _, scheme := range []struct {
			steps []step
			house map[string]Color
		}{{light[:], inLight}, {dark[:], inDark}} {
			all := tones(scheme.steps, brand)
			for _, ground := range []string{"background-default", "background-tinted", "surface-default", "surface-tinted"} {
				for _, ink := range []string{"neutral-text-default", "neutral-text-subtle"} {
					if got := Contrast(scheme.house[ink], all[ground]); got < 4.5 {
						t.Fatalf("%s: %s on %s is %.2f:1", brand, ink, ground, got)
					}
				}
			}
			for _, ground := range []string{"background-default", "background-tinted", "surface-default", "surface-tinted", "surface-hover", "surface-active", "base-default", "base-hover"} {
				outer, inner := Contrast(scheme.house["focus-outer"], all[ground]), Contrast(scheme.house["focus-inner"], all[ground])
				if max(outer, inner) < 3 {
					t.Fatalf("%s: the focus ring on %s is %.2f:1 and %.2f:1", brand, ground, outer, inner)
				}
			}
			if got := Contrast(scheme.house["focus-outer"], scheme.house["focus-inner"]); got < 7 {
				t.Fatalf("the two rings of the focus differ by %.2f:1 only", got)
			}
		}
	})
}

// housePalette reads the neutral colours where they are written, so that a
// change there is checked here.
func housePalette(t *testing.T) (inLight, inDark map[string]Color) {
	t.Helper()
	sheet, err := os.ReadFile("../assets/css/palette.css")
	if err != nil {
		t.Fatal(err)
	}
	day, night, found := bytes.Cut(sheet, []byte("prefers-color-scheme: dark"))
	if !found {
		t.Fatal("palette.css has no dark half")
	}
	inLight, inDark = read(t, day), read(t, night)
	for _, name := range []string{"neutral-text-default", "neutral-text-subtle", "focus-outer", "focus-inner"} {
		if inLight[name] == (Color{}) || inDark[name] == (Color{}) {
			t.Fatalf("palette.css does not set %s in both halves", name)
		}
	}
	return inLight, inDark
}

var declaration = regexp.MustCompile(`--ds-color-([a-z-]+):\s*(#[0-9a-f]{6})\b`)

func read(t *testing.T, sheet []byte) map[string]Color {
	t.Helper()
	all := map[string]Color{}
	for _, m := range declaration.FindAllSubmatch(sheet, -1) {
		c, err := Parse(string(m[2]))
		if err != nil {
			t.Fatal(err)
		}
		all[string(m[1])] = c
	}
	return all
}

func TestLuminanceIsFixedAndHueKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		brand := anyColor(t)
		of := brand.linear().lch()
		for _, steps := range [][]step{light[:], dark[:]} {
			all := tones(steps, brand)
			for _, s := range steps {
				got := all[s.token]
				if math.Abs(got.Luminance()-s.luminance) > 0.006 {
					t.Fatalf("%s: %s is %s, luminance %.4f, wanted %.4f", brand, s.token, got, got.Luminance(), s.luminance)
				}
				is := got.linear().lch()
				if is.c > of.c*s.chroma+0.012 {
					t.Fatalf("%s: %s %s has chroma %.3f, more than %.3f", brand, s.token, got, is.c, of.c*s.chroma)
				}
				// Near grey the hue of an 8-bit colour means nothing.
				turn := math.Abs(math.Remainder(is.h-of.h, 2*math.Pi))
				if is.c > 0.04 && turn*is.c > 0.012 {
					t.Fatalf("%s: %s %s turned its hue by %.1f degrees", brand, s.token, got, turn*180/math.Pi)
				}
			}
		}
	})
}

// The four towns and the portal as their screens were drawn.
func TestDrawnTowns(t *testing.T) {
	towns := []struct{ brand, tinted, border, base, text, darkBase, darkSurface string }{
		{"#217fbb", "#eaf5ff", "#217fbb", "#095785", "#022e4a", "#70a3cc", "#102a3d"},
		{"#1c5e30", "#e9f7eb", "#468655", "#1c5e30", "#023314", "#7fa786", "#192c1d"},
		{"#773b7b", "#feefff", "#a062a4", "#773b7b", "#441b47", "#ba90bc", "#352136"},
		{"#7d431c", "#fff1e9", "#a76a44", "#7d431c", "#482104", "#bf957c", "#372318"},
		{"#445274", "#f0f4fd", "#6a789d", "#445274", "#222b42", "#939eb7", "#232833"},
	}
	for _, town := range towns {
		brand := must(t, town.brand)
		day, night := tones(light[:], brand), tones(dark[:], brand)
		near(t, town.brand+" tinted", day["background-tinted"], town.tinted)
		near(t, town.brand+" border", day["border-default"], town.border)
		near(t, town.brand+" base", day["base-default"], town.base)
		near(t, town.brand+" text", day["text-default"], town.text)
		near(t, town.brand+" dark base", night["base-default"], town.darkBase)
		near(t, town.brand+" dark surface", night["surface-default"], town.darkSurface)
		if day["base-contrast-default"].String() != "#ffffff" || night["base-contrast-default"].String() != "#000000" {
			t.Errorf("%s: letters on the base are %s and %s", town.brand, day["base-contrast-default"], night["base-contrast-default"])
		}
	}
}

func must(t *testing.T, s string) Color {
	t.Helper()
	c, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// near allows a distance of 0.015 in OKLab, less than an eye tells apart side by
// side (0.02).
func near(t *testing.T, what string, got Color, want string) {
	t.Helper()
	g, w := got.linear().lch(), must(t, want).linear().lch()
	apart := math.Hypot(g.l-w.l, math.Hypot(
		g.c*math.Cos(g.h)-w.c*math.Cos(w.h),
		g.c*math.Sin(g.h)-w.c*math.Sin(w.h)))
	if apart > 0.015 {
		t.Errorf("%s is %s, drawn as %s: %.3f apart", what, got, want, apart)
	}
}

func TestCSSIsOneSmallDeterministicSheet(t *testing.T) {
	const town = "#217fbb"
	sheet := CSS(town)
	if !bytes.Equal(sheet, CSS("#217FBB")) {
		t.Error("two sheets of one brand differ")
	}
	if len(sheet) > 2048 {
		t.Errorf("%d bytes", len(sheet))
	}
	form := regexp.MustCompile(`^@layer [a-z.,]+;@layer ds\.tenant\{:root\{(--ds-color-accent-[a-z-]+:#[0-9a-f]{6};?){16}\}@media screen and \(prefers-color-scheme:dark\)\{:root\{(--ds-color-accent-[a-z-]+:#[0-9a-f]{6};?){16}\}\}\}\n$`)
	if !form.Match(sheet) {
		t.Errorf("unexpected sheet:\n%s", sheet)
	}
	if broken := CSS("blue"); !form.Match(broken) || bytes.Equal(broken, sheet) {
		t.Errorf("a brand that is none gives:\n%s", broken)
	}
	onLight, onDark := Base(must(t, town))
	for _, c := range []Color{onLight, onDark} {
		if !bytes.Contains(sheet, []byte("base-default:"+c.String())) {
			t.Errorf("Base %s does not stand in the sheet", c)
		}
	}
}

func TestParse(t *testing.T) {
	for _, s := range []string{"#217fbb", "#FFFFFF", "#000000", "#aB09eF"} {
		c, err := Parse(s)
		if err != nil {
			t.Errorf("%s refused: %v", s, err)
		}
		if back, err := Parse(c.String()); err != nil || back != c {
			t.Errorf("%s does not read back: %v %v", s, back, err)
		}
	}
	for _, s := range []string{"", "#", "#fff", "217fbb", "#217fb", "#217fbbf", "#217fbg", " #217fbb", "#217fbb ", "blue", "#12345\x00", "#１２", "rgb(0,0,0)", "#-12345", "#217fbb;}body{", "x217fbb", "0x217fb"} {
		if c, err := Parse(s); err == nil {
			t.Errorf("%q was read as %s", s, c)
		}
	}
}
