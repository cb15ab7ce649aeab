package files

import (
	"errors"
	"fmt"
	"os"
	"path"
)

// spoolDir is where uploads lie while they come in.
const spoolDir = "spool"

// Spool opens a place for an upload to lie while it comes in. It has no name any
// more: closing it, or the end of the program, leaves nothing behind.
func (s *Store) Spool() (*os.File, error) {
	if err := s.root.MkdirAll(spoolDir, 0o700); err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	name := path.Join(spoolDir, newID())
	f, err := s.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	if err := s.root.Remove(name); err != nil {
		return nil, errors.Join(fmt.Errorf("files: %w", err), f.Close())
	}
	return f, nil
}
