package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newSampleCommand() *cobra.Command {
	c := &cobra.Command{Use: "sample", Short: "Load made-up cases, marked as samples, or take them away again", Args: cobra.NoArgs}
	town := c.Flags().String("tenant", "", "the hand-written cases of the town with this `slug`")
	all := c.Flags().Bool("all", false, "the hand-written cases of every town that has some")
	var many app.SampleMany
	c.Flags().StringSliceVar(&many.Countries, "municipalities", nil, "every municipality of these `countries` (lt,bg), made where it does not stand")
	c.Flags().IntVar(&many.Cases, "cases", 2000, "how many cases each of them gets")
	c.Flags().Uint64Var(&many.Seed, "seed", 1, "the same number gives the same cases on the same day")
	c.Flags().StringSliceVar(&many.Only, "only", nil, "of these municipalities only the `slugs` named")
	remove := c.Flags().Bool("remove", false, "take all sample cases away, with their files; without --tenant from every town")
	c.MarkFlagsMutuallyExclusive("tenant", "all", "municipalities")
	c.MarkFlagsMutuallyExclusive("municipalities", "remove")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *town == "" && !*all && !*remove && len(many.Countries) == 0 {
			return fmt.Errorf("%w: say which towns by --tenant, --all or --municipalities", errUsage)
		}
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		switch {
		case *remove:
			return app.SampleRemove(c.Context(), &loaded.Settings, *town, c.ErrOrStderr())
		case len(many.Countries) > 0:
			return app.SampleMunicipalities(c.Context(), &loaded.Settings, many, c.ErrOrStderr())
		}
		return app.SampleLoad(c.Context(), &loaded.Settings, *town, c.ErrOrStderr())
	}
	return c
}
