# `make` alone lists what there is to do. Every target sets up what it needs first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site
PORT ?= 8000
PYTEST_ARGS ?= --numprocesses auto --dist worksteal
# A day such as TODAY=2026-11-23 builds the site as of that day; empty means today in Shanghai.
TODAY ?=
DAY = $(if $(TODAY),--today $(TODAY))

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --only-binary :all: --requirement
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--no-config --no-emit-index-url --no-emit-find-links --no-emit-package activity-catalog \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) pyproject.toml

# Material's notice about MkDocs 2 is no news here: the versions are pinned.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup site publish release serve check test test-setup lint format bench bench-search lock clean distclean

help: ## List the commands
	@echo "make <command>"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "Variables: PYTHON=$(PYTHON)  SITE=$(SITE)  PORT=$(PORT)  TODAY=YYYY-MM-DD"

setup: $(VENV)/.stamp ## Make .venv/ with everything that building, testing and writing code need

site: $(VENV)/.stamp-site ## Build the website into site/; a faulty record is left out and listed
	$(BIN)/catalog build --root . --site $(SITE) $(DAY)

publish: $(VENV)/.stamp-site ## Build for publishing: any error leaves the old site as it was
	$(BIN)/catalog build --root . --site $(SITE) --strict $(DAY)

release: $(VENV)/.stamp-site ## Build for publishing with the official lists in Word and PDF as well
	$(BIN)/catalog build --root . --site $(SITE) --strict --release $(DAY)

serve: $(VENV)/.stamp-site ## Show the website at http://127.0.0.1:8000/ and follow changes
	$(BIN)/catalog serve --root . --port $(PORT)

check: $(VENV)/.stamp-site ## Check all records and explain every fault
	$(BIN)/catalog check --root . $(DAY)

test: test-setup ## Run the tests (installs Chromium and a Chinese font if they are missing)
	$(BIN)/pytest $(PYTEST_ARGS)

test-setup: $(VENV)/.stamp
	@bash .ci/browser

lint: $(VENV)/.stamp ## Look over the Python, its types and the browser code
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings --deny correctness --deny suspicious --allow unicorn/no-array-sort theme

format: $(VENV)/.stamp ## Lay out the Python and mend what can be mended
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

bench: $(VENV)/.stamp ## Measure speed and memory on generated records
	$(BIN)/python tests/bench/run.py

bench-search: $(VENV)/.stamp ## Measure what the search finds, weighs and costs (SEARCH_ARGS="--size 1000")
	$(BIN)/python -m tests.bench.search $(SEARCH_ARGS)

lock: $(VENV)/.stamp ## Renew requirements/ after a change of pyproject.toml (UPGRADE=1: newest versions)
	$(LOCK) --extra dev --output-file requirements/dev.txt
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/site.txt

clean: ## Remove what was built, and caches
	rm -rf site .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove .venv/ as well
	rm -rf $(VENV)

# Two stamps: building needs few packages, tests and linters many. Both locks agree on every version.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.stamp-site: requirements/site.txt pyproject.toml | $(BIN)/python
	$(INSTALL) requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.stamp: requirements/dev.txt $(VENV)/.stamp-site
	$(INSTALL) requirements/dev.txt
	@touch $@
