package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newSampleCommand() *cobra.Command {
	c := &cobra.Command{Use: "sample", Short: "Load made-up cases, marked as samples, or take them away again", Args: cobra.NoArgs}
	town := c.Flags().String("tenant", "", "the `slug` of one town")
	all := c.Flags().Bool("all", false, "every town that has sample cases")
	remove := c.Flags().Bool("remove", false, "take all sample cases away, with their files; without --tenant from every town")
	c.MarkFlagsMutuallyExclusive("tenant", "all")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *town == "" && !*all && !*remove {
			return fmt.Errorf("%w: say which town by --tenant, or --all", errUsage)
		}
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		if *remove {
			return app.SampleRemove(c.Context(), &loaded.Settings, *town, c.ErrOrStderr())
		}
		return app.SampleLoad(c.Context(), &loaded.Settings, *town, c.ErrOrStderr())
	}
	return c
}
