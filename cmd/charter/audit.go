package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

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
			"and the exit status is 1. Entries whose content was erased still hold.\n\n" +
			"Whoever owns the database could write a whole chain anew. So the service signs the head of each chain every hour and keeps\n" +
			"it in CHARTER_CHECKPOINT_DIR: the first of these checkpoints that the chain no longer agrees with is named. Or keep the\n" +
			"output of --json elsewhere and give it back with --against.",
	}
	against := c.Flags().String("against", "", "a `file` with an earlier output of --json")
	slug := c.Flags().String("tenant", "", "the `slug` of one town, or portal; all if not given")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		var earlier []app.AuditReport
		if *against != "" {
			raw, err := os.ReadFile(*against)
			if err != nil {
				return err
			}
			if err := json.Unmarshal(raw, &earlier); err != nil {
				return fmt.Errorf("%s is no output of charter audit verify --json: %w", *against, err)
			}
		}
		reports, err := app.AuditVerify(c.Context(), &loaded.Settings, *slug, earlier, c.ErrOrStderr())
		if err != nil {
			return err
		}
		broken := 0
		for _, r := range reports {
			if r.Fails() {
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
		switch {
		case r.Broken != 0:
			state = fmt.Sprintf("BROKEN at entry %d", r.Broken)
		case r.Rewritten:
			state = "REWRITTEN since the earlier report"
		case r.FailedLine != 0:
			state = fmt.Sprintf("CHECKPOINT FAILS: line %d %s", r.FailedLine, r.Failure)
		case r.Checkpoints != 0:
			state = fmt.Sprintf("holds, and all %d checkpoints up to %s", r.Checkpoints, r.Newest.Format(time.RFC3339))
		}
		fmt.Fprintf(c.OutOrStdout(), "%-24s  %8d entries, %d erased  %s  %s\n", r.Realm, r.Entries, r.Erased, r.Head, state)
	}
}
