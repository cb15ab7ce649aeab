package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// attributes drops to the account and has the kernel send death to the child
// when the thread that started it ends, whatever killed it.
func (a account) attributes(death syscall.Signal) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{
		// A group of its own: Ctrl-C at the terminal reaches us, and we stop the
		// server after the last request, not the terminal before it.
		Setpgid:   true,
		Pdeathsig: death,
	}
	if a.dropped {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// FollowParent has the kernel end this process (SIGTERM) when its parent dies,
// so that a killed `make run` leaves nothing behind.
func FollowParent() error {
	parent := os.Getppid()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGTERM), 0, 0, 0); err != nil {
		return fmt.Errorf("parent-death signal: %w", err)
	}
	if os.Getppid() != parent { // it died before we asked
		return unix.Kill(os.Getpid(), unix.SIGTERM)
	}
	return nil
}

// isServerOf tells whether the process is a PostgreSQL on this data directory,
// and not a stranger that got the number of one which died.
func isServerOf(pid int, data string) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
	if err != nil {
		return false
	}
	args := strings.Split(string(text), "\x00")
	return filepath.Base(args[0]) == "postgres" && strings.Contains(string(text), "\x00-D\x00"+data+"\x00")
}
