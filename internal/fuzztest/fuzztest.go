// Package fuzztest holds what every fuzz target asks of what reads foreign input:
// that no input, however made, costs much. And it has the inputs that have broken
// readers before. It is for tests only.
package fuzztest

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// What reading one input may cost. The time is that of the processor, so that a
// busy machine makes nobody slow; the race detector makes everybody slow, and is
// given as much more.
const (
	MostTime  = 50 * time.Millisecond * slowed
	MostBytes = 64 << 20
)

// Bounded fails when read costs more, however often it is tried. Nothing else may
// run in the process meanwhile.
func Bounded(t testing.TB, read func()) {
	t.Helper()
	var took time.Duration
	var bytes uint64
	for range 5 {
		if took, bytes = cost(read); took <= MostTime && bytes <= MostBytes {
			return
		}
	}
	t.Errorf("it took %s and %d KB", took, bytes>>10)
}

func cost(read func()) (took time.Duration, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := processor()
	read()
	took = processor() - began
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}

// processor is the time that this process has had.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Texts are hard ones: no UTF-8, NUL, the same letters in two spellings, letters
// that look alike, marks that turn the direction, signs that nobody sees, and the
// code pages of our countries.
func Texts() []string {
	return []string{
		"", "\x00", "a\x00b", "\xff\xfe", "\xc3\x28", "\xed\xa0\x80", "\ufeffa",
		"\u017e", "z\u030c", "Ž\u0328\u0307", "\u0435\u0440", "Klaipėda\u202egpj.exe", "\u2066a\u2069", "a\u200bb\u200d\u00ad",
		"👩\u200d👩\u200d👧", "𝔘", "a\r\nX: y", "\u2028\u2029", "\x85", "\xd3\xe2\xe0\xe6\xe0\xe5\xec\xe8", "\xd0\xe0\xf0\xf9\xe2",
		"'; --", "<script>", "../../x", "%00%0d%0a", "a&b=c;d", "=1+1",
	}
}
