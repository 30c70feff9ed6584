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
# A pull request: the folder it is checked out in, what it is to be merged into, and where its report goes.
PULL ?= .
BASE ?= origin/main
REPORT ?= build/report.json
# Not empty: an owner has agreed to changes beyond the records.
APPROVED ?=
# Where to write what GitLab shows beside the changed lines.
QUALITY ?=
# Forges show what is written into this file beside a run.
PAGE = $(if $(GITHUB_STEP_SUMMARY),--summary "$(GITHUB_STEP_SUMMARY)")

.PHONY: help setup site publish release serve check digest check-pull pull-comment links forge test test-setup lint format schema pictures \
	bench bench-search lock clean distclean

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

digest: $(VENV)/.stamp-site ## Write what is new and what wants attention since SINCE (a week) to digest.html and digest.md
	$(BIN)/catalog digest --root . $(DAY) $(if $(SINCE),--since $(SINCE)) --out digest.md
	$(BIN)/catalog digest --root . $(DAY) $(if $(SINCE),--since $(SINCE)) --format html --out digest.html

check-pull: $(VENV)/.stamp-site ## Check a pull request: only its own records, and those without a fault (BASE=origin/main)
	@mkdir -p $(dir $(REPORT))
	$(BIN)/catalog pull --root $(PULL) --base $(BASE) --report $(REPORT) $(if $(APPROVED),--approved) \
		$(if $(QUALITY),--quality $(QUALITY)) $(if $(GITHUB_ACTIONS),--format github) $(PAGE) $(DAY)

pull-comment: $(VENV)/.stamp-site # In a workflow only: post what check-pull found
	$(BIN)/python .ci/comment.py

links: $(VENV)/.stamp ## Ask for the addresses of other sites that records name; what is dead is listed, nothing fails
	$(BIN)/catalog links build/links/urls.txt --root . $(DAY)
	$(BIN)/lychee --config .ci/lychee.toml --format json --output build/links/found.json build/links/urls.txt || [ $$? -eq 2 ]
	$(BIN)/catalog links build/links/urls.txt --root . --found build/links/found.json $(PAGE) $(DAY) >build/links/links.txt

forge: $(VENV)/.stamp-site ## Write the issue forms and CODEOWNERS anew, after a change of fields, terms or content/owners.yml
	$(BIN)/catalog forge --root .

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

schema: $(VENV)/.stamp-site ## Renew content/schema/ after a change of the fields or vocabularies
	$(BIN)/catalog schema --out content/schema

pictures: test-setup ## Take the pictures of the guide anew, after a change of the form or the pages
	$(BIN)/python -m tests.pictures

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
