package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// bareEnv makes this program the bare handler; it names the file with what the
// handler answers.
const bareEnv = "CHARTERHOUSE_BENCH_BARE"

// recorded is an answer of the service, to be given again by others.
type recorded struct {
	Header http.Header
	Body   []byte
}

// serveBare is the least that a Go program can do: the same headers, the same
// bytes, whatever was asked. It prints its address and ends with its input.
func serveBare(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var r recorded
	if err := json.Unmarshal(text, &r); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		l.Close()
	}()
	err = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		header := w.Header()
		for name, values := range r.Header {
			header[name] = values
		}
		_, _ = w.Write(r.Body) // a reader that has gone is nobody's fault
	}))
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// bare starts this program again as the bare handler.
func (b *bench) bare(r recorded) (*process, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(b.dir, "recorded.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), bareEnv+"="+file)
	in, err := cmd.StdinPipe() // stays open as long as we live
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	p, err := launch(cmd)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	line := make([]byte, 64)
	n, err := out.Read(line)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the bare handler: %w", err), p.stop())
	}
	p.addr = strings.TrimSpace(string(line[:n]))
	return p, nil
}
