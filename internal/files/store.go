package files

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// The limits of one form.
const (
	MaxFile  = 25 << 20 // bytes of one file
	MaxForm  = 25 << 20 // bytes of all files of a form together
	MaxFiles = 10
	// stagedFor is how long a file waits for its form to be sent again.
	stagedFor = 24 * time.Hour
)

// Store is the files directory. Each realm has a folder of its own; no path ever
// leaves the directory (os.Root).
type Store struct {
	root    *os.Root
	room    Room
	tallies sync.Map            // of pg.Realm: *tally
	looking *semaphore.Weighted // what is looked at has memory in common
}

// Open opens the directory, which it makes when there is none. room bounds what
// may wait in it.
func Open(dir string, room Room) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("files: make the directory: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("files: open the directory: %w", err)
	}
	return &Store{root: root, room: room, looking: semaphore.NewWeighted(maxPixels)}, nil
}

// Close gives the directory back.
func (s *Store) Close() error { return s.root.Close() }

// Staged is a file that was taken, looked at and cleaned, and waits for its form
// to be accepted: a form that is refused loses no file.
type Staged struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Kind   string `json:"kind"` // image/jpeg, image/png, application/pdf, …
	Size   int64  `json:"size"`
	SHA256 []byte `json:"sha256"`
	// Place is where it stands among the files of its form, in the order of choosing.
	Place int `json:"place"`
}

// Stage takes one file of a form, named by the form's nonce. It refuses, with
// what to do, a kind it does not take, a broken or empty file, one over the
// limits, and one that would unfold into something huge. The very same file a
// second time, as a form sent twice brings it, is the one that waits already. It
// refuses (KeyNoRoom) when too much waits in the town, which for a form of its
// staff comes later. It stops when ctx ends: nobody waits for the file any more.
func (s *Store) Stage(ctx context.Context, r pg.Realm, nonce, name string, staff bool, in io.Reader) (Staged, error) {
	already, err := s.Waiting(r, nonce)
	if err != nil {
		return Staged{}, err
	}
	name = cleanName(name)
	raw, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	if err != nil {
		return Staged{}, fmt.Errorf("files: read an upload: %w", err)
	}
	if len(raw) == 0 {
		return Staged{}, refuse(KeyEmpty, name)
	}
	if int64(len(raw)) > MaxFile {
		return Staged{}, refuse(KeyTooLarge, name).With("Limit", MaxForm>>20)
	}
	leave, err := s.enter(ctx, raw)
	if err != nil {
		return Staged{}, fmt.Errorf("files: examine: %w", err)
	}
	kind, clean, err := examine(ctx, name, raw)
	leave()
	if err != nil {
		return Staged{}, err
	}
	sum := sha256.Sum256(clean)
	f := Staged{ID: newID(), Name: Named(name, kind), Kind: kind, Size: int64(len(clean)), SHA256: sum[:]}
	left := int64(MaxForm)
	for _, other := range already {
		if f.same(other) {
			return other, nil
		}
		f.Place = max(f.Place, other.Place+1)
		left -= other.Size
	}
	if len(already) >= MaxFiles {
		return Staged{}, refuse(KeyTooMany, name).With("Count", MaxFiles)
	}
	if int64(len(raw)) > left {
		return Staged{}, refuse(KeyTooLarge, name).With("Limit", MaxForm>>20)
	}
	room, err := s.reserve(r, f.taken(), staff)
	if err != nil {
		return Staged{}, err
	}
	if !room {
		return Staged{}, refuse(KeyNoRoom, name)
	}
	if err := s.stage(r, nonce, f, clean); err != nil {
		s.release(r, f.taken())
		return Staged{}, err
	}
	return f, nil
}

// stage writes content and description; a description stands only beside a whole
// content, so a crash leaves nothing half.
func (s *Store) stage(r pg.Realm, nonce string, f Staged, content []byte) error {
	dir := stagedDir(r, nonce)
	if err := s.root.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	if err := s.write(path.Join(dir, f.ID), content); err != nil {
		return err
	}
	about, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return s.write(path.Join(dir, f.ID+".json"), about)
}

// Waiting lists the files that a form has brought so far, in the order in which
// they were chosen.
func (s *Store) Waiting(r pg.Realm, nonce string) ([]Staged, error) {
	all, err := s.staged(r, nonce)
	// Two instances may have taken the same file at the same moment.
	one := slices.CompactFunc(all, Staged.same)
	slices.SortStableFunc(one, func(a, b Staged) int { return cmp.Compare(a.Place, b.Place) })
	return one, err
}

func (f Staged) same(g Staged) bool { return f.Name == g.Name && bytes.Equal(f.SHA256, g.SHA256) }

// staged lists everything, copies after each other.
func (s *Store) staged(r pg.Realm, nonce string) ([]Staged, error) {
	dir := stagedDir(r, nonce)
	entries, err := fs.ReadDir(s.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("files: list what waits: %w", err)
	}
	var all []Staged
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		raw, err := fs.ReadFile(s.root.FS(), path.Join(dir, e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // taken away since the folder was read
		}
		if err != nil {
			return nil, fmt.Errorf("files: %w", err)
		}
		var f Staged
		if err := json.Unmarshal(raw, &f); err != nil {
			return nil, fmt.Errorf("files: description of %s: %w", e.Name(), err)
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Staged) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), bytes.Compare(a.SHA256, b.SHA256), strings.Compare(a.ID, b.ID))
	})
	return all, nil
}

// Drop removes one waiting file with its copies; nothing when it is not there.
func (s *Store) Drop(r pg.Realm, nonce, id string) error {
	all, err := s.staged(r, nonce)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(f Staged) bool { return f.ID == id })
	if at < 0 {
		return nil
	}
	for _, f := range all {
		if !f.same(all[at]) {
			continue
		}
		for _, name := range []string{f.ID + ".json", f.ID} {
			err := s.root.Remove(path.Join(stagedDir(r, nonce), name))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("files: drop: %w", err)
			}
		}
		s.release(r, f.taken())
	}
	_ = s.root.Remove(stagedDir(r, nonce)) // while others wait in it, it stays
	return nil
}

// Read opens a kept file; Gone when its content is not there.
func (s *Store) Read(r pg.Realm, id string) (io.ReadSeekCloser, error) {
	if !isID(id) {
		return nil, fault.New(fault.NotFound, KeyNoFile)
	}
	f, err := s.root.Open(keptPath(r, id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Gone, KeyNoFile)
	}
	return f, err
}

// write puts a whole file in place and makes it last: content, name and folder
// are on the disk when it returns.
func (s *Store) write(name string, content []byte) error {
	part := name + "." + newID() + ".part" // two instances may write the same file
	f, err := s.root.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = s.root.Rename(part, name)
	}
	if err != nil {
		_ = s.root.Remove(part)
		return fmt.Errorf("files: write: %w", err)
	}
	return s.syncDir(path.Dir(name))
}

func (s *Store) syncDir(dir string) error {
	d, err := s.root.Open(dir)
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("files: make a folder last: %w", err)
	}
	return nil
}

func refuse[K ~string](key K, name string) *fault.Error {
	return fault.New(fault.Invalid, key).With("Name", name).On("files", string(key))
}

// staged is the folder of a realm for what waits.
const staged = "staged"

// The layout: {realm}/kept/{two letters}/{id} and {realm}/staged/{nonce's hash}/{id}.
func keptPath(r pg.Realm, id string) string { return path.Join(r.Name(), "kept", id[:2], id) }

func stagedDir(r pg.Realm, nonce string) string {
	sum := sha256.Sum256([]byte(nonce))
	return path.Join(r.Name(), staged, hex.EncodeToString(sum[:16]))
}

var idEncoding = base32.NewEncoding("abcdefghjkmnpqrstvwxyz0123456789").WithPadding(base32.NoPadding)

// newID is 130 random bits: nobody finds a file by trying.
func newID() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // crypto/rand.Read never fails
	return idEncoding.EncodeToString(raw)
}

func isID(id string) bool {
	raw, err := idEncoding.DecodeString(id)
	return err == nil && len(raw) == 16
}
