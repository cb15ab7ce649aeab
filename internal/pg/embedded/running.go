package embedded

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// Running finds the server that another process keeps running on the data in dir,
// for the addresses of its database: a command beside a demonstration works on what
// that shows. false where none runs, or its passwords are not ours to read.
func Running(dir string) (owner, service string, ok bool) {
	data, err := filepath.Abs(filepath.Join(dir, "postgres"))
	if err != nil {
		return "", "", false
	}
	c := &cluster{data: data}
	f := c.pidFile()
	if !f.ready || f.port == 0 || !isServerOf(f.pid, c.data) {
		return "", "", false
	}
	text, err := os.ReadFile(filepath.Join(c.data, secretsFile))
	if err != nil || json.Unmarshal(text, &c.secrets) != nil {
		return "", "", false
	}
	s := &Server{cluster: c, Port: f.port}
	return s.OwnerURL(Database), s.ServiceURL(Database), true
}
