# What one does with Atrium in a day. All it takes: python3 (3.11 or newer), make and a package index.

PORT ?= 8000
DATA ?= .atrium
WORKERS ?= 3
BIN := .venv/bin

# Everything here starts processes, in seconds where each compiles what another has compiled before.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test test-previous test-servers check fmt faults isolation prove fuzz bench profile lock audit sbom image-check docs clients picture kills simulation clean

help: ## Show this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-24s%s\n' "$$name" "$$text"; done
	@printf '\nPORT= and DATA= choose the port and the data folder of make run (now %s and %s).\n' "$(PORT)" "$(DATA)"

# Not a file target: whether .venv is right depends on the lock's content and on where the checkout lies.
setup:
	@sh deploy/setup.sh

run: setup ## Start everything: servers, demo data, api, worker, relay; Ctrl-C stops it
	@exec $(BIN)/manage up --port "$(PORT)" --data "$(DATA)"

test: setup ## Run the whole suite on its own servers
	@exec $(BIN)/python -m pytest -n $(WORKERS) --maxschedchunk 8

test-previous: setup ## Run the previous release's suite on this release's schema; REF= names another release
	@REF="$(REF)" exec sh deploy/test-previous.sh

test-servers: setup ## Run the suite on the system's PostgreSQL, Redis and PgBouncer
	@WORKERS="$(WORKERS)" exec $(BIN)/python -m tests.servers

fuzz: setup ## Send every operation hostile and generated requests for long; SEED= repeats a run, EXAMPLES= says how many
	@SEED="$(SEED)" EXAMPLES="$(EXAMPLES)" WORKERS="$(WORKERS)" exec $(BIN)/python -m tests.hostile fuzz

faults: setup ## Break servers and processes at length while somebody writes, and count what is lost
	@exec $(BIN)/python -m tests.faults

isolation: setup ## Try at length whether one tenant sees anything of another, and count what was tried
	@exec $(BIN)/python -m tests.isolation

prove: setup ## Remove the guards one by one, each time demanding that a test goes red; GUARD= names one
	@exec $(BIN)/python -m tools.prove $(if $(GUARD),--guard "$(GUARD)")

check: setup ## Formatting, lint, types, import contracts, lock, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if grep -nE '://|^-|^--index' requirements.lock; then echo 'requirements.lock holds a URL or an option: run make lock.' >&2; exit 1; fi
	@if grep -nE '://|^-|^--index' requirements.prod.lock; then echo 'requirements.prod.lock holds a URL or an option: run make lock.' >&2; exit 1; fi
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo 'The Dockerfile is not linted: there is no hadolint for this platform.'; fi
	$(BIN)/python -m tools.architecture --check
	$(BIN)/python -m tools.grants --check
	$(BIN)/python -m tools.events --check
	$(BIN)/python -m tools.requirements --check
	$(BIN)/python -m tests.hostile --check
	$(BIN)/python -m tools.openapi --check
	$(BIN)/python -m tools.clients --check
	$(BIN)/manage migrations-current
	$(BIN)/manage config docs --check
	$(BIN)/manage migrations-lint

fmt: setup ## Format the code and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Measure
	@exec $(BIN)/python -m bench

profile: setup ## Show where the time of a request goes
	@exec $(BIN)/python -m bench.profile

lock: setup ## Resolve the dependencies again, to their newest versions
	$(BIN)/uv pip compile pyproject.toml --group dev --group embedded --upgrade --universal --generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra vault --constraint requirements.lock --universal --generate-hashes --no-annotate --no-header --quiet --output-file requirements.prod.lock

audit: sbom ## Ask the vulnerability service about every locked package; write the SBOMs to build/
	@exec $(BIN)/python -m tools.audit

sbom: setup
	@exec $(BIN)/python -m tools.sbom

image-check: setup ## Perform the Dockerfile's steps without an engine, and run what comes of it
	@exec $(BIN)/python -m tools.image

docs: setup ## Draw the pictures of docs/architecture.md, the grants of docs/security.md, docs/events.md, docs/requirements.md, docs/wrong-requests.md and docs/openapi.json again
	@$(BIN)/python -m tools.architecture
	@$(BIN)/python -m tools.grants
	@$(BIN)/python -m tools.events
	@$(BIN)/python -m tools.requirements
	@$(BIN)/python -m tests.hostile
	@exec $(BIN)/python -m tools.openapi

clients: setup ## Generate the TypeScript client, compile it and run it against a server; needs Node
	@exec $(BIN)/python -m tools.clients

picture: setup ## Capture the README's picture again
	@exec $(BIN)/python -m tools.picture

kills: setup ## Kill worker, relay, Valkey and PostgreSQL in turn under load, count, and draw docs/pictures/kills.svg
	@exec $(BIN)/python -m tools.kills

simulation: setup ## Live a shop day with real processes, killed in turn, audit its books, and show it in docs/simulation.md
	@exec $(BIN)/python -m tools.simulation

clean: ## Remove what was built; data and secrets stay
	rm -rf .venv build atrium.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find app tests alembic bench tools -name __pycache__ -type d -prune -exec rm -rf {} +
