package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"charterhouse/config"
	"charterhouse/internal/app"
)

// commands are all of them, in the order of the help.
func commands() []*cobra.Command {
	return []*cobra.Command{
		newDueCommand(),
		newDemoCommand(),
		newSetupCommand(),
		newServeCommand(),
		newWorkCommand(),
		newMigrateCommand(),
		newTenantCommand(),
		newUserCommand(),
		newResultsCommand(),
		newAuditCommand(),
		newSampleCommand(),
		newDoctorCommand(),
		newConfigCommand(),
		newVersionCommand(),
	}
}

// errUsage marks an error as wrong usage: exit status 2 instead of 1.
var errUsage = errors.New("wrong usage")

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "charter",
		Short:         "Citizens' charters for many municipalities",
		Long:          "charter serves the citizens' charters of many municipalities, and sets them up.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().String("config", "", "a YAML `file` of settings (see config/defaults.yaml)")
	root.AddCommand(commands()...)
	return root
}

// execute runs one command line and gives its exit status. An error before the
// command's own function began is wrong usage: an unknown command or flag, a
// missing argument.
func execute(ctx context.Context, args []string, out, errs io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	began := false
	each(root, func(c *cobra.Command) {
		if run := c.RunE; run != nil {
			c.RunE = func(c *cobra.Command, args []string) error {
				began = true
				return run(c, args)
			}
		}
	})
	c, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	fmt.Fprintf(errs, "charter: %s\n", app.Sentence(err))
	if !began || errors.Is(err, errUsage) {
		fmt.Fprintf(errs, "Try `%s --help`.\n", c.CommandPath())
		return 2
	}
	return 1
}

func each(c *cobra.Command, visit func(*cobra.Command)) {
	visit(c)
	for _, child := range c.Commands() {
		each(child, visit)
	}
}

// group makes a command that only holds others; alone it shows its help.
func group(use, short string, children ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(children...)
	return c
}

// settings loads the settings and says on standard error what the operator
// should know about them.
func settings(c *cobra.Command, defaults, forced map[string]any) (*config.Loaded, error) {
	loaded, err := config.Load(source(c, defaults, forced))
	if loaded != nil {
		for _, warning := range loaded.Warnings {
			fmt.Fprintf(c.ErrOrStderr(), "charter: %s\n", warning)
		}
	}
	return loaded, err
}

// beside loads the settings of a command that works on the towns of a service. Where
// no database is configured and the demonstration of this clone runs, that is the
// service meant: its database is taken, and said to be.
func beside(c *cobra.Command) (*config.Loaded, error) {
	if own, err := config.Load(source(c, nil, nil)); err != nil || own.DatabaseURL+own.AdminDatabaseURL != "" {
		return settings(c, nil, nil)
	}
	clone, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	forced, dir, runs := app.RunningDemo(clone)
	if !runs {
		return settings(c, nil, nil)
	}
	// Whoever has configured another environment does not mean a demonstration.
	if demo, err := config.Load(source(c, app.DemoDefaults(), forced)); err != nil || demo.Environment != config.Demo {
		return settings(c, nil, nil)
	}
	fmt.Fprintf(c.ErrOrStderr(), "charter: no database is configured: this works on the demonstration that runs with the data in %s\n", dir)
	return settings(c, app.DemoDefaults(), forced)
}

func source(c *cobra.Command, defaults, forced map[string]any) config.Source {
	file, _ := c.Flags().GetString("config")
	return config.Source{File: file, Environ: os.Environ(), Defaults: defaults, Forced: forced}
}

// jsonFlag adds --json, which every command has whose output is data.
func jsonFlag(c *cobra.Command) *bool {
	return c.Flags().Bool("json", false, "print JSON")
}

func printJSON(c *cobra.Command, data any) error {
	e := json.NewEncoder(c.OutOrStdout())
	e.SetIndent("", "  ")
	return e.Encode(data)
}
