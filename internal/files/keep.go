package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// File is a kept file.
type File struct {
	ID     string    `db:"id"`
	Name   string    `db:"name"`
	Kind   string    `db:"kind"`
	Size   int64     `db:"size"`
	SHA256 []byte    `db:"sha256"`
	KeptAt time.Time `db:"kept_at"`
}

// Image tells whether a browser can show it.
func (f File) Image() bool { return strings.HasPrefix(f.Kind, "image/") }

// Keep takes the waiting files of a form into the town's keeping and gives their
// ids. Their content is on the disk before the transaction can commit; when it
// does not commit, Sweep finds them.
func (s *Store) Keep(ctx context.Context, tx *pg.Tx, nonce string) ([]File, error) {
	waiting, err := s.Waiting(tx.Realm, nonce)
	if err != nil {
		return nil, err
	}
	var kept []File
	for _, w := range waiting {
		if err := s.move(tx.Realm, nonce, w, tx.Now); err != nil {
			return nil, err
		}
		f := File{ID: w.ID, Name: w.Name, Kind: w.Kind, Size: w.Size, SHA256: w.SHA256, KeptAt: tx.Now}
		_, err := tx.Exec(ctx, `INSERT INTO files (id, name, kind, size, sha256, kept_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO NOTHING`, f.ID, f.Name, f.Kind, f.Size, f.SHA256, f.KeptAt)
		if err != nil {
			return nil, fmt.Errorf("files: keep %s: %w", f.ID, err)
		}
		kept = append(kept, f)
	}
	return kept, nil
}

// move copies rather than renames: when the transaction rolls back, the form
// still has its files.
func (s *Store) move(r pg.Realm, nonce string, w Staged, at time.Time) error {
	in, err := s.root.Open(path.Join(stagedDir(r, nonce), w.ID))
	if err != nil {
		return fmt.Errorf("files: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	if err = errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	if sum := sha256.Sum256(content); !bytes.Equal(sum[:], w.SHA256) {
		return fmt.Errorf("files: %s is not what was staged", w.ID)
	}
	target := keptPath(r, w.ID)
	if err := s.root.MkdirAll(path.Dir(target), 0o700); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	if err := s.write(target, content); err != nil {
		return err
	}
	// The time of the transaction and not of the clock: of an anonymous case only
	// the day is kept, and a file must not tell more.
	if err := s.root.Chtimes(target, at, at); err != nil {
		return fmt.Errorf("files: %w", err)
	}
	return nil
}

// Forget removes the waiting files of a form that was accepted.
func (s *Store) Forget(r pg.Realm, nonce string) error {
	all, err := s.staged(r, nonce)
	if err = errors.Join(err, s.root.RemoveAll(stagedDir(r, nonce))); err != nil {
		return fmt.Errorf("files: forget: %w", err)
	}
	for _, f := range all {
		s.release(r, f.taken())
	}
	return nil
}

// Carry lets what waits for one form wait for another: the first was too old to be
// accepted and is given out anew with what was typed.
func (s *Store) Carry(r pg.Realm, from, to string) error {
	err := s.root.Rename(stagedDir(r, from), stagedDir(r, to))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("files: carry: %w", err)
	}
	return nil
}

// Get describes a kept file; NotFound when the town has none of that id.
func Get(ctx context.Context, tx *pg.Tx, id string) (File, error) {
	var rows []File
	err := tx.Select(ctx, &rows, `SELECT id, name, kind, size, sha256, kept_at FROM files WHERE id = $1`, id)
	if err != nil {
		return File{}, fmt.Errorf("files: get: %w", err)
	}
	if len(rows) == 0 {
		return File{}, fault.New(fault.NotFound, KeyNoFile)
	}
	return rows[0], nil
}

// Swept is what a sweep removed.
type Swept struct{ Staged, Orphans int }

// Sweep removes waiting files of forms that nobody sent within a day, with their
// folders, and kept contents that no committed row names and that are a day older.
func (s *Store) Sweep(ctx context.Context, tx *pg.Tx) (Swept, error) {
	var out Swept
	before := tx.Now.Add(-stagedFor)
	err := s.each(path.Join(tx.Realm.Name(), staged), func(name string, about fs.FileInfo) error {
		if !about.ModTime().Before(before) {
			return nil
		}
		err := s.root.Remove(name)
		if about.IsDir() {
			return nil // one in which something waits stays
		}
		out.Staged++
		return err
	})
	if err != nil {
		return out, err
	}
	// A kept file may carry the morning of its day: one day more, so that none is
	// taken for an orphan while it is being committed.
	before = before.Add(-stagedFor)
	err = s.each(path.Join(tx.Realm.Name(), "kept"), func(name string, about fs.FileInfo) error {
		if about.IsDir() || !about.ModTime().Before(before) {
			return nil
		}
		_, err := Get(ctx, tx, path.Base(name))
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		out.Orphans++
		return s.root.Remove(name)
	})
	return out, err
}
