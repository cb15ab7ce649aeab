package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newMigrateCommand() *cobra.Command {
	c := &cobra.Command{Use: "migrate", Short: "Bring every schema up to date", Args: cobra.NoArgs}
	status := c.Flags().Bool("status", false, "only tell how far each schema is")
	workers := c.Flags().Int("workers", 0, "how many schemas at once (CHARTER_MIGRATE_WORKERS)")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		var forced map[string]any
		if *workers > 0 {
			forced = map[string]any{"migrate_workers": *workers}
		}
		loaded, err := settings(c, nil, forced)
		if err != nil {
			return err
		}
		if !*status {
			return app.Migrate(c.Context(), &loaded.Settings, c.ErrOrStderr())
		}
		list, err := app.MigrationStatus(c.Context(), &loaded.Settings)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(c, list)
		}
		for _, s := range list {
			line := fmt.Sprintf("%-40s %d/%d", s.Schema, s.Applied, s.Expected)
			if !s.Fenced.IsZero() {
				line += fmt.Sprintf("  fenced since %s by %s: %s", s.Fenced.Format("2006-01-02 15:04"), s.File, s.Reason)
			}
			fmt.Fprintln(c.OutOrStdout(), line)
		}
		return nil
	}
	return c
}
