package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newResultsCommand() *cobra.Command {
	return group("results", "The figures of towns", newResultsRecomputeCommand())
}

func newResultsRecomputeCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "recompute", Short: "Compute all figures of towns anew", Args: cobra.NoArgs,
		Long: "Computes all months of every active town anew, or of some. A run that was stopped says how to go on.",
	}
	slugs := c.Flags().StringSlice("tenant", nil, "only this `town`; may be given several times")
	workers := c.Flags().Int("workers", 4, "how many towns at once")
	since := c.Flags().String("since", "", "leave out towns that were computed anew after this `time` (2026-01-31T10:00:00Z)")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		r := app.Recomputing{Slugs: *slugs, Workers: *workers}
		if *since != "" {
			if r.Since, err = time.Parse(time.RFC3339, *since); err != nil {
				return fmt.Errorf("--since: %q is no time like 2026-01-31T10:00:00Z: %w", *since, errUsage)
			}
		}
		done, err := app.ResultsRecompute(c.Context(), &loaded.Settings, r, c.ErrOrStderr())
		if *asJSON && done != nil {
			if printed := printJSON(c, done); err == nil {
				err = printed
			}
		}
		return err
	}
	return c
}
