//go:build !race

package fuzztest

// slowed is how much the race detector slows what is measured: it is off.
const slowed = 1
