package app

import (
	"context"
	"fmt"
	"io"

	"charterhouse/config"
	"charterhouse/internal/pg"
)

// shownSample is a sample case that a demonstration lets its visitors follow.
type shownSample struct{ slug, number, code string }

// shownSamples finds those that stand, with their codes: these are computed from
// the secret of this installation and kept nowhere.
func shownSamples(ctx context.Context, s *config.Settings) (shown []shownSample, err error) {
	err = withAdmin(ctx, s, func(h *house, admin *pg.Admin) error {
		r, err := h.rooms()
		if err != nil {
			return err
		}
		for _, slug := range samples() {
			realm, err := pg.Town(slug)
			if err != nil {
				return err
			}
			err = admin.Read(ctx, realm, func(tx *pg.Tx) error {
				town, err := r.desk.Read(ctx, tx)
				if err != nil {
					return err
				}
				all, err := h.samplesOf(slug, town.Profile.Languages)
				if err != nil {
					return err
				}
				for _, one := range all.Cases {
					if !one.Shown {
						continue
					}
					receipt, stands, err := town.SampleReceipt(ctx, tx, one.Key)
					if err != nil {
						return err
					}
					if stands && receipt.Code != "" {
						shown = append(shown, shownSample{slug, receipt.Case.Number, receipt.Code.String()})
					}
				}
				return nil
			})
			if err != nil {
				return fmt.Errorf("sample cases of %s: %w", slug, err)
			}
		}
		return nil
	})
	return shown, err
}

func inviteToFollow(out io.Writer, shown []shownSample) {
	if len(shown) == 0 {
		return
	}
	fmt.Fprintln(out, "Sample cases to follow at /track, with number and code:")
	for _, s := range shown {
		fmt.Fprintf(out, "  %-10s  %s  %s\n", s.slug, s.number, s.code)
	}
	fmt.Fprintln(out)
}
