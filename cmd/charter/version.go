package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newVersionCommand() *cobra.Command {
	c := &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		built := app.Version(version)
		if *asJSON {
			return printJSON(c, built)
		}
		_, err := fmt.Fprintf(c.OutOrStdout(), "charter %s (%s, %s)\n", built.Version, built.Go, built.Platform)
		return err
	}
	return c
}
