# The verbs of this project. `make run` and `make test` need Linux and Python 3.11, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test lint check ui proof bench lock clean

run: $(STAMP)  ## take in what is new in sources/, build what is stale, publish
	@$(BIN)/cs run || [ $$? -eq 1 ]

test: $(STAMP)  ## the tests, within five minutes on two cores
	@echo "Running the tests (under five minutes on two cores)."
	@$(BIN)/python -m pytest -n 2 --dist loadscope -m "not proof" tests

lint: $(STAMP)  ## format, lint, types, import direction, SQL
	@echo "1/5 format";            $(BIN)/ruff format --check --quiet .
	@echo "2/5 lint";              $(BIN)/ruff check --quiet .
	@echo "3/5 types";             $(BIN)/mypy
	@echo "4/5 import direction";  $(BIN)/lint-imports --no-cache | tail -1
	@echo "5/5 SQL";               $(BIN)/sqruff lint sql > $(VENV)/sqruff.txt 2>&1 || { cat $(VENV)/sqruff.txt; exit 1; }

check: lint test  ## everything that "checked" means

ui: $(STAMP)  ## the Dagster page, on this machine only
	@$(BIN)/cs ui

proof: $(STAMP)  ## the long runs
	@$(BIN)/python -m pytest -n 2 --dist loadscope -m proof tests

bench: $(STAMP)  ## ratios against plain DuckDB, and start-up times
	@$(BIN)/python -m tests.benchmarks

lock:  ## write requirements.lock anew: names, versions and hashes, no addresses
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --no-strip-extras --no-header --output-file requirements.lock

clean:  ## forget the environment; deliveries and warehouse stay
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 was not found. Install it (Debian: apt install python3.11 python3.11-venv), then run make again."; exit 2; }
	@echo "Setting up $(VENV) from requirements.lock: about a minute, once."
	@$(PYTHON) -m venv $(VENV)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --progress-bar on --require-hashes -r requirements.lock 2>&1 \
	  | awk '/^Collecting/ {n++; if (n % 20 == 0) print "  " n " packages collected"; fflush()} /^Installing collected/ {print "  installing " n " packages"; fflush()} /^ERROR|rror:/ {print; fflush()}'
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
