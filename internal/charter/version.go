package charter

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Version is one published charter. Nothing of it ever changes.
type Version struct {
	Info
	Document Document
	// Text is what was hashed: the document as JSON, byte for byte.
	Text string
}

// Info is a version without its document.
type Info struct {
	Number      int64         `db:"number"`
	Hash        []byte        `db:"hash"`
	Origin      tenant.Origin `db:"origin"`
	PublishedAt time.Time     `db:"published_at"`
}

// Checksum is the SHA-256 of the text in groups of four hexadecimal digits.
func (i Info) Checksum() string {
	h := hex.EncodeToString(i.Hash)
	out := make([]byte, 0, len(h)+len(h)/4)
	for n := range len(h) {
		if n > 0 && n%4 == 0 {
			out = append(out, ' ')
		}
		out = append(out, h[n])
	}
	return string(out)
}

type versionRow struct {
	Info
	Document string `db:"document"`
}

func (r versionRow) version() (Version, error) {
	v := Version{Info: r.Info, Text: r.Document}
	if err := json.Unmarshal([]byte(r.Document), &v.Document); err != nil {
		return Version{}, fmt.Errorf("charter: read version %d: %w", r.Number, err)
	}
	return v, nil
}

// Current gives the version in force: the last published. NotFound when the
// town has published none.
func Current(ctx context.Context, tx *pg.Tx) (Version, error) {
	var rows []versionRow
	err := tx.Select(ctx, &rows, `SELECT number, document, hash, origin, published_at
		FROM charter_versions ORDER BY number DESC LIMIT $1`, 1)
	return one(rows, err)
}

// Numbered gives one version; NotFound when there is none of that number.
func Numbered(ctx context.Context, tx *pg.Tx, number int64) (Version, error) {
	var rows []versionRow
	err := tx.Select(ctx, &rows, `SELECT number, document, hash, origin, published_at
		FROM charter_versions WHERE number = $1`, number)
	return one(rows, err)
}

func one(rows []versionRow, err error) (Version, error) {
	if err != nil {
		return Version{}, fmt.Errorf("charter: read a version: %w", err)
	}
	if len(rows) == 0 {
		return Version{}, fault.New(fault.NotFound, KeyNoSuchVersion)
	}
	return rows[0].version()
}

// List gives the versions, newest first, at most limit of them below before
// (0 = from the newest).
func List(ctx context.Context, tx *pg.Tx, before int64, limit int) ([]Info, error) {
	var rows []Info
	err := tx.Select(ctx, &rows, `SELECT number, hash, origin, published_at FROM charter_versions
		WHERE $1::bigint = 0 OR number < $1 ORDER BY number DESC LIMIT $2`, before, limit)
	if err != nil {
		return nil, fmt.Errorf("charter: list the versions: %w", err)
	}
	return rows, nil
}

// Publish makes a document the version in force and lets search find it. The
// document must have passed Check. Publishing the same text again changes
// nothing and gives the version that stands.
func Publish(ctx context.Context, tx *pg.Tx, actor audit.Actor, doc Document, origin tenant.Origin) (Info, error) {
	text, err := json.Marshal(doc)
	if err != nil {
		return Info{}, fmt.Errorf("charter: write the document: %w", err)
	}
	hash := sha256.Sum256(text)
	last, err := List(ctx, tx, 0, 1)
	if err != nil {
		return Info{}, err
	}
	info := Info{Number: 1, Hash: hash[:], Origin: origin, PublishedAt: tx.Now}
	if len(last) > 0 {
		if string(last[0].Hash) == string(hash[:]) {
			return last[0], nil
		}
		info.Number = last[0].Number + 1
	}
	// Two who publish at once cannot both take the number: the second is refused.
	n, err := tx.Exec(ctx, `INSERT INTO charter_versions (number, document, hash, origin, published_at)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT (number) DO NOTHING`,
		info.Number, string(text), info.Hash, info.Origin, info.PublishedAt)
	if err != nil {
		return Info{}, fmt.Errorf("charter: publish version %d: %w", info.Number, err)
	}
	if n == 0 {
		return Info{}, fault.New(fault.Conflict, KeyPublishedMeanwhile)
	}
	if err := index(ctx, tx, doc); err != nil {
		return Info{}, err
	}
	tx.Record(pg.Entry{Actor: actor.ID, Action: "charter.publish", Object: fmt.Sprintf("charter/%d", info.Number),
		Detail: map[string]string{"hash": hex.EncodeToString(info.Hash), "origin": string(origin)}})
	return info, tenant.Touch(ctx, tx)
}

// Apply publishes the charter of a package, unless the town has published one
// of its own since.
func Apply(ctx context.Context, tx *pg.Tx, actor audit.Actor, doc Document, overwrite bool) (tenant.Applied, error) {
	const part = "charter"
	last, err := List(ctx, tx, 0, 1)
	if err != nil {
		return tenant.Applied{}, err
	}
	if len(last) > 0 && last[0].Origin == tenant.FromTown && !overwrite {
		return tenant.Applied{Left: []string{part}}, nil
	}
	info, err := Publish(ctx, tx, actor, doc, tenant.FromPackage)
	if err != nil || len(last) > 0 && info.Number == last[0].Number {
		return tenant.Applied{}, err
	}
	return tenant.Applied{Wrote: []string{part}}, nil
}
