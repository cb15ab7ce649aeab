package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"charterhouse/internal/app"
	"charterhouse/internal/i18n"
	"charterhouse/internal/provision"
	"charterhouse/internal/tenant"
)

func newTenantCommand() *cobra.Command {
	return group("tenant", "Make, check, change and list towns",
		newTenantListCommand(), newTenantCheckCommand(), newTenantApplyCommand(), newTenantCreateCommand(), newTenantExportCommand(),
		newTenantStateCommand("suspend", "Let a town answer 404; nothing of it is lost", tenant.Suspended),
		newTenantStateCommand("resume", "Let a suspended town answer again", tenant.Active))
}

func newTenantListCommand() *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "List the towns of the registry", Args: cobra.NoArgs}
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		list, err := app.TenantList(c.Context(), &loaded.Settings)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(c, list)
		}
		for _, t := range list {
			fmt.Fprintf(c.OutOrStdout(), "%-2s  %-30s  %s\n", t.Country, t.Slug, t.State)
		}
		return nil
	}
	return c
}

func newTenantCheckCommand() *cobra.Command {
	c := &cobra.Command{Use: "check DIR", Short: "Name file, line and field of every fault of a package", Args: cobra.ExactArgs(1)}
	lang := c.Flags().String("lang", "en", "language of the explanations: lt, bg, en")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		problems, err := app.TenantCheck(&loaded.Settings, args[0], *lang)
		if err != nil {
			return err
		}
		if *asJSON {
			err = printJSON(c, problems)
		} else {
			for _, p := range problems {
				fmt.Fprintln(c.OutOrStdout(), p)
			}
		}
		if len(problems) > 0 {
			err = errors.Join(err, fmt.Errorf("problems: %d", len(problems)))
		}
		return err
	}
	return c
}

func newTenantApplyCommand() *cobra.Command {
	c := &cobra.Command{Use: "apply DIR…", Short: "Make towns of packages, or bring them up to these", Args: cobra.MinimumNArgs(1)}
	overwrite := c.Flags().Bool("overwrite", false, "also replace what the town has changed itself")
	lang := c.Flags().String("lang", "en", "language of the explanations: lt, bg, en")
	asJSON := jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		outcome, err := app.TenantApply(c.Context(), &loaded.Settings, args, *lang, *overwrite, c.ErrOrStderr())
		if err == nil && *asJSON {
			err = printJSON(c, outcome)
		}
		return err
	}
	return c
}

func newTenantCreateCommand() *cobra.Command {
	c := &cobra.Command{Use: "create SLUG", Short: "Start a town from its country's pack", Args: cobra.ExactArgs(1)}
	country := c.Flags().String("country", "", "country `code`: lt, bg")
	name := c.Flags().String("name", "", "the town's official name")
	english := c.Flags().String("name-en", "", "its name in English")
	region := c.Flags().String("region", "", "its region")
	code := c.Flags().String("code", "", "its national code")
	email := c.Flags().String("email", "", "its published e-mail address")
	dir := c.Flags().String("to", "", "also write the package into this `folder`")
	_ = c.MarkFlagRequired("country")
	_ = c.MarkFlagRequired("name")
	c.RunE = func(c *cobra.Command, args []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		n := provision.Newcomer{Slug: args[0], Country: *country, Code: *code, Email: *email, Name: i18n.Text{*country: *name}}
		if *english != "" {
			n.Name["en"] = *english
		}
		if *region != "" {
			n.Region = i18n.Text{*country: *region}
		}
		return app.TenantCreate(c.Context(), &loaded.Settings, n, *dir, c.ErrOrStderr())
	}
	return c
}

func newTenantExportCommand() *cobra.Command {
	c := &cobra.Command{Use: "export SLUG DIR", Short: "Write a town's package into a folder", Args: cobra.ExactArgs(2)}
	c.RunE = func(c *cobra.Command, args []string) error {
		loaded, err := settings(c, nil, nil)
		if err != nil {
			return err
		}
		return app.TenantExport(c.Context(), &loaded.Settings, args[0], args[1])
	}
	return c
}

func newTenantStateCommand(use, short string, to tenant.State) *cobra.Command {
	return &cobra.Command{
		Use: use + " SLUG", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			loaded, err := settings(c, nil, nil)
			if err != nil {
				return err
			}
			return app.TenantSetState(c.Context(), &loaded.Settings, args[0], to)
		},
	}
}
