package web_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime/pprof"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"charterhouse/internal/web"
)

func TestMain(m *testing.M) {
	if addr := os.Getenv("E2E_ADDR"); addr != "" {
		n, _ := strconv.Atoi(os.Getenv("E2E_N"))
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				c, err := net.Dial("tcp", addr)
				if err != nil {
					panic(err)
				}
				br := bufio.NewReader(c)
				req := []byte("GET /lt/charter HTTP/1.1\r\nHost: alpha.localhost:8080\r\nAccept-Encoding: gzip, deflate, br\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/130\r\nAccept: text/html,application/xhtml+xml\r\nAccept-Language: lt,en;q=0.5\r\n\r\n")
				for range n / 8 {
					c.Write(req)
					r, err := http.ReadResponse(br, nil)
					if err != nil {
						panic(err)
					}
					io.Copy(io.Discard, r.Body)
				}
			})
		}
		wg.Wait()
		return
	}
	os.Exit(m.Run())
}

func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestE2E(t *testing.T) {
	if os.Getenv("E2E") == "" {
		return
	}
	null, _ := os.OpenFile(os.Getenv("E2E_LOG"), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	h := start(t, func(o *web.Options) { o.Log = slog.New(slog.NewJSONHandler(null, nil)) })
	quiet := start(t, func(o *web.Options) { o.Log = slog.New(slog.DiscardHandler) })
	go h.Poll(t.Context())
	go quiet.Poll(t.Context())
	page := h.get(t, "alpha.localhost", "/lt/charter", "Accept-Encoding", "gzip")
	quiet.get(t, "alpha.localhost", "/lt/charter", "Accept-Encoding", "gzip")
	body := []byte(page.body)
	bare := func(all bool) string {
		l, _ := net.Listen("tcp", "127.0.0.1:0")
		srv := quiet.HTTP("x")
		if !all { srv = &http.Server{} }
		srv.Handler = (http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			hd := w.Header()
			if all {
				for k, v := range page.Header {
					if k != "Date" && k != "Connection" {
						hd[k] = v
					}
				}
			} else {
				hd.Set("Content-Type", "text/html; charset=utf-8")
				hd.Set("Content-Encoding", "gzip")
				hd.Set("Content-Length", strconv.Itoa(len(body)))
			}
			w.Write(body)
		}))
		go srv.Serve(l)
		return l.Addr().String()
	}
	n := 100000
	run := func(addr string) time.Duration {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "E2E_ADDR="+addr, "E2E_N="+strconv.Itoa(n))
		before := cpu()
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatal(string(out), err)
		}
		return (cpu() - before) / time.Duration(n)
	}
	few, all := bare(false), bare(true)
	if os.Getenv("E2E_PROF") != "" {
		f, _ := os.Create("/tmp/e2e.prof")
		pprof.StartCPUProfile(f)
		n = 300000
		switch os.Getenv("E2E_PROF") {
		case "quiet": run(quiet.addr)
		case "kit": run(h.addr)
		case "bare": run(all)
		}
		pprof.StopCPUProfile()
		return
	}
	for range 3 {
		fmt.Println("body", len(body), "bare-few", run(few), "bare-all", run(all), "quiet", run(quiet.addr), "kit", run(h.addr))
	}
}
