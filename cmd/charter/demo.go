package main

import (
	"os"

	"github.com/spf13/cobra"

	"charterhouse/config"
	"charterhouse/internal/app"
)

func newDemoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "demo", Short: "Four towns with a database of their own, for a look (make run)", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			clone, err := os.Getwd()
			if err != nil {
				return err
			}
			load := func(forced map[string]any) (*config.Loaded, error) { return settings(c, app.DemoDefaults(), forced) }
			app.BoundMemory()
			return app.Demo(c.Context(), clone, load, c.OutOrStdout())
		},
	}
}
