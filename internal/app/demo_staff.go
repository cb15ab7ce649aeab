package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/audit"
	"charterhouse/internal/fault"
	"charterhouse/internal/pg"
)

// A demonstration has accounts that anybody who runs it may use. They exist in
// the environment demo alone, carry that in their department, and have addresses
// under .example, where no mail goes (RFC 2606).

// demoPasswordFile keeps their one password beside the secret key: it is made at
// the first run and stands in no source.
const demoPasswordFile = "demo_password"

// demoAccount is one of them.
type demoAccount struct {
	Role        access.Role
	Name, Email string
}

// demoRealm is a town's accounts, or the portal's (slug "").
type demoRealm struct {
	slug, lang, department string
	accounts               []demoAccount
}

func demoRealms() []demoRealm {
	const lt, bg, en = "Parodomoji paskyra", "Демонстрационен профил", "Demonstration account"
	town := func(slug, lang, department string, names ...string) demoRealm {
		r := demoRealm{slug: slug, lang: lang, department: department}
		for i, role := range []access.Role{access.Administrator, access.Officer, access.Auditor, access.Viewer} {
			r.accounts = append(r.accounts, demoAccount{role, names[i], string(role) + "@" + slug + ".example"})
		}
		return r
	}
	return []demoRealm{
		town("klaipeda", "lt", lt, "Tomas Lukošius", "Rasa Jankutė", "Audronė Norvaišaitė", "Jonas Petrauskas"),
		town("varena", "lt", lt, "Daiva Kazlauskienė", "Mindaugas Vitkauskas", "Rūta Miškinytė", "Algis Bernotas"),
		town("chuprene", "bg", bg, "Петър Николов", "Десислава Петкова", "Венцислав Тодоров", "Галина Иванова"),
		town("peshtera", "bg", bg, "Мария Стоянова", "Георги Ангелов", "Елена Димитрова", "Борис Колев"),
		{lang: "en", department: en, accounts: []demoAccount{
			{access.Operator, "Portal Operator", "operator@portal.example"},
			{access.Coordinator, "Portal Coordinator", "coordinator@portal.example"},
		}},
	}
}

// demoPassword reads the password, or makes it; fresh tells that it was made now.
func demoPassword(s *config.Settings) (password string, fresh bool, err error) {
	path := filepath.Join(s.DataDir, demoPasswordFile)
	if raw, err := os.ReadFile(path); err == nil {
		return strings.TrimSpace(string(raw)), false, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", false, fmt.Errorf("read the password of the demonstration: %w", err)
	}
	if err := os.MkdirAll(s.DataDir, 0o755); err != nil {
		return "", false, fmt.Errorf("keep the password of the demonstration: %w", err)
	}
	password = access.OneTimePassword()
	if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		return "", false, fmt.Errorf("keep the password of the demonstration: %w", err)
	}
	return password, true, nil
}

// demoStaff makes the accounts that are not there yet. One whose password somebody
// has changed keeps it.
func (h *house) demoStaff(ctx context.Context, admin *pg.Admin) error {
	if h.settings.Environment != config.Demo {
		return errors.New("accounts of a demonstration outside one")
	}
	password, fresh, err := demoPassword(h.settings)
	if err != nil {
		return err
	}
	gate, err := h.gate()
	if err != nil {
		return err
	}
	for _, r := range demoRealms() {
		realm := pg.Portal()
		if r.slug != "" {
			if realm, err = pg.Town(r.slug); err != nil {
				return err
			}
		}
		err := admin.Write(ctx, realm, func(tx *pg.Tx) error { return r.open(ctx, tx, gate, password, fresh) })
		if err != nil {
			return fmt.Errorf("accounts of the demonstration in %s: %w", realm, err)
		}
	}
	return nil
}

func (r demoRealm) open(ctx context.Context, tx *pg.Tx, gate *access.Gate, password string, fresh bool) error {
	for _, a := range r.accounts {
		u, err := access.FindUser(ctx, tx, a.Email)
		switch {
		case fault.Is(err, fault.NotFound):
			u, err = access.AddUser(ctx, tx, audit.Operator(), access.NewUser{
				Profile: access.Profile{Email: a.Email, Name: a.Name, Department: r.department, Lang: r.lang}, Roles: []access.Role{a.Role},
			})
			if err != nil {
				return err
			}
		case err != nil:
			return err
		case u.HasPassword && !fresh:
			continue
		}
		if a.Role == access.Coordinator {
			// Of the countries that the demonstration has.
			if err := access.SetCountries(ctx, tx, audit.Operator(), u.ID, u.Version, []string{"bg", "lt"}); err != nil {
				return err
			}
		}
		prepared, err := gate.Prepare(ctx, access.HolderOfUser(u), password)
		if err != nil {
			return err
		}
		if err := gate.SetLastingPassword(ctx, tx, audit.Operator(), u.ID, prepared); err != nil {
			return err
		}
	}
	return nil
}

// inviteStaff prints the log-ins, after the addresses.
func inviteStaff(out io.Writer, s *config.Settings, addr net.Addr) error {
	if s.Environment != config.Demo {
		return nil
	}
	password, _, err := demoPassword(s)
	if err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(addr.String())
	fmt.Fprintf(out, "Demonstration log-ins. The password of all of them: %s\n\n", password)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range demoRealms() {
		host := s.BaseDomain
		if r.slug != "" {
			host = r.slug + "." + host
		}
		fmt.Fprintf(table, "  http://%s:%s/%s/admin\n", host, port, r.lang)
		for _, a := range r.accounts {
			fmt.Fprintf(table, "\t%s\t%s\t%s\n", a.Role, a.Email, a.Name)
		}
	}
	fmt.Fprintln(table)
	return table.Flush()
}
