package admin

import (
	"fmt"
	"html"
	"strings"

	"github.com/boombuler/barcode/qr"

	"charterhouse/internal/web"
)

// quietZone is the white margin, in modules, that readers need (ISO/IEC 18004).
const quietZone = 4

// qrCode draws a text as an SVG of one path: no image file, no script and no
// other server learns the secret in it. It is dark on white in the dark theme
// too, since readers take no other. label is what it is, for whoever cannot see it.
func qrCode(text, label string) (web.Drawing, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("admin: draw a code: %w", err)
	}
	size := code.Bounds().Dx()
	dark := func(x, y int) bool {
		if x >= size {
			return false
		}
		level, _, _, _ := code.At(x, y).RGBA()
		return level == 0
	}
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			from := x
			for dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	side := size + 2*quietZone
	return web.Drawing(fmt.Sprintf(`<svg class="qr" viewBox="0 0 %d %d" width="240" height="240" role="img" shape-rendering="crispEdges"><title>%s</title>`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>`, side, side, html.EscapeString(label), side, side, path.String())), nil
}
