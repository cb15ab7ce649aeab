package embedded

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Whenever a start is killed, nothing runs on and the next one works. Three
// moments here, a hundred with CHARTER_TORTURE.
func TestStartKilledAtAnyMoment(t *testing.T) {
	rounds := 3
	if os.Getenv("CHARTER_TORTURE") != "" {
		rounds = 100
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := place(t)
	for range rounds {
		if rand.IntN(2) == 0 { // half of them are first starts
			if err := os.RemoveAll(filepath.Join(dir, "postgres")); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), "EMBEDDED_AS=server", "EMBEDDED_DIR="+dir)
		in, err := cmd.StdinPipe() // open: the server would stop by itself otherwise
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		moment := time.Duration(rand.IntN(1200)) * time.Millisecond
		time.Sleep(moment)
		if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatalf("killed after %v, but it had ended: %v", moment, err)
		}
		_ = cmd.Wait()
		in.Close()
		waitNobody(t, dir, moment)
	}
	start(t, Options{Dir: dir})
}

// waitNobody fails when after ten seconds a process is still at work in the
// directory.
func waitNobody(t *testing.T, dir string, moment time.Duration) {
	t.Helper()
	var left []string
	for range 200 {
		left = nil
		all, err := filepath.Glob("/proc/[0-9]*/cwd")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range all {
			// One that ended meanwhile has no directory.
			if at, err := os.Readlink(path); err == nil && strings.HasPrefix(at, dir) {
				text, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
				left = append(left, strings.ReplaceAll(string(text), "\x00", " "))
			}
		}
		if left == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("killed after %v, these run on:\n%s", moment, strings.Join(left, "\n"))
}
