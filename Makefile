# make run · make test · make check; each sets up what it needs. PYTHON=python3.12 make run takes another Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links

.PHONY: run test check format learn learnt processors bench faults lock page

run: $(RUNS)
	@$(BIN)/python -m bot.cli.start

test: $(READY)
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cuecard check
	@$(MAKE) --no-print-directory test

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

learn: $(READY)
	@$(BIN)/python -m bot.cli.learn

learnt: $(READY)
	@$(BIN)/python -m bot.cli.learn --check

processors: $(READY)
	@$(BIN)/python tests/processors.py

bench: $(READY)
	@for bench in tests/bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

faults: $(READY)
	@for fault in tests/faults/*.py; do echo "== $$fault"; $(BIN)/python $$fault || exit 1; done

page: page/node_modules/.package-lock.json
	@cd page && npm run --silent check && npm run --silent build

page/node_modules/.package-lock.json: page/package-lock.json
	@cd page && npm ci --silent

lock: $(READY)
	$(COMPILE) --extra dev --extra setup --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --extra setup --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

$(READY): $(RUNS) requirements-dev.lock
	@echo "Getting what tests and checks need …"
	@$(call install,requirements-dev.lock)
	@touch $@

$(RUNS): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cuecard needs Python 3.11 or newer; set PYTHON, as in: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up, once: a Python environment in $(VENV), and in it what Cuecard stands on (200 MB) …"
	@$(PYTHON) -m venv $(VENV)
	@$(call install,requirements.lock)
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# One line a package, as it comes.
install = $(PIP) install --require-hashes --progress-bar off -r $(1) | sed -n 's/^Collecting \([^ =]*\)==\([^ ;]*\).*/  \1 \2/p'
