package files

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// instance is one that keeps its files in a directory shared with others.
type instance struct {
	*Store
	now time.Duration
}

func open(t *testing.T, dir string, blocks int64) *instance {
	t.Helper()
	i := &instance{}
	var err error
	i.Store, err = Open(dir, Room{Bytes: blocks * block, Ticks: func() time.Duration { return i.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.Close() })
	return i
}

// brings tells whether a form's file found room; each takes two blocks.
func (i *instance) brings(t *testing.T, r pg.Realm, nonce string, staff bool) bool {
	t.Helper()
	_, err := i.Stage(t.Context(), r, nonce, "a.pdf", staff, strings.NewReader("%PDF-1.4\n%%EOF"))
	if f, refused := fault.Of(err); refused && f.Key == string(KeyNoRoom) && f.Kind == fault.Invalid && len(f.Fields) == 1 {
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}

func towns(t *testing.T) (a, b pg.Realm) {
	t.Helper()
	_, a = store(t)
	b, err := pg.Town("kitas")
	if err != nil {
		t.Fatal(err)
	}
	return a, b
}

// A flood of forms fills the room of its own town and no other's; the town's staff
// can still answer, and what is taken away or accepted gives its room back.
func TestAFloodFillsItsTownAlone(t *testing.T) {
	flooded, other := towns(t)
	i := open(t, t.TempDir(), 8)
	came := 0
	for n := range 20 {
		if i.brings(t, flooded, fmt.Sprint("flood", n), false) {
			came++
		}
	}
	if came != 4 {
		t.Fatalf("%d files came, want 4: each takes two blocks of eight", came)
	}
	if !i.brings(t, other, "form", false) {
		t.Error("another town has no room")
	}
	if !i.brings(t, flooded, "answer", true) || i.brings(t, flooded, "answer 2", true) {
		t.Error("an officer's first file must find room, and the second none")
	}
	waits, most := i.Waits()
	if waits[flooded] != 10*block || waits[other] != 2*block || most != 8*block {
		t.Errorf("counted %v of %d", waits, most)
	}
	if err := i.Forget(flooded, "answer"); err != nil {
		t.Fatal(err)
	}
	if i.brings(t, flooded, "later", false) {
		t.Error("the room of the staff's file is everybody's")
	}
	if err := i.Forget(flooded, "flood0"); err != nil {
		t.Fatal(err)
	}
	if !i.brings(t, flooded, "accepted before", false) {
		t.Error("an accepted form gave no room back")
	}
	if f, err := i.Waiting(flooded, "flood1"); err != nil || len(f) != 1 || i.Drop(flooded, "flood1", f[0].ID) != nil {
		t.Fatal(f, err)
	}
	if !i.brings(t, flooded, "dropped before", false) || i.brings(t, flooded, "one more", false) {
		t.Error("a file that was taken away must give its room back, once")
	}
	// The same file once more is no other file.
	if !i.brings(t, flooded, "flood2", false) {
		t.Error("a file that waits already found no room")
	}
}

// What waits is counted when an instance starts and then once a minute: others
// write into the same folder, and it is not looked through for each file.
func TestWhatWaitsIsCountedOnceAMinute(t *testing.T) {
	town, _ := towns(t)
	dir := t.TempDir()
	first, second := open(t, dir, 9), open(t, dir, 9)
	if !first.brings(t, town, "1", false) {
		t.Fatal("no room in an empty folder")
	}
	for n := range 3 {
		if !second.brings(t, town, fmt.Sprint("beside", n), false) {
			t.Fatalf("no room for file %d", n)
		}
	}
	if second.brings(t, town, "fifth", false) {
		t.Error("what another instance had brought before was not counted")
	}
	if !first.brings(t, town, "2", false) {
		t.Error("the folder was looked through again within the minute")
	}
	first.now = measuredFor + 1
	if first.brings(t, town, "3", false) {
		t.Error("what another instance brought was not counted after a minute")
	}
	if third := open(t, dir, 9); third.brings(t, town, "4", false) {
		t.Error("what stood at the start was not counted")
	}
}
