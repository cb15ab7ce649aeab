package app

import (
	"math"
	"runtime/debug"
)

// mostHeap leaves room below 512 MB for the program itself and for what the system
// keeps of its own.
const mostHeap = 420 << 20

// BoundMemory lets the program clean up after itself rather than grow over half a
// gigabyte, when many large photographs come at a time. Whoever sets GOMEMLIMIT
// knows better. It is for the program as a whole: tests of parts do not call it.
func BoundMemory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(mostHeap)
	}
}
