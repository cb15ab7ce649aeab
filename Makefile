# Two targets are for everybody: `make run` and `make test`. The rest is for
# those who change something. `make help` lists them.

GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

# What the style sheets, scripts and fonts are built from.
ASSETS  := $(shell find internal/web -type f ! -name '*.go' ! -name '*.html' ! -path '*/assets/dist/*' 2>/dev/null) \
           $(wildcard internal/web/assets/build/*.go) tools/go.mod package-lock.json

.PHONY: help run dev build assets test bench fuzz torture guards generate clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## four towns with sample data at http://localhost:8080
	@exec bin/charter demo

dev: build ## the same, with templates read from the source tree on every page
	@CHARTER_LIVE_TEMPLATES=true exec bin/charter demo

build: assets ## bin/charter, one static program
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/charter ./cmd/charter

assets: bin/.assets ## style sheets, scripts and fonts, with hashed names

# npm writes node_modules/.package-lock.json last: it stands for a whole install.
node_modules/.package-lock.json: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or later (Debian: apt-get install nodejs npm), or use docker compose" >&2; exit 1; }
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bin/.assets: $(ASSETS) node_modules/.package-lock.json
	@$(GO) run ./internal/web/assets/build
	@mkdir -p bin && touch $@

test: assets ## formatting, vet, staticcheck, every test, the browser tests
	@$(GO) run ./internal/testrun

bench: build ## prints ratios and medians; asserts nothing
	@$(GO) run ./internal/bench

FUZZTIME ?= 1m
fuzz: ## every fuzz target for FUZZTIME (1m)
	@.ci/fuzz $(FUZZTIME)

torture: assets ## the crash and isolation tests in their full length (hours)
	@CHARTER_TORTURE=1 $(GO) run ./internal/testrun -timeout 4h

guards: assets ## takes each guard away and wants its test to fail (half an hour)
	@$(GO) run ./internal/guards

generate: ## docs/configuration.md and .env.example from the settings
	@$(GO) generate ./config

clean: ## remove what was built; the data in .data stays
	@rm -rf bin node_modules
	@find internal/web/assets/dist -mindepth 1 ! -name .gitkeep -delete
