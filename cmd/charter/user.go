package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"charterhouse/internal/access"
	"charterhouse/internal/app"
)

func newUserCommand() *cobra.Command {
	return group("user", "Let staff of a town or of the portal in",
		newUserListCommand(), newUserAddCommand(), newUserResetPasswordCommand(), newUserDisable2FACommand())
}

// place adds the flags that say whose staff it is.
func place(c *cobra.Command) (slug *string) {
	slug = c.Flags().String("town", "", "the `slug` of the town")
	c.Flags().Bool("portal", false, "the national portal instead of a town")
	c.MarkFlagsOneRequired("town", "portal")
	c.MarkFlagsMutuallyExclusive("town", "portal")
	return slug
}

func newUserListCommand() *cobra.Command {
	c := &cobra.Command{Use: "list", Short: "List the accounts", Args: cobra.NoArgs}
	slug, asJSON := place(c), jsonFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := placed(c, *slug); err != nil {
			return err
		}
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		list, err := app.UserList(c.Context(), &loaded.Settings, *slug)
		if err != nil {
			return err
		}
		if *asJSON {
			return printJSON(c, list)
		}
		for _, u := range list {
			var roles []string
			for _, r := range u.Roles {
				roles = append(roles, string(r))
			}
			second := "-"
			if u.SecondFactor {
				second = "2fa"
			}
			fmt.Fprintf(c.OutOrStdout(), "%-40s  %-8s  %-3s  %-24s  %s\n", u.Email, u.State, second, strings.Join(roles, ","), u.Name)
		}
		return nil
	}
	return c
}

func newUserAddCommand() *cobra.Command {
	c := &cobra.Command{Use: "add EMAIL", Short: "Make an account and print its first password, once", Args: cobra.ExactArgs(1)}
	slug, asJSON := place(c), jsonFlag(c)
	name := c.Flags().String("name", "", "name and surname")
	department := c.Flags().String("department", "", "department, as the town calls it")
	lang := c.Flags().String("lang", "", "language of the pages and mails; the town's own if not given")
	roles := c.Flags().StringSlice("role", nil, "administrator, officer, auditor, viewer; of the portal: operator, coordinator")
	_ = c.MarkFlagRequired("name")
	_ = c.MarkFlagRequired("role")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := placed(c, *slug); err != nil {
			return err
		}
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		in := access.NewUser{Profile: access.Profile{Email: args[0], Name: *name, Department: *department, Lang: *lang}}
		for _, r := range *roles {
			in.Roles = append(in.Roles, access.Role(r))
		}
		given, err := app.UserAdd(c.Context(), &loaded.Settings, *slug, in)
		if err != nil {
			return err
		}
		return printGiven(c, given, *asJSON)
	}
	return c
}

func newUserResetPasswordCommand() *cobra.Command {
	c := &cobra.Command{Use: "reset-password EMAIL", Short: "End all sessions and print a new password, once", Args: cobra.ExactArgs(1)}
	slug, asJSON := place(c), jsonFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := placed(c, *slug); err != nil {
			return err
		}
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		given, err := app.UserResetPassword(c.Context(), &loaded.Settings, *slug, args[0])
		if err != nil {
			return err
		}
		return printGiven(c, given, *asJSON)
	}
	return c
}

func newUserDisable2FACommand() *cobra.Command {
	c := &cobra.Command{Use: "disable-2fa EMAIL", Short: "Take the second factor off an account whose owner lost it", Args: cobra.ExactArgs(1)}
	slug := place(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := placed(c, *slug); err != nil {
			return err
		}
		loaded, err := beside(c)
		if err != nil {
			return err
		}
		return app.UserDisable2FA(c.Context(), &loaded.Settings, *slug, args[0])
	}
	return c
}

// placed refuses --town "": an empty name would mean the portal.
func placed(c *cobra.Command, slug string) error {
	portal, _ := c.Flags().GetBool("portal")
	if portal == (slug != "") {
		return fmt.Errorf("%w: give --town SLUG or --portal", errUsage)
	}
	return nil
}

func printGiven(c *cobra.Command, g app.Given, asJSON bool) error {
	if asJSON {
		return printJSON(c, g)
	}
	_, err := fmt.Fprintf(c.OutOrStdout(), "%s  %s\nIt works until %s and must be changed at the first log-in. It is not shown again.\n",
		g.Email, g.Password, g.Until.Format("2006-01-02 15:04 MST"))
	return err
}
