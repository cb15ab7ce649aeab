package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newDoctorCommand() *cobra.Command {
	c := &cobra.Command{Use: "doctor", Short: "Say what is set up, what is missing, and what to do", Args: cobra.NoArgs}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		clone, err := os.Getwd()
		if err != nil {
			return err
		}
		findings := app.Doctor(c.Context(), source(c, nil, nil), clone)
		if *asJSON {
			err = printJSON(c, findings)
		} else {
			for _, f := range findings {
				fmt.Fprintf(c.OutOrStdout(), "%-7s  %-14s  %s\n", f.State, f.Subject, f.Finding)
				if f.Do != "" {
					fmt.Fprintf(c.OutOrStdout(), "%-7s  %-14s  -> %s\n", "", "", f.Do)
				}
			}
		}
		if app.Sick(findings) {
			err = errors.Join(err, errors.New("something is missing; see above"))
		}
		return err
	}
	return c
}
