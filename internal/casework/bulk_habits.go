package casework

import (
	"math"
	"math/rand/v2"
)

// habits are how a made-up town works. They differ from town to town as real ones
// do: most are middling, some quick, some slow and silent.
type habits struct {
	// pace is the usual share of a term that an answer takes; spread how far single
	// answers lie from that.
	pace, spread float64
	take         float64 // of the cases somebody takes before answering them
	ask          float64
	extend       float64 // of the late ones, told before the term runs out
	keepExtended float64 // of the extended ones, answered by the final date
	forward      float64
	forwardLate  float64
	decline      float64
	withdraw     float64
	forget       float64 // never answered
	close        float64
	rate         float64
	liked        float64 // mean score of an answer in time
	anonymous    float64
	kinds        []float64 // weights, in the order of Kinds
	channels     []float64 // weights, in the order of bulkChannels
	months       [12]float64
	summer       float64 // how much slower July and August are
}

// bulkChannels are the ways by which made-up cases come.
func bulkChannels() []string { return []string{Website, "email", "phone", "visit", "post", "box"} }

// newHabits draws a town's habits.
func newHabits(rng *rand.Rand) habits {
	between := func(from, to float64) float64 { return from + (to-from)*rng.Float64() }
	h := habits{
		// The middle of three draws: most towns are alike, few are extreme.
		pace: between(0.28, 0.95)*0.4 + between(0.28, 0.95)*0.3 + between(0.28, 0.95)*0.3, spread: between(0.3, 0.6),
		take: between(0.7, 1), ask: between(0.02, 0.12), extend: between(0.1, 0.85), keepExtended: between(0.6, 0.97),
		forward: between(0.03, 0.1), forwardLate: between(0.02, 0.25), decline: between(0.01, 0.08), withdraw: between(0.01, 0.03),
		forget: between(0, 0.02), close: between(0.1, 0.6), rate: between(0.08, 0.3), liked: between(3.2, 4.5),
		anonymous: between(0.02, 0.1), summer: between(1, 1.35),
	}
	h.kinds = []float64{between(0.15, 0.3), between(0.08, 0.2), between(0.3, 0.5), between(0.05, 0.12), between(0.1, 0.3), between(0.01, 0.05)}
	h.channels = []float64{between(0.3, 0.6), between(0.1, 0.3), between(0.05, 0.2), between(0.03, 0.15), between(0.02, 0.08), between(0, 0.03)}
	for m := range h.months {
		// More in spring and autumn, when roads and heating give reason to write.
		h.months[m] = 1 + 0.25*math.Sin(float64(m)*math.Pi/3) + between(-0.15, 0.15)
	}
	return h
}

// pick draws an index by weights.
func pick(rng *rand.Rand, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := rng.Float64() * sum
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// one draws from a list.
func one[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
