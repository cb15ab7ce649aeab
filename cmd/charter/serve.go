package main

import (
	"github.com/spf13/cobra"

	"charterhouse/internal/app"
)

func newServeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Answer requests", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			loaded, err := settings(c, nil, nil)
			if err != nil {
				return err
			}
			app.BoundMemory()
			return app.Serve(c.Context(), &loaded.Settings, c.ErrOrStderr(), nil)
		},
	}
}

func newSetupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "setup", Short: "Prepare the database: roles, schemas, rights, tables", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			loaded, err := settings(c, nil, nil)
			if err != nil {
				return err
			}
			return app.Setup(c.Context(), &loaded.Settings, c.ErrOrStderr())
		},
	}
}

func newWorkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "work", Short: "Do the background jobs and answer no requests", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			loaded, err := settings(c, nil, nil)
			if err != nil {
				return err
			}
			return app.Work(c.Context(), &loaded.Settings, c.ErrOrStderr())
		},
	}
}
