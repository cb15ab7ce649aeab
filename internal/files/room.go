package files

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sync"
	"time"

	"charterhouse/internal/pg"
)

// Room is how much may wait for the forms of one town together. Each form has its
// own bounds, but nobody who means harm sends only one: what waits lies there for a
// day, and a full disk is full for every town.
type Room struct {
	Bytes int64                // 0 = none may wait
	Ticks func() time.Duration // time that only goes forward
}

// measuredFor is how long a count is believed. Other instances write into the same
// folder and the sweep takes away, so it is only ever nearly right.
const measuredFor = time.Minute

// block is what the least file takes on the disk.
const block = 4096

// tally counts what waits in one town.
type tally struct {
	mu       sync.Mutex
	measured bool
	at       time.Duration // when it was measured
	bytes    int64
}

// tally gives the count of a town; each has a lock of its own, so that none waits
// for another town's folder.
func (s *Store) tally(r pg.Realm) *tally {
	found, _ := s.tallies.LoadOrStore(r, new(tally))
	return found.(*tally)
}

// reserve counts bytes that will wait, and tells whether there is room for them. The
// town's staff have a quarter more than everybody: an answer must go out while
// strangers fill the rest.
func (s *Store) reserve(r pg.Realm, bytes int64, staff bool) (bool, error) {
	most := s.room.Bytes
	if staff {
		most += most / 4
	}
	if most == 0 {
		return false, nil
	}
	t := s.tally(r)
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := s.room.Ticks(); !t.measured || now-t.at > measuredFor {
		found, err := s.measure(r)
		if err != nil {
			return false, err
		}
		t.measured, t.at, t.bytes = true, now, found
	}
	if t.bytes+bytes > most {
		return false, nil
	}
	t.bytes += bytes
	return true, nil
}

// release takes back what no longer waits.
func (s *Store) release(r pg.Realm, bytes int64) {
	t := s.tally(r)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes = max(0, t.bytes-bytes)
}

// measure adds up what waits in a town.
func (s *Store) measure(r pg.Realm) (sum int64, err error) {
	err = s.each(path.Join(r.Name(), staged), func(_ string, about fs.FileInfo) error {
		if !about.IsDir() {
			sum += blocks(about.Size())
		}
		return nil
	})
	return sum, err
}

// Waits gives what was last counted of each town that has brought files since the
// start, in bytes, and how much each may bring.
func (s *Store) Waits() (bytes map[pg.Realm]int64, most int64) {
	bytes = map[pg.Realm]int64{}
	s.tallies.Range(func(r, t any) bool {
		count := t.(*tally)
		count.mu.Lock()
		defer count.mu.Unlock()
		bytes[r.(pg.Realm)] = count.bytes
		return true
	})
	return bytes, s.room.Bytes
}

// taken is what a waiting file takes with its description: a million empty files
// fill a disk too.
func (f Staged) taken() int64 { return blocks(f.Size) + block }

func blocks(size int64) int64 { return (size + block - 1) / block * block }

// each visits the files and folders below dir, those in a folder before it. What
// others take away meanwhile is passed over.
func (s *Store) each(dir string, visit func(name string, about fs.FileInfo) error) error {
	entries, err := fs.ReadDir(s.root.FS(), dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("files: list a folder: %w", err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if e.IsDir() {
			if err := s.each(name, visit); err != nil {
				return err
			}
		}
		about, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("files: look at what waits: %w", err)
		}
		if err := visit(name, about); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
