package audit

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"time"

	"charterhouse/internal/pg"
)

// Report is what a verification found: how many entries hold, of which so many
// have had their content erased, and the first broken one (0 = none).
type Report struct {
	Entries int64
	Erased  int64
	Broken  int64
	Head    []byte // hash of the last entry; keep it as a checkpoint
}

// batch bounds how much of the chain is held in memory at once.
const batch = 2000

type storedLink struct {
	Seq        int64
	At         time.Time
	Actor      string
	Action     string
	Object     string
	Commitment []byte
	Hash       []byte
	Nonce      []byte
	Detail     sql.NullString
}

// Verify walks the whole chain of the transaction's realm. It stops at the
// first entry that was altered, removed, reordered or inserted.
func Verify(ctx context.Context, tx *pg.Tx) (Report, error) {
	rep, _, err := VerifyFrom(ctx, tx, 0, 0, nil)
	return rep, err
}

// Stands tells whether the entry of a number still has the hash that an earlier
// report gave as its head: a chain that was written anew, all its hashes right,
// cannot have it. Nothing stands before the first entry.
func Stands(ctx context.Context, tx *pg.Tx, seq int64, hash []byte) (bool, error) {
	if seq == 0 {
		return len(hash) == 0, nil
	}
	now, found, err := hashOf(ctx, tx, seq)
	return found && bytes.Equal(now, hash), err
}

// hashOf gives the hash that the entry of a number has, where there is one.
func hashOf(ctx context.Context, tx *pg.Tx, seq int64) (hash []byte, found bool, err error) {
	var rows [][]byte
	if err := tx.Select(ctx, &rows, `SELECT hash FROM audit_entries WHERE seq = $1`, seq); err != nil {
		return nil, false, fmt.Errorf("audit: read entry %d: %w", seq, err)
	}
	if len(rows) == 0 {
		return nil, false, nil
	}
	return rows[0], true, nil
}

// VerifyFrom walks the chain after an entry that is known to hold (0 = from the
// beginning), over at most so many entries (0 = to the end). done tells that the
// end was reached, where the last entry is compared with the head. seen, where it
// is set, is told how far it has come.
func VerifyFrom(ctx context.Context, tx *pg.Tx, after, most int64, seen func(entries int64)) (rep Report, done bool, err error) {
	realm, err := RealmID(ctx, tx)
	if err != nil {
		return rep, false, err
	}
	if rep.Entries = after; after > 0 {
		var found bool
		if rep.Head, found, err = hashOf(ctx, tx, after); err != nil {
			return rep, false, err
		}
		if !found {
			rep.Broken = after
			return rep, true, nil
		}
	}
	for {
		size := int64(batch)
		if most > 0 {
			size = min(size, after+most-rep.Entries)
		}
		if size <= 0 {
			return rep, false, nil
		}
		n, err := rep.walk(ctx, tx, realm, size)
		if err != nil || rep.Broken > 0 {
			return rep, true, err
		}
		if seen != nil {
			seen(rep.Entries)
		}
		if n < size {
			return rep, true, verifyHead(ctx, tx, &rep)
		}
	}
}

// walk verifies the next entries, and tells how many there were.
func (rep *Report) walk(ctx context.Context, tx *pg.Tx, realm string, size int64) (int64, error) {
	var rows []storedLink
	err := tx.Select(ctx, &rows, `SELECT e.seq, e.at, e.actor, e.action, e.object, e.commitment, e.hash, d.nonce, d.detail
		FROM audit_entries e LEFT JOIN audit_details d ON d.seq = e.seq
		WHERE e.seq > $1 ORDER BY e.seq LIMIT $2`, rep.Entries, size)
	if err != nil {
		return 0, fmt.Errorf("audit: read the chain: %w", err)
	}
	for _, r := range rows {
		if !r.holds(realm, rep.Entries+1, rep.Head) {
			rep.Broken = rep.Entries + 1
			return 0, nil
		}
		if r.Nonce == nil {
			rep.Erased++
		}
		rep.Entries, rep.Head = r.Seq, r.Hash
	}
	return int64(len(rows)), nil
}

func (r storedLink) holds(realm string, seq int64, prev []byte) bool {
	if r.Seq != seq {
		return false
	}
	l := link{Seq: r.Seq, At: r.At, Actor: r.Actor, Action: r.Action, Object: r.Object, Commitment: r.Commitment}
	if !bytes.Equal(l.sum(realm, prev), r.Hash) {
		return false
	}
	return r.Nonce == nil || bytes.Equal(commit(r.Nonce, r.Detail.String), r.Commitment)
}

// verifyHead finds a tail that was cut off: the head still names its last entry.
func verifyHead(ctx context.Context, tx *pg.Tx, rep *Report) error {
	var head struct {
		Seq  int64
		Hash []byte
	}
	if err := tx.Get(ctx, &head, `SELECT seq, hash FROM audit_head WHERE singleton = $1`, 1); err != nil {
		return fmt.Errorf("audit: read the head: %w", err)
	}
	if head.Seq != rep.Entries || !bytes.Equal(head.Hash, rep.Head) {
		rep.Broken = rep.Entries + 1
	}
	return nil
}
