package audit

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"charterhouse/internal/pg"
)

// Checkpoints are kept outside the database: one file for each realm, a line for
// each hour. The service only ever adds to it.
type Checkpoints struct {
	dir    string
	notary *Notary
}

// NewCheckpoints keeps them in a directory, which is made with the first of them.
func NewCheckpoints(dir string, n *Notary) *Checkpoints { return &Checkpoints{dir, n} }

func (k *Checkpoints) path(r pg.Realm) string { return filepath.Join(k.dir, r.Name()+".jsonl") }

// Keep signs the head of the transaction's chain and adds it to the file of the
// realm. It returns when the line is on the disk.
func (k *Checkpoints) Keep(ctx context.Context, tx *pg.Tx) error {
	c, err := k.notary.Sign(ctx, tx)
	if err != nil {
		return err
	}
	line, err := c.line()
	if err == nil {
		err = k.add(tx.Realm, line)
	}
	if err != nil {
		return fmt.Errorf("audit: keep a checkpoint of %s: %w", tx.Realm, err)
	}
	return nil
}

func (k *Checkpoints) add(r pg.Realm, line []byte) error {
	if err := os.MkdirAll(k.dir, 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(k.path(r), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	// Two instances may share the directory.
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
	if err == nil {
		err = dropTorn(f)
	}
	if err == nil {
		_, err = f.Write(line)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	d, err := os.Open(k.dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// dropTorn takes away a line whose writing was cut off: nobody was told that it is
// kept, and the job that wrote it writes it again.
func dropTorn(f *os.File) error {
	const longest = 4096
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return err
	}
	from := max(0, size-longest)
	tail := make([]byte, size-from)
	if _, err := f.ReadAt(tail, from); err != nil {
		return err
	}
	if whole := bytes.LastIndexByte(tail, '\n') + 1; whole < len(tail) {
		return f.Truncate(from + int64(whole))
	}
	return nil
}

// CheckpointReport is what comparing a chain with its kept checkpoints found.
type CheckpointReport struct {
	Kept int
	// Newest is when the last of them was signed.
	Newest time.Time
	// Line of the first that does not hold, counted from 1 (0 = all hold), and why
	// not, for the operator.
	Line int
	Why  string
}

// Check compares the chain of the transaction's realm with every checkpoint of it
// that is kept: the signature must hold, and the chain must still have that hash at
// that number. No file is no fault: none was kept yet, or it lies elsewhere.
func (k *Checkpoints) Check(ctx context.Context, tx *pg.Tx) (rep CheckpointReport, err error) {
	raw, err := os.ReadFile(k.path(tx.Realm))
	if errors.Is(err, fs.ErrNotExist) {
		return rep, nil
	}
	if err != nil {
		return rep, fmt.Errorf("audit: read the checkpoints of %s: %w", tx.Realm, err)
	}
	realm, err := RealmID(ctx, tx)
	if err != nil {
		return rep, err
	}
	// What follows the last end of a line was cut off while it was written.
	lines := bytes.Split(raw[:bytes.LastIndexByte(raw, '\n')+1], []byte("\n"))
	lines = lines[:len(lines)-1]
	var held []Checkpoint
	for i, line := range lines {
		c, ok := readCheckpoint(line)
		switch {
		case !ok:
			rep.Why = "is no checkpoint"
		case c.Realm != realm:
			rep.Why = "is of another realm"
		case !k.notary.holds(c):
			rep.Why = "has a signature that does not hold"
		}
		if rep.Why != "" {
			rep.Line = i + 1
			break
		}
		held = append(held, c)
	}
	rep.Kept = len(lines)
	if len(held) > 0 {
		rep.Newest = held[len(held)-1].At
	}
	return rep, rep.compare(ctx, tx, held)
}

// compare asks the chain for the hashes of the checkpoints, some thousand at a
// time, and names the first that it no longer has.
func (rep *CheckpointReport) compare(ctx context.Context, tx *pg.Tx, held []Checkpoint) error {
	first := 1
	for part := range slices.Chunk(held, batch) {
		seqs := make([]int64, len(part))
		for i, c := range part {
			seqs[i] = c.Seq
		}
		var rows []struct {
			Seq  int64
			Hash []byte
		}
		if err := tx.Select(ctx, &rows, `SELECT seq, hash FROM audit_entries WHERE seq = ANY ($1)`, seqs); err != nil {
			return fmt.Errorf("audit: read the entries of checkpoints: %w", err)
		}
		has := map[int64]string{0: ""} // before the first entry
		for _, row := range rows {
			has[row.Seq] = hex.EncodeToString(row.Hash)
		}
		for i, c := range part {
			if hash, stands := has[c.Seq]; !stands || hash != c.Hash {
				rep.Line = first + i
				rep.Why = fmt.Sprintf("says that entry %d was another on %s", c.Seq, c.At.Format(time.RFC3339))
				return nil
			}
		}
		first += len(part)
	}
	return nil
}
