package embedded

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"
)

// The test binary is also the process that the tests kill.
func TestMain(m *testing.M) {
	switch dir := os.Getenv("EMBEDDED_DIR"); os.Getenv("EMBEDDED_AS") {
	case "":
		os.Exit(m.Run())
	case "server":
		s, err := Start(context.Background(), Options{Dir: dir, Settings: []string{"fsync=off"}})
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(s.process.Pid)
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test has enough
		if err := s.Stop(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	case "follower":
		if err := FollowParent(); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(os.Getpid())
		time.Sleep(time.Minute)
	}
}

// place is a directory that the user postgres can reach; t.TempDir cannot be.
func place(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "charterhouse-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, o Options) *Server {
	t.Helper()
	o.Settings = append(o.Settings, "fsync=off")
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

func query(t *testing.T, url, q string) string {
	t.Helper()
	out, err := ask(url, q)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return out
}

func ask(url, q string) (out string, err error) {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return "", err
	}
	defer db.Close()
	return out, db.QueryRow(q).Scan(&out)
}

func TestStartKeepsDataAndSpeaksOurLetters(t *testing.T) {
	o := Options{Dir: place(t)}
	// What an interrupted first start leaves.
	half := filepath.Join(o.Dir, "postgres.new-ABCD")
	if err := os.MkdirAll(filepath.Join(half, "base"), 0o755); err != nil {
		t.Fatal(err)
	}
	s := start(t, o)
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", half, err)
	}
	if got := query(t, s.ServiceURL(Database), "SELECT lower('ŽŪЩ') || current_user"); got != "žūщ"+Service {
		t.Errorf("lower = %s", got)
	}
	query(t, s.OwnerURL(Database), "CREATE SCHEMA kept; CREATE TABLE kept.it(a text); INSERT INTO kept.it VALUES ('x') RETURNING a")
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if got := query(t, start(t, o).OwnerURL(Database), "SELECT a FROM kept.it"); got != "x" {
		t.Errorf("kept = %q", got)
	}
}

func TestOnlyThisMachineAndOnlyWithAPassword(t *testing.T) {
	s := start(t, Options{Dir: place(t)})
	if got := query(t, s.SuperURL("postgres"), "SELECT current_setting('listen_addresses') || current_setting('unix_socket_directories')"); got != "127.0.0.1" {
		t.Errorf("listens on %q", got)
	}
	for _, role := range []string{Superuser, Owner, Service} {
		if _, err := ask(s.address(role, "wrong", "postgres"), "SELECT 'x'"); err == nil || !strings.Contains(err.Error(), "password authentication failed") {
			t.Errorf("%s with a wrong password: %v", role, err)
		}
	}
	for path, want := range map[string]os.FileMode{"": 0o700, secretsFile: 0o600} {
		info, err := os.Stat(filepath.Join(s.data, path))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
	if got := query(t, s.SuperURL("postgres"), "SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolsuper"); got != Superuser {
		t.Errorf("superusers: %s", got)
	}
}

// itself starts this binary again in another part, as a user of its own where
// uid is not 0, and gives the process number that it prints.
func itself(t *testing.T, as, dir string, uid int, command ...string) (*exec.Cmd, io.Closer, int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if uid != 0 {
		// `go test` builds where only we can go.
		text, err := os.ReadFile(self)
		if err != nil {
			t.Fatal(err)
		}
		self = filepath.Join(place(t), "self.test")
		if err := os.WriteFile(self, text, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	command = append(command, self)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "EMBEDDED_AS="+as, "EMBEDDED_DIR="+dir)
	cmd.Stderr = os.Stderr
	if uid != 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatalf("%s said %q", as, line)
	}
	return cmd, in, pid
}

// waitGone fails when the process still runs after ten seconds. One that ended
// but was not fetched by its new parent is gone.
func waitGone(t *testing.T, what string, pid int) {
	t.Helper()
	for range 500 {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if errors.Is(err, os.ErrNotExist) || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	t.Errorf("%s (process %d) was left behind", what, pid)
}

func TestKilledParentLeavesNothing(t *testing.T) {
	dir := place(t)
	parent, _, server := itself(t, "server", dir, 0)
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait()
	waitGone(t, "the server of a killed parent", server)
	start(t, Options{Dir: dir}) // and its data is whole
}

func TestFollowerDiesWithItsParent(t *testing.T) {
	// The shell is the parent; `wait` keeps it from becoming the command.
	shell, _, follower := itself(t, "follower", "", 0, "sh", "-c", `"$0" & wait`)
	if err := shell.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = shell.Wait()
	waitGone(t, "the follower", follower)
}

func TestOrdinaryUserHasAServerToo(t *testing.T) {
	dir, uid := place(t), 0 // 0: whoever runs the test, who is an ordinary user already
	if os.Getuid() == 0 {
		uid = 65534
		if err := os.Chown(dir, uid, -1); err != nil {
			t.Fatal(err)
		}
	}
	cmd, in, server := itself(t, "server", filepath.Join(dir, ".data"), uid)
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("an ordinary user: %v", err)
	}
	waitGone(t, "the server of an ordinary user", server)
}

func TestStartEndsTheServerThatRunsAlready(t *testing.T) {
	o := Options{Dir: place(t)}
	first := start(t, o)
	query(t, first.OwnerURL(Database), "CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 'x' AS a; SELECT 'x'")
	second := start(t, o)
	select {
	case <-first.Done():
	case <-time.After(time.Minute):
		t.Fatal("the first server runs on")
	}
	if got := query(t, second.OwnerURL(Database), "SELECT a FROM s.t"); got != "x" {
		t.Errorf("kept = %q", got)
	}
}

func TestStrangerWithTheOldNumberIsLeftAlone(t *testing.T) {
	o := Options{Dir: place(t)}
	s := start(t, o)
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	stranger := exec.Command("sleep", "60")
	stranger.SysProcAttr = s.who.attributes(syscall.SIGKILL) // the same user as the server
	if _, err := startHeld(stranger); err != nil {
		t.Fatal(err)
	}
	defer stranger.Process.Kill()
	stale := fmt.Sprintf("%d\n%s\n1\n2\n\n127.0.0.1\n  3 4\nready\n", stranger.Process.Pid, s.data)
	if err := s.write(filepath.Join(s.data, "postmaster.pid"), []byte(stale)); err != nil {
		t.Fatal(err)
	}
	start(t, o)
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", stranger.Process.Pid)); err != nil || strings.Contains(string(stat), ") Z ") {
		t.Error("the stranger was killed")
	}
}
