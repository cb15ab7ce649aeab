package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func newConfigCommand() *cobra.Command {
	return group("config", "The settings in force", newConfigPrintCommand())
}

func newConfigPrintCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "print", Short: "Print every setting, its value and where it comes from; secrets are masked", Args: cobra.NoArgs,
	}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(c, loaded.Lines())
		}
		table := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
		for _, line := range loaded.Lines() {
			fmt.Fprintf(table, "%s\t%s\t%s\n", line.Variable, line.Value, line.Origin)
		}
		return table.Flush()
	}
	return c
}
