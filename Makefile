# Everything a developer does here, by name. `make` alone lists it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
# No server of a build waits for the next one: what a target starts, it ends.
export MSBUILDDISABLENODEREUSE := 1
export UseSharedCompilation := false
export DOTNET_CLI_USE_MSBUILD_SERVER := 0

CONFIGURATION ?= Debug
IMAGE         ?= idp-operator:dev
DEMO_FLAGS    ?= $(if $(CHECK),--check)
TEST_FLAGS    ?=
WORLD_FLAGS   ?=
GOLDEN_PATHS_FLAGS ?=
SOAK_FLAGS    ?=
CRASH_FLAGS   ?=
BENCH_FLAGS   ?=
NIGHTLY_FLAGS ?=
MICROBENCH_FLAGS ?=
# An API server older than 1.25 does not know CEL rules; against one: make install KUBECTL_FLAGS=--validate=false
KUBECTL_FLAGS ?=

.PHONY: help build test tenants contract golden-paths demo world crash soak lint generate verify run image install uninstall publish bench microbench nightly clean

help: ## Lists what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: .need-dotnet ## Builds everything; warnings are errors
	hack/build.sh Idp.Operator.sln --configuration $(CONFIGURATION)

test: ## Runs all tests against a real control plane (TEST_FLAGS="--project Idp.Kubernetes")
	CONFIGURATION=$(CONFIGURATION) hack/test.sh $(TEST_FLAGS)

tenants: ## Has one team attack another in more than a hundred ways, as a part of `make test` does
	CONFIGURATION=$(CONFIGURATION) hack/test.sh --project Idp.EndToEnd --filter FullyQualifiedName~Tenants

contract: ## Compares the GitHub contract server with GitHub's own description of its API (needs node and npm)
	hack/prerequisites.sh dotnet git node npm
	hack/contract.sh
	dotnet test test/Idp.Sandbox.Tests --configuration $(CONFIGURATION) --filter FullyQualifiedName~Idp.Sandbox.Tests.Contract --logger "console;verbosity=normal"

golden-paths: ## Proves each golden path, rendered, with real tools: its own tests, Prometheus, PostgreSQL, an API server, linters (GOLDEN_PATHS_FLAGS=--help)
	CONFIGURATION=$(CONFIGURATION) hack/golden-paths.sh $(GOLDEN_PATHS_FLAGS)

demo: .sandbox ## Shows the platform at work on this machine (CHECK=1 runs it as a test)
	dotnet run --project src/Idp.Sandbox --configuration Release --no-build -- demo $(DEMO_FLAGS)

world: .sandbox ## The world of the demo without applications, with the operator, to play in; Ctrl-C ends it (WORLD_FLAGS=--help)
	dotnet run --project src/Idp.Sandbox --configuration Release --no-build -- up --operator $(WORLD_FLAGS)

soak: .testing ## Has the operator do the same very often; fails if its memory grows (SOAK_FLAGS=--help)
	dotnet run --project test/Idp.Testing --configuration Release --no-build -- soak $(SOAK_FLAGS)

crash: .testing ## Kills the operator around every write and compares the world (CRASH_FLAGS="--every 11")
	dotnet run --project test/Idp.Testing --configuration Release --no-build -- crash $(CRASH_FLAGS)

lint: .need-dotnet ## Checks code style and the shell scripts
	dotnet format Idp.Operator.sln --verify-no-changes
	for script in hack/*.sh hack/lib/*.sh hack/golden-paths/*.sh .ci/run; do bash -n "$$script"; done
	if command -v shellcheck >/dev/null; then cd hack && shellcheck -x *.sh golden-paths/*.sh ../.ci/run; else echo "shellcheck is not installed: scripts were only parsed."; fi

generate: .need-dotnet ## Writes config/ and the tables of docs/kinds anew from the entities
	dotnet run --project src/Idp.CrdGenerator --configuration $(CONFIGURATION)

verify: .need-git generate ## Fails if config/ and docs/kinds are not what the entities say
	git diff --exit-code -- config docs/kinds
	@untracked=$$(git ls-files --others --exclude-standard -- config); \
	if [[ -n $$untracked ]]; then printf 'generated but not committed:\n%s\n' "$$untracked"; exit 1; fi

run: .need-dotnet ## Runs the operator against the current kubeconfig
	dotnet run --project src/Idp.Operator --configuration $(CONFIGURATION)

image: ## Builds the container image (IMAGE=idp-operator:dev)
	@command -v docker >/dev/null || { echo "docker is not installed: https://docs.docker.com/engine/install/"; exit 1; }
	docker build --tag $(IMAGE) .

install: ## Installs the operator into the cluster of the current kubeconfig; docs/install.md
	"$$(hack/kubectl.sh)" apply $(KUBECTL_FLAGS) -k config/default

uninstall: ## Removes it; refuses while there are applications (KEEP=1 leaves them, RELEASE=all lets go of them)
	hack/uninstall.sh $(if $(KEEP),--keep) $(if $(RELEASE),--release-$(RELEASE))

publish: ## Compiles the operator to one native program, as its container image has it, into artifacts/publish; some minutes
	hack/publish.sh $(CURDIR)/artifacts/publish

nightly: ## Runs what is too heavy for each commit, hours of it; goes on after a failure and ends with a table (NIGHTLY_FLAGS=--help)
	hack/nightly.sh $(NIGHTLY_FLAGS)

bench: .need-dotnet .need-git publish ## Measures the published operator; half an hour (BENCH_FLAGS="--apps 200")
	hack/control-plane.sh install
	dotnet build bench/Idp.Bench --configuration Release --verbosity quiet
	IDP_OPERATOR_BINARY=$(CURDIR)/artifacts/publish/idp dotnet run --project bench/Idp.Bench --configuration Release --no-build -- $(BENCH_FLAGS)

microbench: .need-dotnet ## Measures single steps of the runtime, in time and allocations (MICROBENCH_FLAGS="--filter *Queue*")
	dotnet run --project bench/Idp.MicroBench --configuration Release -- $(MICROBENCH_FLAGS)

clean: ## Ends the control plane in artifacts/ and removes what was built
	hack/control-plane.sh down
	rm -rf artifacts

# What the sandbox's verbs need: first the commands, then what takes minutes.
.PHONY: .sandbox .testing .need-dotnet .need-git
.testing: .sandbox
	hack/build.sh test/Idp.Testing --configuration Release

.sandbox:
	hack/prerequisites.sh dotnet git curl openssl make
	hack/control-plane.sh install
	hack/build.sh src/Idp.Operator --configuration Release
	hack/build.sh src/Idp.Sandbox --configuration Release

.need-dotnet .need-git: .need-%:
	@hack/prerequisites.sh $*
