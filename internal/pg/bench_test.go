package pg_test

import (
	"testing"

	"charterhouse/internal/pg"
)

func BenchmarkRead(b *testing.B) {
	h := house(b)
	db := door(b, options(h.ServiceURL))
	alpha := town(b, "alpha")
	b.Run("empty", func(b *testing.B) {
		for b.Loop() {
			must(b, db.Read(b.Context(), alpha, func(*pg.Tx) error { return nil }))
		}
	})
	b.Run("one row", func(b *testing.B) {
		for b.Loop() {
			must(b, db.Read(b.Context(), alpha, func(tx *pg.Tx) error {
				var n int
				return tx.Get(b.Context(), &n, `SELECT count(*) FROM settings WHERE key = $1`, "x")
			}))
		}
	})
	plain := raw(b, h.ServiceURL)
	b.Run("bare round trip", func(b *testing.B) {
		for b.Loop() {
			_, err := plain.Exec("SELECT 1")
			must(b, err)
		}
	})
	b.Run("bare begin commit", func(b *testing.B) {
		for b.Loop() {
			tx, err := plain.Begin()
			must(b, err)
			must(b, tx.Commit())
		}
	})
}
