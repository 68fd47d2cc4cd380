# Everything that is done with Steelyard by hand or by machine. `make help` lists it.
#
# All that is installed goes into $(VENV), pinned and checked by service/constraints.txt. The stamps in it say what
# has been installed already, so that a second run starts at once.

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000

# The first of these that is at least Python 3.11 makes the environment; `make PYTHON=... run` chooses another.
PYTHON ?= python3.13 python3.12 python3.11 python3

LOCK := service/constraints.txt
BIN := $(VENV)/bin
# Python compiles what is really imported; compiling everything would take longer than installing it.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
CHECKOUT := $(INSTALL) --no-deps --no-build-isolation --editable .
RUNTIME := $(VENV)/runtime.stamp
DEVELOPMENT := $(VENV)/development.stamp
BENCH := $(VENV)/bench.stamp
NODE := $(VENV)/node.stamp

# The version of what the page has from others.
IDIOMORPH := 0.8.0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint types layers unit page-test soak coverage bench bench-http format lock documents screenshots vendored wheel container-test clean

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS='|' read -r target text; do printf '  make %-16s %s\n' "$$target" "$$text"; done

run: $(RUNTIME) ## Set up and serve on HOST and PORT, by default 127.0.0.1:8000
	exec $(BIN)/steelyard serve --host $(HOST) --port $(PORT)

test: lint types layers unit ## Set up and check everything: lint, types, layers, tests

lint: $(DEVELOPMENT) ## Check style and form of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEVELOPMENT) ## Check the types of package and tests
	$(BIN)/mypy

layers: $(DEVELOPMENT) ## Check that imports point downwards only
	$(BIN)/lint-imports

unit: $(DEVELOPMENT) $(NODE) ## Run the tests; ARGS="-k word" and the like go to pytest
	$(BIN)/pytest --numprocesses auto --dist loadgroup --ignore tests/browser $(ARGS)

page-test: $(DEVELOPMENT) ## Try the page in a real Chromium, for minutes
	$(BIN)/pytest --numprocesses auto --dist loadgroup tests/browser $(ARGS)

soak: $(DEVELOPMENT) ## Run the service under load for minutes, with all going wrong around it; needs wrk
	STEELYARD_SOAK=long $(BIN)/pytest tests/soak tests/web/test_described.py $(ARGS)

coverage: $(DEVELOPMENT) ## Run the tests in one process and say which lines none of them reaches
	$(BIN)/coverage run -m pytest $(ARGS)
	$(BIN)/coverage report

bench: $(BENCH) ## Measure Steelyard beside other engines (ten minutes); ARGS="single --quick" and the like choose
	$(BIN)/python -m tests.bench $(ARGS)

bench-http: $(DEVELOPMENT) ## Measure the service beside a bare Flask route on the same server; needs wrk
	$(BIN)/python -m tests.bench http $(ARGS)

format: $(DEVELOPMENT) ## Rewrite the code in the form that lint wants
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

documents: $(DEVELOPMENT) ## Write anew what the documents show of the program's output
	$(BIN)/python -m tests.contract.refresh
	$(BIN)/python -m tests.editors.publish

screenshots: $(DEVELOPMENT) ## Take the pictures of the page anew; needs chromium
	$(BIN)/python -m tests.browser.screenshots

vendored: $(DEVELOPMENT) ## Fetch anew what the page has from others; needs npm
	@set -e; part=$$(mktemp -d); trap 'rm -rf "$$part"' EXIT; \
	npm pack --silent --pack-destination "$$part" idiomorph@$(IDIOMORPH) >/dev/null; \
	tar -xzf "$$part"/*.tgz -C "$$part"; \
	$(BIN)/python -m tests.contract.vendored "$$part/package"

wheel: $(DEVELOPMENT) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --no-isolation

container-test: | $(BIN)/python ## Build the container image and try it out; needs root, buildah, podman, runc, mmdebstrap
	$(BIN)/python -m tests.container

clean: ## Remove everything that was installed, built or cached
	rm -rf $(VENV) dist build .coverage .coverage.* htmlcov
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find service rules tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@for python in $(PYTHON); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			"$$python" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); exit 1; \
		fi; \
	done; \
	echo "Steelyard needs Python 3.11 or newer; none of these is: $(PYTHON)" >&2; exit 1

$(RUNTIME): pyproject.toml $(LOCK) | $(BIN)/python
	@echo "Installing what Steelyard runs on"
	@sed '/^# == development/,$$d' $(LOCK) | $(INSTALL) --require-hashes --requirement /dev/stdin
	@$(CHECKOUT)
	@touch $@

$(DEVELOPMENT): pyproject.toml $(LOCK) | $(BIN)/python
	@echo "Installing what Steelyard runs on and is developed with (about a minute)"
	@sed '/^# == bench/,$$d' $(LOCK) | $(INSTALL) --require-hashes --requirement /dev/stdin
	@$(CHECKOUT)
	@touch $(RUNTIME) $@

$(BENCH): $(DEVELOPMENT)
	@echo "Installing the engines that Steelyard is measured beside"
	@$(INSTALL) --require-hashes --requirement $(LOCK)
	@touch $@

# What tests have of Node.js: a language server, a generator of clients. Without npm they are skipped, and say so.
$(NODE): tests/node/package-lock.json | $(BIN)/python
	@if command -v npm >/dev/null; then \
		echo "Installing what tests have of Node.js"; \
		npm ci --ignore-scripts --no-audit --no-fund --loglevel error --prefix tests/node >/dev/null && touch $@; \
	fi

# Each section of the lock adds to the ones before it. They are all resolved within the last one, so that the pins
# agree; those of the present lock are kept unless UPGRADE=1 is given.
DEVELOPED_WITH := build ask batch log mcp postgresql tracing dev
RESOLVE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url pyproject.toml

lock: $(DEVELOPMENT) ## Resolve the dependencies anew and pin them with their hashes; UPGRADE=1 takes the newest
	@set -e; part=$$(mktemp -d); trap 'rm -rf "$$part"' EXIT; \
	$(if $(UPGRADE),,cp $(LOCK) "$$part/bench";) \
	$(RESOLVE) --all-extras --output-file "$$part/bench"; \
	set -- --constraints "$$part/bench" --extra serve; \
	$(RESOLVE) "$$@" --output-file "$$part/runtime"; \
	$(RESOLVE) "$$@" --extra build --output-file "$$part/build"; \
	$(RESOLVE) "$$@" $(foreach extra,$(DEVELOPED_WITH),--extra $(extra)) --output-file "$$part/development"; \
	{ \
		echo "# Every package that Steelyard runs on, is developed with or is measured beside, pinned and with"; \
		echo "# the hashes of its files."; \
		echo "# Made by 'make lock' from pyproject.toml; not to be edited."; \
		for section in runtime build development bench; do \
			echo; echo "# == $$section =="; cat "$$part/$$section"; \
		done; \
	} | awk '/^[^ ]/ { new = /^#/ || !seen[$$0]++ } /^$$/ { new = 1 } new' > "$$part/lock"; \
	cp "$$part/lock" $(LOCK)
