package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
)

var errNoNginx = errors.New("nginx is not installed")

// nginx serves the recorded page as a file that was compressed before. It runs as
// one process, so that its processor time is read in one place; its log is
// buffered as ours is.
func (b *bench) nginx(ctx context.Context, r recorded, path string) (*process, error) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		if program = "/usr/sbin/nginx"; !there(program) {
			return nil, errNoNginx
		}
	}
	dir := filepath.Join(b.dir, "nginx")
	file := filepath.Join(dir, "www", path)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	plainBody, err := decompress(r.Body)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	conf := filepath.Join(dir, "nginx.conf")
	err = errors.Join(os.WriteFile(file, plainBody, 0o644), os.WriteFile(file+".gz", r.Body, 0o644),
		os.WriteFile(conf, []byte(nginxConf(dir, port, r)), 0o644))
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(program, "-p", dir, "-c", conf, "-e", filepath.Join(dir, "error.log"))
	p, err := launch(cmd)
	if err != nil {
		return nil, err
	}
	p.addr = "127.0.0.1:" + port
	if err := p.await(ctx, path); err != nil {
		text, _ := os.ReadFile(filepath.Join(dir, "error.log"))
		return nil, errors.Join(fmt.Errorf("nginx: %w: %s", err, text), p.stop())
	}
	return p, nil
}

func there(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// nginxConf has the headers of the service that nginx does not send by itself.
func nginxConf(dir, port string, r recorded) string {
	var headers strings.Builder
	for name, values := range r.Header {
		switch name {
		case "Content-Type", "Content-Length", "Content-Encoding", "Etag", "Vary":
			continue
		}
		for _, v := range values {
			fmt.Fprintf(&headers, "\tadd_header %s %q;\n", name, v)
		}
	}
	return fmt.Sprintf(`daemon off;
master_process off;
worker_processes 1;
pid %[1]s/pid;
error_log %[1]s/error.log;
events { worker_connections 64; }
http {
	access_log %[1]s/access.log combined buffer=32k flush=1s;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000;
	default_type "%[3]s";
	gzip_static on;
	gzip_vary on;
%[4]s	server { listen 127.0.0.1:%[2]s; root %[1]s/www; }
}
`, dir, port, r.Header.Get("Content-Type"), headers.String())
}

func decompress(body []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
