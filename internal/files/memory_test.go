package files

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"testing"

	"charterhouse/internal/fault"
)

// frame is the head of a JPEG, as far as where its points begin.
func frame(marker byte, side int, before string, table ...byte) []byte {
	b := append([]byte{0xFF, 0xD8}, before...)
	b = append(b, 0xFF, marker)
	b = binary.BigEndian.AppendUint16(b, uint16(8+len(table)))
	b = append(b, 8)
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, uint16(side)), uint16(side))
	b = append(append(b, byte(len(table)/3)), table...)
	return append(b, 0xFF, 0xDA, 0, 2)
}

// TestWhatAPhotographTakes: the bytes of each point, by hand. A JPEG in layers of
// 49 megapixels took 740 MB, of 300 kB sent.
func TestWhatAPhotographTakes(t *testing.T) {
	full := []byte{1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0}
	quarter := []byte{1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0}
	adobe := "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00"
	for name, c := range map[string]struct {
		head  []byte
		bytes float64
		taken bool // of 49 megapixels
	}{
		"as phones make it": {frame(0xC0, 7000, "", quarter...), 3, true},
		"every colour":      {frame(0xC1, 7000, "", full...), 6, true},
		"grey":              {frame(0xC0, 7000, "", 1, 0x11, 0), 2, true},
		"in layers":         {frame(0xC2, 7000, "", full...), 15, false},
		"in fewer":          {frame(0xC2, 7000, "", quarter...), 7.5, false},
		"red, green, blue":  {frame(0xC0, 7000, "", 'R', 0x11, 0, 'G', 0x11, 0, 'B', 0x11, 0), 11, false},
		"said by Adobe":     {frame(0xC0, 7000, adobe, full...), 11, false},
		"four colours":      {frame(0xC0, 7000, adobe, append(bytes.Clone(full), 4, 0x11, 0)...), 12, false},
		"cut":               {frame(0xC0, 7000, "", full...)[:12], worstRoom, false},
	} {
		if got := jpegRoom(c.head); got != c.bytes {
			t.Errorf("%s takes %v bytes a point, want %v", name, got, c.bytes)
		}
		_, err := measure("a.jpg", bytes.NewReader(c.head))
		f, refused := fault.Of(err)
		if refused == c.taken || refused && f.Key != string(KeyPixels) && name != "cut" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := memory(frame(0xC2, 2000, "", full...)); n != 15_000_000 {
		t.Errorf("four megapixels in layers take the room of %d points", n)
	}
}

// TestTurnedAsItLies: a turned photograph has its colours where its light is, in
// every way that cameras spread them.
func TestTurnedAsItLies(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio411,
	} {
		const w, h = 24, 16
		from := image.NewYCbCr(image.Rect(0, 0, w, h), ratio)
		for y := range h {
			for x := range w {
				// The upper left quarter is bright and red.
				from.Y[from.YOffset(x, y)], from.Cb[from.COffset(x, y)], from.Cr[from.COffset(x, y)] = 60, 128, 128
				if x < w/2 && y < h/2 {
					from.Y[from.YOffset(x, y)], from.Cb[from.COffset(x, y)], from.Cr[from.COffset(x, y)] = 120, 90, 240
				}
			}
		}
		for how := 1; how <= 8; how++ {
			got := turn(from, how)
			for y := range h {
				for x := range w {
					tx, ty := x, y
					if how > 1 {
						tx, ty = place(how, x, y, w, h)
					}
					r1, g1, b1, _ := from.At(x, y).RGBA()
					if r2, g2, b2, _ := got.At(tx, ty).RGBA(); r1>>8 != r2>>8 || g1>>8 != g2>>8 || b1>>8 != b2>>8 {
						t.Fatalf("%v turned by %d: the point %d, %d has another colour", ratio, how, x, y)
					}
				}
			}
			if err := jpeg.Encode(new(bytes.Buffer), got, nil); err != nil {
				t.Errorf("%v turned by %d: %v", ratio, how, err)
			}
		}
	}
}
