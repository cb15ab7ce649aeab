package torture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
)

// mostMemory is what a service may take while many upload at a time.
const mostMemory = 512 << 20

// TestMemoryOfManyUploads: twenty citizens send at the same moment what takes the
// most room to look at, and the service stays below its bound. In every run they
// are fewer, and so are the points of their pictures.
func TestMemoryOfManyUploads(t *testing.T) {
	h := build(t)
	service := h.start(t)
	atATime, side := times(4, 20), times(2000, 7000) // 7000 by 7000 is the most that is taken
	heavy := []map[string][]byte{
		{"lying.jpg": lying(t, side), "text.pdf": paper(times(2, 20) << 20)},
		{"deep.png": deep(t, side*7/10)},
		{"slow.jpg": layered(side)},
		{"text.pdf": paper(times(4, 25)<<20 - 100)},
	}
	before := service.peak(t)
	var all sync.WaitGroup
	taken, answers := 0, sync.Mutex{}
	for i := range atATime {
		all.Go(func() {
			c := newClient("klaipeda", func() string { return service.addr })
			c.http.Timeout = 0 // it may take minutes
			f, err := c.open("lt", "complaint", fmt.Sprint("Nuotraukos ", i), 0)
			if err != nil {
				t.Error(err)
				return
			}
			f.files = heavy[i%len(heavy)]
			_, err = c.send(f)
			if no, refused := err.(*refused); err != nil && (!refused || no.status != 422) {
				t.Errorf("upload %d: %v", i, err)
			}
			answers.Lock()
			defer answers.Unlock()
			if err == nil {
				taken++
			}
		})
	}
	all.Wait()
	after := service.peak(t)
	t.Logf("%d uploads at a time, %d of them taken: %d MB, %d MB before", atATime, taken, after>>20, before>>20)
	if after > mostMemory {
		t.Errorf("the service took %d MB, at most %d are good", after>>20, mostMemory>>20)
	}
	if taken < atATime/2 {
		t.Errorf("only %d of %d uploads were taken", taken, atATime)
	}
	if after <= before {
		t.Error("the uploads took no memory: nothing was measured")
	}
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peak is the most memory that the process has ever had.
func (i *instance) peak(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", i.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	found := highWater.FindSubmatch(status)
	if found == nil {
		t.Fatalf("no high water mark in %s", status)
	}
	kilobytes, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}

// lying is a photograph whose camera was held upright, so that it is turned.
func lying(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewYCbCr(image.Rect(0, 0, side, side), image.YCbCrSubsampleRatio420), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

// deep is a picture of sixteen bits a colour.
func deep(t *testing.T, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, image.NewNRGBA64(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// layered is a JPEG that comes in layers: nothing of it can be drawn before the
// last, and until then all three colours of all its points lie in memory. Each of
// its blocks takes one bit a colour here.
func layered(side int) []byte {
	b := []byte{0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0}
	b = append(b, bytes.Repeat([]byte{1}, 64)...)
	b = append(b, 0xFF, 0xC2, 0, 17, 8)
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, uint16(side)), uint16(side))
	b = append(b, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)
	// One code, a single 0, which says that a block is like the one before.
	b = append(b, 0xFF, 0xC4, 0, 20, 0, 1)
	b = append(b, make([]byte, 16)...)
	b = append(b, 0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
	blocks := (side + 7) / 8
	b = append(b, make([]byte, (3*blocks*blocks+7)/8)...)
	return append(b, 0xFF, 0xD9)
}

// paper is a PDF of a size.
func paper(size int) []byte {
	return append(append([]byte("%PDF-1.4\n"), make([]byte, size-20)...), "\n%%EOF"...)
}
