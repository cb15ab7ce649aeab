package provision

import (
	"errors"
	"io/fs"

	"charterhouse/internal/casework"
	"charterhouse/internal/tenant"
)

// CasesFile is cases.yaml beside a town's package: made-up cases for a
// demonstration. It is no part of the package; applying a town does not load them.
type CasesFile struct {
	Format           int `yaml:"format"`
	casework.Samples `yaml:",inline"`
}

// LoadCases reads and checks the sample cases of a town whose site has these
// languages. Where the file is missing there are none.
func LoadCases(dir fs.FS, langs []string, say Words) (casework.Samples, []Problem) {
	const name = "cases.yaml"
	if _, err := fs.Stat(dir, name); errors.Is(err, fs.ErrNotExist) {
		return casework.Samples{}, nil
	}
	var in CasesFile
	f := decode(dir, name, &in)
	if len(f.problems) > 0 {
		return casework.Samples{}, f.problems
	}
	c := &tenant.Checker{Langs: langs}
	if in.Format != Format {
		c.Fault("format", KeyCheckFormat, map[string]any{"Format": Format})
	}
	in.Check(c)
	return in.Samples, f.located(c.Fields, say)
}
