// Command charter is the service and everything an operator does with it. Each
// command stands in a file of its own, reads its flags and calls one function
// of package app; no rule lives here.
//
// Exit status: 0 done, 1 an error, 2 wrong usage.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the deadlines of Vilnius and Sofia, also on a machine without zone files
)

// version is set by the linker; see the Makefile.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	// The first Ctrl-C ends in order, the second at once.
	context.AfterFunc(ctx, stop)
	os.Exit(execute(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
