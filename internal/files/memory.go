package files

import (
	"bytes"
	"context"
	"encoding/binary"

	"github.com/gabriel-vasile/mimetype"
)

// Looking at a file takes memory: of all that are looked at in one place together no
// more than one of the largest. The rest wait.

// memory is how much of it this file takes, at least 1 and at most maxPixels. A
// document takes all: nobody knows what it unfolds to before it has.
func memory(raw []byte) int64 {
	switch found := mimetype.Detect(raw); {
	case found.Is(JPEG), found.Is(PNG):
		points, err := measure("", bytes.NewReader(raw))
		if err != nil {
			return 1 // it will be refused
		}
		if found.Is(JPEG) {
			points = int(float64(points) * jpegRoom(raw) / 4)
		}
		return int64(min(max(1, points), maxPixels))
	case found.Is(DOCX):
		return maxPixels
	}
	return 1
}

// enter waits until there is memory for a file; leave must be called.
func (s *Store) enter(ctx context.Context, raw []byte) (leave func(), err error) {
	n := memory(raw)
	if err := s.looking.Acquire(ctx, n); err != nil {
		return nil, err
	}
	return func() { s.looking.Release(n) }, nil
}

// maxMemory bounds what one picture may take while it is drawn, in bytes.
const maxMemory = 300_000_000

// jpegRoom is how many bytes each point of a JPEG takes while it is drawn, at most:
// decoded, and once more where it must be turned.
func jpegRoom(head []byte) float64 {
	plainRGB := false
	for at := 2; at+4 <= len(head) && head[at] == 0xFF; {
		marker, length := head[at+1], int(binary.BigEndian.Uint16(head[at+2:]))
		if marker == 0xFF {
			at++ // filling
			continue
		}
		if length < 2 {
			break
		}
		rest := head[at+4 : min(len(head), at+2+length)]
		switch {
		case marker == 0xEE && len(rest) >= 12 && bytes.HasPrefix(rest, []byte("Adobe")):
			plainRGB = rest[11] == 0
		case marker >= 0xC0 && marker <= 0xC2 && len(rest) >= 6 && len(rest) >= 6+3*int(rest[5]):
			return frameRoom(rest[6:6+3*int(rest[5])], marker == 0xC2, plainRGB)
		}
		at += 2 + length
	}
	return worstRoom // not understood
}

// worstRoom is that of four colours in layers.
const worstRoom = 24

// frameRoom tells it from the table of colours. One in layers (progressive) keeps
// four more bytes of each sample until the last layer is read; one that is not made
// of light and colour, as photographs are, is written anew as points of four bytes.
func frameRoom(table []byte, inLayers, plainRGB bool) float64 {
	samples := spread(table)
	decoded, turned := samples, 2*samples
	names := make([]byte, 0, 4)
	for i := 0; i < len(table); i += 3 {
		names = append(names, table[i])
	}
	if plainRGB || len(names) > 3 || string(names) == "RGB" {
		decoded, turned = samples+4, samples+8
	}
	if inLayers {
		decoded += 4 * samples
	}
	return max(decoded, turned)
}

// spread is how many samples a point has on average, from the table of colours.
func spread(table []byte) float64 {
	most, all := [2]int{1, 1}, 0
	for i := 1; i < len(table); i += 3 {
		across, down := int(table[i]>>4), int(table[i]&15)
		most[0], most[1] = max(most[0], across), max(most[1], down)
		all += across * down
	}
	return float64(all) / float64(most[0]*most[1])
}
