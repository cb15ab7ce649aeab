package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"charterhouse/config"
	"charterhouse/internal/access"
	"charterhouse/internal/audit"
)

// secretFile keeps the key of a demonstration in the data directory, so that a
// second run still knows the sessions and codes of the first.
const secretFile = "secret_key"

// secretKey is what everything secret is derived from: CHARTER_SECRET_KEY. Where
// it is not set, production refuses and a demonstration makes one of its own.
func secretKey(s *config.Settings) ([]byte, error) {
	if s.SecretKey != "" {
		return []byte(s.SecretKey.Reveal()), nil
	}
	if s.Environment == config.Production {
		return nil, errors.New("CHARTER_SECRET_KEY is not set: `openssl rand -hex 32` makes one")
	}
	path := filepath.Join(s.DataDir, secretFile)
	if err := os.MkdirAll(s.DataDir, 0o755); err != nil {
		return nil, fmt.Errorf("keep a secret key: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		key := make([]byte, 32)
		_, _ = rand.Read(key)
		_, err = file.WriteString(hex.EncodeToString(key) + "\n")
		err = errors.Join(err, file.Sync(), file.Close())
	case errors.Is(err, fs.ErrExist):
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("keep a secret key: %w", err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	return []byte(strings.TrimSpace(string(raw))), nil
}

// gate is the entrance of the staff, for every realm.
func (h *house) gate() (*access.Gate, error) {
	key, err := secretKey(h.settings)
	if err != nil {
		return nil, err
	}
	return access.New(access.Options{
		Key: key, KeyBefore: []byte(h.settings.SecretKeyBefore.Reveal()), Issuer: h.settings.BaseDomain, WithoutSecondFactor: h.settings.Environment == config.Demo,
	})
}

// checkpoints keeps the signed heads of the audit chains. What was signed before the
// operator set a key of its own, or changed the secret, still holds.
func (h *house) checkpoints() (*audit.Checkpoints, error) {
	secret, err := secretKey(h.settings)
	if err != nil {
		return nil, err
	}
	notary, err := audit.NewNotary([]byte(h.settings.CheckpointKey.Reveal()), secret, []byte(h.settings.SecretKeyBefore.Reveal()))
	if err != nil {
		return nil, err
	}
	return audit.NewCheckpoints(h.settings.Checkpoints(), notary), nil
}
