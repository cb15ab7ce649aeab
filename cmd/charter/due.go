package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
	"charterhouse/locales"
	"charterhouse/tenants"
)

// newDueCommand computes due dates without a database.
func newDueCommand() *cobra.Command {
	var o app.DueOptions
	var file string
	var asJSON *bool
	cmd := &cobra.Command{
		Use:   "due",
		Short: "Compute on which day an answer is due, and tell why",
		Long: `Compute on which day an answer is due, and tell why.

The day of receipt is not counted. A term in working days passes over weekends and
holidays; a term in days or months that ends on such a day ends on the next working
day. --outside-hours says that the case came outside office hours and what it then
counts as; without it, it came within hours.

With --csv the rows calendar,received,term,outside_hours are read from a file (or -
for standard input) and printed with a last column due.`,
		Example: `  charter due --calendar bg --received 2026-04-02 --term "20 working days"
  charter due --calendar lt --received 2026-11-20 --term "less than 3 working days" --lang lt
  charter due --csv cases.csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.JSON = *asJSON
			if file == "" {
				return app.Due(o, app.DueFiles{Packs: tenants.Files, Locales: locales.Files}, cmd.OutOrStdout())
			}
			in := cmd.InOrStdin()
			if file != "-" {
				f, err := os.Open(file)
				if err != nil {
					return fmt.Errorf("read the rows: %w", err)
				}
				defer f.Close()
				in = f
			}
			return app.DueCSV(tenants.Files, in, cmd.OutOrStdout())
		},
	}
	asJSON = jsonFlag(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.Calendar, "calendar", "", "country whose calendar counts: lt, bg")
	flags.StringVar(&o.Received, "received", "", "day of receipt: 2026-04-02")
	flags.StringVar(&o.Term, "term", "", `"3 working days", "less than 3 working days", "same working day", "14 days", "1 month"`)
	flags.StringVar(&o.OutsideHours, "outside-hours", "", "received outside office hours, which counts as same_day or next_working_day")
	flags.StringVar(&o.Lang, "lang", "en", "language of the explanation: lt, bg, en")
	flags.StringVar(&file, "csv", "", "file of rows to compute, - for standard input")
	cmd.MarkFlagsRequiredTogether("calendar", "received", "term")
	cmd.MarkFlagsOneRequired("calendar", "csv")
	for _, single := range []string{"calendar", "received", "term", "outside-hours", "json", "lang"} {
		cmd.MarkFlagsMutuallyExclusive("csv", single)
	}
	return cmd
}
