package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newAuditCommand() *cobra.Command {
	return group("audit", "Look after the record of what was done", newAuditVerifyCommand())
}

func newAuditVerifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "verify", Short: "Verify the chains of audit entries, and name the first entry that does not hold", Args: cobra.NoArgs,
		Long: "Verify recomputes every hash of the chains. An entry that was altered, removed, put in or moved is named by its number,\n" +
			"and the exit status is 1. Entries whose content was erased still hold.",
	}
	slug := c.Flags().String("tenant", "", "the `slug` of one town, or portal; all if not given")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		reports, err := app.AuditVerify(c.Context(), &loaded.Settings, *slug, c.ErrOrStderr())
		if err != nil {
			return err
		}
		broken := 0
		for _, r := range reports {
			if r.Broken != 0 {
				broken++
			}
		}
		if *asJSON {
			err = printJSON(c, reports)
		} else {
			printChains(c, reports)
		}
		if err == nil && broken > 0 {
			err = fmt.Errorf("broken chains: %d of %d", broken, len(reports))
		}
		return err
	}
	return c
}

func printChains(c *cobra.Command, reports []app.AuditReport) {
	for _, r := range reports {
		state := "holds"
		if r.Broken != 0 {
			state = fmt.Sprintf("BROKEN at entry %d", r.Broken)
		}
		fmt.Fprintf(c.OutOrStdout(), "%-24s  %8d entries, %d erased  %s  %s\n", r.Realm, r.Entries, r.Erased, r.Head, state)
	}
}
