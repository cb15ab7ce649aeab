package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// followUs has the kernel end the child when we die. The group of its own keeps
// Ctrl-C from it: we stop it when we have written what we know.
func followUs(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

// processorTime is what a process has used so far, all threads, user and system,
// in nanoseconds: its clock as clock_getcpuclockid(3) names it.
func processorTime(pid int) (time.Duration, error) {
	const scheduled = 2 // CPUCLOCK_SCHED
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid)<<3|scheduled, &t); err != nil {
		return 0, fmt.Errorf("processor time of %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// memory of a process in bytes. A page that several share counts in Proportional
// by its part.
type memory struct{ resident, proportional, private float64 }

func memoryOf(pid int) (memory, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/smaps_rollup")
	if err != nil {
		return memory{}, err
	}
	var m memory
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		kilobytes, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			continue
		}
		switch f[0] {
		case "Rss:":
			m.resident = kilobytes * 1024
		case "Pss:":
			m.proportional = kilobytes * 1024
		case "Private_Clean:", "Private_Dirty:":
			m.private += kilobytes * 1024
		}
	}
	return m, nil
}
