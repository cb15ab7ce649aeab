package isolation

import (
	"charterhouse/internal/audit"
	"charterhouse/internal/deadline"
	"charterhouse/internal/pg"
	"charterhouse/internal/results"
)

// enterResult writes one result by hand, to be read and corrected.
func (g *sower) enterResult() error {
	if g.Slug != slugA {
		return nil
	}
	boss := g.Users["administrator"]
	return g.write(func(tx *pg.Tx) error {
		day, err := deadline.ParseDate("2025-01-01")
		if err != nil {
			return err
		}
		_, err = results.Enter(g.ctx, tx, audit.Actor{ID: boss.Actor}, results.Entering{
			Commitment: "public-services", Day: day, Value: 90, Evidence: "Ataskaita",
		}, day.AddDays(400))
		return err
	})
}
