# make run · make test · make check; each sets up what it needs. PYTHON=python3.12 make run takes another Python.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check format bench faults lock page

run: $(READY)
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

bench: $(READY)
	@for bench in tests/bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

faults: $(READY)
	@for fault in tests/faults/*.py; do echo "== $$fault"; $(BIN)/python $$fault || exit 1; done

page: page/node_modules/.package-lock.json
	@cd page && npm run --silent check && npm run --silent build

page/node_modules/.package-lock.json: page/package-lock.json
	@cd page && npm ci --silent

lock: $(READY)
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	  --no-emit-find-links --extra dev --output-file requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Cuecard needs Python 3.11 or newer; set PYTHON, as in: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up (once, about a minute) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
