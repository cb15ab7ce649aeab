package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each guard of the list stands in its file, once, and its test is there: else the
// list would go on telling what is no longer so.
func TestTheListIsTrue(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, g := range guards() {
		if _, err := g.overlay(root, t.TempDir()); err != nil {
			t.Errorf("%s, %s: %v", g.proof, g.without, err)
		}
		tests, err := filepath.Glob(filepath.Join(root, g.pkg, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, file := range tests {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found += len(regexp.MustCompile(`(?m)^func `+g.test+`\([tf] \*testing\.[TF]\)`).FindAll(text, -1))
		}
		if found != 1 {
			t.Errorf("%s: %s is %d times in %s", g.proof, g.test, found, g.pkg)
		}
	}
}

// The issue of a case's way names these proofs; each has a guard in the list.
func TestTheListIsWhole(t *testing.T) {
	have := map[string]bool{}
	for _, g := range guards() {
		have[g.proof] = true
	}
	for proof := range strings.FieldsSeq("I1 I2 I7 I8 Z1 Z2 Z3 Z4 K1 K2 K6 DL3 F1 F2 F3 F4 T1 T2 T4 H1 H2 H3 G2 N1 N2") {
		if !have[proof] {
			t.Errorf("%s has no guard in the list", proof)
		}
	}
}
