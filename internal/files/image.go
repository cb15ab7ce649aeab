package files

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
)

// maxPixels bounds what a picture may unfold to: a photograph of a large camera,
// and about 200 MB while it is drawn.
const maxPixels = 50_000_000

// measure tells from the head of a picture how many points it will unfold to, of
// four bytes each: one of sixteen bits a colour counts twice. It refuses a picture
// that cannot be read, is too large, or takes too much room while it is drawn.
func measure(name string, from io.Reader) (int, error) {
	var head bytes.Buffer
	size, format, err := image.DecodeConfig(io.TeeReader(from, &head))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return 0, refuse(KeyBroken, name)
	}
	most := maxPixels
	deep := size.ColorModel == color.NRGBA64Model || size.ColorModel == color.RGBA64Model || size.ColorModel == color.Gray16Model
	if deep {
		most /= 2
	}
	if size.Width > most/size.Height {
		return 0, refuse(KeyPixels, name)
	}
	if format == "jpeg" && float64(size.Width*size.Height)*jpegRoom(head.Bytes()) > maxMemory {
		return 0, refuse(KeyPixels, name)
	}
	if deep {
		return 2 * size.Width * size.Height, nil
	}
	return size.Width * size.Height, nil
}

// redraw draws a picture anew, so that nothing of the old file survives but its
// points: no place, no time, no camera, no second content behind the picture. It
// is turned as its maker meant it, because that note goes too. Of a GIF that moves
// the first picture stays.
func redraw(ctx context.Context, name, kind string, raw []byte) ([]byte, error) {
	if _, err := measure(name, reading{ctx, bytes.NewReader(raw)}); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(reading{ctx, bytes.NewReader(raw)})
	if err != nil {
		return nil, refuse(KeyBroken, name)
	}
	var out bytes.Buffer
	to := &writing{ctx, &out, MaxFile}
	switch kind {
	case PNG:
		err = png.Encode(to, img)
	case pictureGIF:
		err = gif.Encode(to, img, nil)
	default:
		err = jpeg.Encode(to, turn(img, orientation(raw)), &jpeg.Options{Quality: 88})
	}
	switch {
	case errors.Is(err, errTooMuch):
		return nil, refuse(KeyPixels, name)
	case err != nil:
		return nil, refuse(KeyBroken, name)
	}
	return out.Bytes(), nil
}

// place tells where a point of the stored picture belongs.
func place(how, x, y, w, h int) (int, int) {
	switch how {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	default: // 8
		return y, w - 1 - x
	}
}

// orientation reads the one EXIF note that matters for looking at a JPEG; 1 when
// there is none or it cannot be read.
func orientation(raw []byte) int {
	for at := 2; at+4 <= len(raw) && raw[at] == 0xFF; {
		marker, length := raw[at+1], int(binary.BigEndian.Uint16(raw[at+2:]))
		if marker == 0xDA || length < 2 || at+2+length > len(raw) {
			return 1
		}
		if segment := raw[at+4 : at+2+length]; marker == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		at += 2 + length
	}
	return 1
}

func tiffOrientation(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if t[0] == 'I' {
		order = binary.LittleEndian
	}
	first := int(order.Uint32(t[4:]))
	if first < 8 || first+2 > len(t) {
		return 1
	}
	for i := range int(order.Uint16(t[first:])) {
		at := first + 2 + 12*i
		if at+12 > len(t) {
			return 1
		}
		if order.Uint16(t[at:]) == 0x0112 {
			return int(order.Uint16(t[at+8:]))
		}
	}
	return 1
}
