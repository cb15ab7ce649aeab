package torture

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"charterhouse/config"
	"charterhouse/internal/app"
)

// asService makes this very program the service instead of a test.
const asService = "TORTURED_SERVICE"

func TestMain(m *testing.M) {
	if os.Getenv(asService) == "" {
		os.Exit(m.Run())
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve tells its address on standard output and answers until it is ended.
func serve() error {
	loaded, err := config.Load(config.Source{Environ: os.Environ()})
	if err != nil {
		return err
	}
	app.BoundMemory()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test is gone
		os.Exit(0)
	}()
	return app.Serve(ctx, &loaded.Settings, os.Stderr, func(addr net.Addr) { fmt.Println(addr) })
}

// long tells whether the proofs are wanted in their full length.
func long() bool { return os.Getenv("CHARTER_TORTURE") != "" }

// times is how often something is done: so often in every run, so often at length.
func times(short, full int) int {
	if long() {
		return full
	}
	return short
}
