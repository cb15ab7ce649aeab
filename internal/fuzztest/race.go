//go:build race

package fuzztest

// slowed is how much the race detector slows what is measured.
const slowed = 10
