package embedded

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// The log-ins and the database of a private server. Owner migrates and
// provisions; Service serves pages and has no rights of its own.
const (
	Superuser = "postgres"
	Owner     = "charter_owner"
	Service   = "charter_service"
	Database  = "charter"
)

// secrets are the passwords, one per log-in, in a file of the data directory.
type secrets struct {
	Superuser string `json:"superuser"`
	Owner     string `json:"owner"`
	Service   string `json:"service"`
}

const secretsFile = "charterhouse.json"

// cluster is a data directory and what is needed to run a server on it.
type cluster struct {
	programs Programs
	who      account
	data     string
	secrets  secrets
}

// open reads the cluster in o.Dir, or makes it.
func open(o Options) (*cluster, error) {
	who, err := runAs()
	if err != nil {
		return nil, err
	}
	c := &cluster{who: who, data: filepath.Join(o.Dir, "postgres")}
	major, err := c.madeBy()
	if err != nil {
		return nil, err
	}
	if o.candidates == nil {
		o.candidates = candidates(o.Clone)
	}
	if c.programs, err = findIn(o.candidates, major); err != nil {
		if major > 0 {
			err = fmt.Errorf("%s: %w", c.data, err)
		}
		return nil, err
	}
	if err := c.bringWithin(o.Dir); err != nil {
		return nil, err
	}
	if major == 0 {
		if err := c.create(slices.Contains(o.Settings, "fsync=off")); err != nil {
			return nil, fmt.Errorf("create the database cluster in %s: %w", c.data, err)
		}
	}
	text, err := os.ReadFile(filepath.Join(c.data, secretsFile))
	if err != nil {
		return nil, fmt.Errorf("passwords of the private PostgreSQL (remove %s to begin anew): %w", c.data, err)
	}
	return c, json.Unmarshal(text, &c.secrets)
}

// madeBy tells which major version made the data directory; 0 = there is none.
func (c *cluster) madeBy() (int, error) {
	text, err := os.ReadFile(filepath.Join(c.data, "PG_VERSION"))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return 0, nil
	case errors.Is(err, os.ErrPermission):
		return 0, fmt.Errorf("%s belongs to another user: run as that user, or remove it", c.data)
	case err != nil:
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(text)))
}

// bringWithin copies the npm package's server beside the data when the account
// cannot reach it where it is (a clone below /root).
func (c *cluster) bringWithin(dir string) error {
	if !c.who.dropped || c.who.reaches(c.programs.Bin) {
		return nil
	}
	within := filepath.Join(dir, "programs-"+strconv.Itoa(c.programs.Major))
	if _, err := os.Stat(within); errors.Is(err, os.ErrNotExist) {
		half := within + ".new"
		if err := os.RemoveAll(half); err != nil {
			return err
		}
		if err := os.CopyFS(half, os.DirFS(filepath.Dir(c.programs.Bin))); err != nil {
			return fmt.Errorf("copy the server programs: %w", err)
		}
		if err := os.Rename(half, within); err != nil {
			return err
		}
	}
	c.programs.Bin = filepath.Join(within, "bin")
	return nil
}

// create makes the cluster aside and moves it into place when whole, so that an
// interrupted first start leaves nothing that looks finished. Each attempt has a
// directory of its own: what a killed one had started may still be writing.
func (c *cluster) create(unsafe bool) error {
	given, err := filepath.Glob(c.data + ".new-*")
	if err != nil {
		return err
	}
	for _, dir := range given {
		_ = os.RemoveAll(dir) // what is still written to goes the next time
	}
	half := c.data + ".new-" + rand.Text()[:8]
	if err := c.who.own(half); err != nil {
		return err
	}
	s := secrets{Superuser: rand.Text(), Owner: rand.Text(), Service: rand.Text()}
	password := c.data + ".pw"
	if err := c.write(password, []byte(s.Superuser)); err != nil {
		return err
	}
	defer os.Remove(password)
	if err := c.initdb(half, password, unsafe); err != nil {
		return err
	}
	// One line is one statement in single-user mode; the passwords stay out of
	// the argument list, which every user of the machine can read.
	roles := fmt.Sprintf("CREATE ROLE %s LOGIN CREATEROLE PASSWORD '%s'\n"+
		"CREATE ROLE %s LOGIN NOINHERIT PASSWORD '%s'\n"+
		"CREATE DATABASE %s OWNER %s\n", Owner, s.Owner, Service, s.Service, Database, Owner)
	out, err := c.run(half, roles, "postgres", "--single", "-D", half, "postgres")
	if err != nil || strings.Contains(out, "ERROR") {
		return fmt.Errorf("create the roles: %w: %s", err, lastLines(out))
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := c.write(filepath.Join(half, secretsFile), text); err != nil {
		return err
	}
	return os.Rename(half, c.data)
}

// initdb insists on UTF-8 that knows Lithuanian and Cyrillic letters: with the
// locale C, lower() and the full-text parser would know ASCII alone.
func (c *cluster) initdb(data, password string, unsafe bool) error {
	args := []string{"-D", data, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8"}
	if unsafe {
		args = append(args, "--no-sync")
	}
	var out string
	var err error
	for _, locale := range []string{"C.UTF-8", "C.utf8", "en_US.UTF-8"} {
		out, err = c.run(data, "", "initdb", append(args, "--locale", locale)...)
		if err == nil {
			return nil
		}
		if !strings.Contains(out, "locale") {
			break
		}
	}
	return fmt.Errorf("initdb: %w: %s", err, lastLines(out))
}

// run runs one of the programs to its end as the account.
func (c *cluster) run(dir, input, program string, args ...string) (string, error) {
	cmd := c.command(dir, syscall.SIGKILL, program, args...)
	cmd.Stdin = strings.NewReader(input)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	exited, err := startHeld(cmd)
	if err != nil {
		return "", err
	}
	err = <-exited // only then is the output whole
	return out.String(), err
}

// command gives the program an environment without PG*: those name somebody's
// own server. death is what it gets when we die.
func (c *cluster) command(dir string, death syscall.Signal, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.programs.Bin, program), args...)
	cmd.Dir = dir
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PG") })
	cmd.SysProcAttr = c.who.attributes(death)
	return cmd
}

func (c *cluster) write(path string, text []byte) error {
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return err
	}
	if c.who.dropped {
		return os.Chown(path, c.who.uid, c.who.gid)
	}
	return nil
}

func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], " | ")
}
