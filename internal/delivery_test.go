package internal_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"charterhouse/config"
)

// These tests read what stands at the top of the source tree: how the service is
// packed, started and tested. Nothing here needs docker or a network.

func top(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

type composeFile struct {
	Services map[string]composeService `yaml:"services"`
}

type composeService struct {
	Image       string            `yaml:"image"`
	Build       string            `yaml:"build"`
	User        string            `yaml:"user"`
	ReadOnly    bool              `yaml:"read_only"`
	CapDrop     []string          `yaml:"cap_drop"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Profiles    []string          `yaml:"profiles"`
	Healthcheck map[string]any    `yaml:"healthcheck"`
	DependsOn   map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
}

var (
	pinned  = regexp.MustCompile(`^[a-z/]+:v?\d+\.\d+[a-z0-9.-]*$`)
	asRoot  = regexp.MustCompile(`^(|root|0)(:.*)?$`)
	fromEnv = regexp.MustCompile(`\$\{[A-Z_]+:[?-][^}]*\}`)
)

func compose(t *testing.T, text string) composeFile {
	t.Helper()
	var c composeFile
	if err := yaml.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// composeFaults looks for what must not be in a compose file of ours.
func composeFaults(c composeFile) []string {
	var faults []string
	say := func(format string, a ...any) { faults = append(faults, fmt.Sprintf(format, a...)) }
	for name, s := range c.Services {
		if s.Build == "" && !pinned.MatchString(s.Image) {
			say("%s: image %q is not pinned", name, s.Image)
		}
		if s.Healthcheck == nil && name != "setup" {
			say("%s: no health check", name)
		}
		if s.Build != "" && (asRoot.MatchString(s.User) || !s.ReadOnly || !slices.Contains(s.CapDrop, "ALL")) {
			say("%s: runs as %q, read-only %v, without %v", name, s.User, s.ReadOnly, s.CapDrop)
		}
		for _, p := range s.Ports {
			if !strings.HasPrefix(p, "127.0.0.1:") {
				say("%s: port %s is open to the network", name, p)
			}
		}
		for key, value := range s.Environment {
			secret := regexp.MustCompile(`PASSWORD|SECRET|TOKEN`).MatchString(key) || strings.Contains(value, "@")
			if secret && !fromEnv.MatchString(value) {
				say("%s: the secret of %s stands in the file", name, key)
			}
		}
	}
	service := c.Services["charter"]
	for key, value := range service.Environment {
		if key == "CHARTER_ADMIN_DATABASE_URL" || strings.Contains(value, "POSTGRES_PASSWORD") || strings.Contains(value, "//postgres:") {
			say("charter: has the superuser's credential in %s", key)
		}
	}
	if service.DependsOn["setup"].Condition != "service_completed_successfully" {
		say("charter: does not wait for the setup")
	}
	if !slices.Contains(c.Services["mailpit"].Profiles, "mail") {
		say("mailpit: starts without its profile")
	}
	return faults
}

func TestComposeKeepsTheSuperuserAway(t *testing.T) {
	text := top(t, "docker-compose.yml")
	c := compose(t, text)
	report(t, composeFaults(c))
	example := top(t, ".env.example")
	for _, variable := range regexp.MustCompile(`\$\{([A-Z_]+)`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(example, variable[1]+"=") {
			t.Errorf("%s is not in .env.example", variable[1])
		}
	}
	for name, s := range c.Services {
		var environ []string
		for key := range s.Environment {
			environ = append(environ, key+"=x") // an empty one counts as not set
		}
		// The values are no good; which names are known is told all the same.
		loaded, _ := config.Load(config.Source{Environ: environ})
		if loaded == nil || len(loaded.Warnings) > 0 {
			t.Errorf("%s: %+v", name, loaded)
		}
	}
	// The guard must see each fault.
	for what, change := range map[string][2]string{
		"not pinned":               {"postgres:17.10-bookworm", "postgres:latest"},
		"no health check":          {"healthcheck:", "unhealthy:"},
		"runs as":                  {`user: "65532:65532"`, `user: "0:0"`},
		"open to the network":      {"127.0.0.1:8080:8080", "8080:8080"},
		"stands in the file":       {"${CHARTER_SECRET_KEY:?set it in .env}", "0123456789"},
		"superuser's credential":   {"charter_service:${SERVICE_PASSWORD", "postgres:${POSTGRES_PASSWORD"},
		"does not wait":            {"service_completed_successfully", "service_started"},
		"starts without":           {"profiles: [mail]", "profiles: []"},
		"read-only false":          {"read_only: true", "read_only: false"},
		"charter: has the superus": {"CHARTER_PUBLIC_PORT:", "CHARTER_ADMIN_DATABASE_URL:"},
	} {
		broken := strings.ReplaceAll(text, change[0], change[1])
		if found := strings.Join(composeFaults(compose(t, broken)), "\n"); !strings.Contains(found, what) {
			t.Errorf("the guard does not see %q after %q; it found %q", what, change, found)
		}
	}
}

func TestImageIsSmallStaticAndNotRoot(t *testing.T) {
	text := top(t, "Dockerfile")
	stages := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(text, -1)
	if len(stages) < 3 {
		t.Errorf("%d stages", len(stages))
	}
	for _, s := range stages {
		if !pinned.MatchString(s[1]) {
			t.Errorf("image %s is not pinned", s[1])
		}
	}
	last := text[strings.LastIndex(text, "\nFROM "):]
	user := regexp.MustCompile(`(?m)^USER (\S+)`).FindStringSubmatch(last)
	if user == nil || asRoot.MatchString(user[1]) {
		t.Errorf("the last stage runs as %q", user)
	}
	for _, want := range []string{"npm ci --ignore-scripts", "CGO_ENABLED=0", "HEALTHCHECK", "go run ./internal/web/assets/build"} {
		if !strings.Contains(text, want) {
			t.Errorf("the Dockerfile has no %q", want)
		}
	}
	need := regexp.MustCompile(`(?m)^go (1\.\d+)`).FindStringSubmatch(top(t, "go.mod"))[1]
	if !strings.Contains(text, "golang:"+need+".") {
		t.Errorf("go.mod needs Go %s, the Dockerfile builds with another", need)
	}
	for _, secret := range []string{".env", ".git", ".data", "node_modules"} {
		if !slices.Contains(strings.Split(top(t, ".dockerignore"), "\n"), secret) {
			t.Errorf(".dockerignore lets %s into the image's context", secret)
		}
	}
}

func TestPackagesArePinnedAndNameNoRegistry(t *testing.T) {
	var manifest struct {
		Dev      map[string]string `json:"devDependencies"`
		Optional map[string]string `json:"optionalDependencies"`
		Runtime  map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal([]byte(top(t, "package.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Runtime) > 0 || len(manifest.Dev) < 5 || len(manifest.Optional) != 1 {
		t.Errorf("package.json: %+v", manifest)
	}
	exact := regexp.MustCompile(`^\d+\.\d+\.\d+(-beta\.\d+)?$`)
	lock := top(t, "package-lock.json")
	for _, list := range []map[string]string{manifest.Dev, manifest.Optional} {
		for name, version := range list {
			if !exact.MatchString(version) || !strings.Contains(lock, `"`+name+`": "`+version+`"`) {
				t.Errorf("%s %s is not pinned, or not as in the lock", name, version)
			}
		}
	}
	if strings.Contains(lock, `"resolved"`) {
		t.Error("package-lock.json names a registry: see .npmrc")
	}
	if strings.Count(lock, `"integrity"`) < 6 {
		t.Error("package-lock.json has packages without a checksum")
	}
}

func TestTwoCommandsAndCI(t *testing.T) {
	makefile := top(t, "Makefile")
	for _, target := range []string{"run", "test", "dev", "bench", "fuzz", "torture", "guards", "assets", "build", "generate", "clean"} {
		if !regexp.MustCompile(`(?m)^`+target+`:.* ## \S`).MatchString(makefile) || !regexp.MustCompile(`(?m)^\.PHONY:.* `+target+`\b`).MatchString(makefile) {
			t.Errorf("make %s: no target with a description, or not phony", target)
		}
	}
	for target, last := range map[string]string{"run": "exec bin/charter demo", "test": "go run ./internal/testrun"} {
		out, err := exec.Command("make", "-C", "..", "-n", "--no-print-directory", target).CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err != nil || lines[len(lines)-1] != last {
			t.Errorf("make %s ends with %q, %v; want %q", target, lines[len(lines)-1], err, last)
		}
	}
	ci := top(t, ".ci/run")
	for _, want := range []string{"set -euo pipefail", "export CI=true", "postgresql", "chromium", "npm", "\nexec make test\n"} {
		if !strings.Contains(ci, want) {
			t.Errorf(".ci/run has no %q", want)
		}
	}
	for _, script := range []string{".ci/run", ".ci/fuzz"} {
		if out, err := exec.Command("bash", "-n", "../"+script).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", script, err, out)
		}
		if info, err := os.Stat("../" + script); err != nil || info.Mode()&0o111 == 0 {
			t.Errorf("%s cannot be executed: %v", script, err)
		}
	}
}
