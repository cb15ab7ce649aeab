package pgtest_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"charterhouse/internal/pg/pgtest"
)

// The test binary is also the user of a shared server that gets killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("PGTEST_HOLD")
	if dir == "" {
		os.Exit(m.Run())
	}
	if _, err := pgtest.Hold(dir); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	time.Sleep(time.Minute)
}

func sharedPlace(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "charterhouse-pgtest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestKilledTestsLeaveNoServer(t *testing.T) {
	const linger = 300 * time.Millisecond
	t.Setenv("CHARTER_TEST_LINGER", linger.String())
	dir := sharedPlace(t)
	t.Setenv("PGTEST_HOLD", dir)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ready := make(chan string)
	var users []*exec.Cmd
	for range 3 { // at once, as the packages of one run
		cmd := exec.Command(self)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		users = append(users, cmd)
		go func() {
			line, _ := bufio.NewReader(out).ReadString('\n')
			ready <- line
		}()
	}
	for range users {
		if line := <-ready; line != "ready\n" {
			t.Fatalf("a user said %q", line)
		}
	}
	if log, err := os.ReadFile(filepath.Join(dir, "supervisor.log")); err != nil || strings.Count(string(log), "supervising") != 1 {
		t.Errorf("more or fewer than one supervisor: %s %v", log, err)
	}
	for _, cmd := range users {
		time.Sleep(3 * linger)
		if _, err := os.Stat(filepath.Join(dir, "postgres", "postmaster.pid")); err != nil {
			t.Errorf("the server ended before its last user: %v", err)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
	}
	for range 200 {
		if _, err := os.Stat(filepath.Join(dir, "postgres")); errors.Is(err, fs.ErrNotExist) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("the server of killed tests runs on")
}

func TestReleaseRemovesEverything(t *testing.T) {
	t.Setenv("CHARTER_TEST_LINGER", "1h") // release does not wait for it
	dir := sharedPlace(t)
	release, err := pgtest.Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is still there: %v", dir, err)
	}
}
