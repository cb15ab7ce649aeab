package pgtest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// cloneDir is the root of the source tree: tests run in their package's
// directory, below it.
func cloneDir() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = filepath.Dir(dir)
	}
}

// fingerprint changes with every change of a source file, so that a server
// which lingers from the run before does not hand out old templates. It looks
// at names, sizes and times only: a few milliseconds.
var fingerprint = sync.OnceValues(func() (string, error) {
	clone, err := cloneDir()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, top := range []string{"cmd", "config", "internal", "locales", "migrations", "tenants"} {
		err := filepath.WalkDir(filepath.Join(clone, top), func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			fmt.Fprintln(h, path, info.Size(), info.ModTime().UnixNano())
			return nil
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
})
