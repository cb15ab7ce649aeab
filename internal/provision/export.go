package provision

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"charterhouse/internal/casework"
	"charterhouse/internal/charter"
	"charterhouse/internal/pg"
	"charterhouse/internal/tenant"
)

// Export reads a town's package back in a transaction of the town: its own
// settings and rules, without what it inherits, and the charter in force.
func Export(ctx context.Context, tx *pg.Tx) (Town, error) {
	profile, err := tenant.Export(ctx, tx)
	if err != nil {
		return Town{}, err
	}
	rules, err := casework.Own(ctx, tx)
	if err != nil {
		return Town{}, err
	}
	version, err := charter.Current(ctx, tx)
	if err != nil {
		return Town{}, err
	}
	return Town{
		TownFile: TownFile{Format: Format, Profile: profile, Casework: rules},
		Charter:  CharterFile{Format: Format, Document: version.Document},
	}, nil
}

// Files writes a package as files, by name. The same package always gives the
// same bytes.
func (t Town) Files() (map[string][]byte, error) {
	settings, err := encode(t.TownFile)
	if err != nil {
		return nil, fmt.Errorf("provision: write tenant.yaml: %w", err)
	}
	document, err := encode(t.Charter)
	if err != nil {
		return nil, fmt.Errorf("provision: write charter.yaml: %w", err)
	}
	files := map[string][]byte{"tenant.yaml": settings, "charter.yaml": document}
	if t.Emblem != "" {
		files["emblem.svg"] = []byte(t.Emblem + "\n")
	}
	if t.Horizon != "" {
		files["horizon.svg"] = []byte(t.Horizon + "\n")
	}
	return files, nil
}

// WriteTo puts the files into a folder, which it makes where there is none.
func (t Town) WriteTo(dir string) error {
	files, err := t.Files()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("provision: make the folder: %w", err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return fmt.Errorf("provision: write %s: %w", name, err)
		}
	}
	return nil
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	err := enc.Close()
	return b.Bytes(), err
}
