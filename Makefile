# `make` without a target lists them all. Everything is installed into .venv, in the versions that
# requirements*.txt pin, when it is first needed. Another Python: make test PYTHON=python3.13

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# More arguments for pytest: make test ARGS='-k contacts'
ARGS :=
# Which mutants `make mutants` makes; all, if none are named.
MUTANTS :=

# What `make test` runs, as pytest's -m names it.
FAST := not slow and not real

# Settings of whoever runs the tests must not change what they see.
CLEAN_ENV := env \
	-u PHONE_INC_API_KEY -u PHONE_INC_BASE_URL \
	-u ZENDESK_SUBDOMAIN -u ZENDESK_EMAIL -u ZENDESK_API_TOKEN -u ZENDESK_BASE_URL \
	-u ONEINBOX_API_KEY -u ONEINBOX_BASE_URL \
	-u NO_COLOR -u FORCE_COLOR

.DEFAULT_GOAL := help
.PHONY: help demo test test-real test-all coverage mutants lint bench node clean

help:
	@echo 'make demo      the whole story against a sandbox account: a plan, an apply, what callers notice'
	@echo 'make test      the fast tests, which need nothing but Python'
	@echo 'make test-real the tests that need a browser, other Pythons and the like; skips what is not there'
	@echo 'make test-all  all the tests, the slow ones too'
	@echo 'make coverage  make test, and how much of the code it runs; fails below the limit in pyproject.toml'
	@echo 'make mutants   which defects of the most careful modules no test notices; takes hours'
	@echo 'make lint      formatting, lint rules and types'
	@echo 'make bench     the benchmarks'
	@echo 'make node      install the Node programs that test-real drives, with npm'
	@echo 'make clean     delete everything that the other targets made, .venv included'

demo: $(VENV)/.demo-stamp
	@$(BIN)/ringform demo

test: $(VENV)/.dev-stamp
	$(CLEAN_ENV) $(BIN)/python -m pytest -n 2 --dist worksteal -m "$(FAST)" $(ARGS)

test-real: $(VENV)/.dev-stamp
	$(CLEAN_ENV) $(BIN)/python -m pytest -n 2 -rs -m real $(ARGS)

test-all: $(VENV)/.dev-stamp
	$(CLEAN_ENV) RINGFORM_TESTS_COLD=1 $(BIN)/python -m pytest -n 2 -rs $(ARGS)

coverage: $(VENV)/.dev-stamp
	rm -rf .coverage && mkdir .coverage
	$(CLEAN_ENV) $(BIN)/coverage run -m pytest -n 2 --dist worksteal -m "$(FAST)" $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# One module: make mutants MUTANTS='ringform.planning.compare*'. Results are kept in mutants/, and only what changed is run again.
mutants: $(VENV)/.mutants-stamp
	$(CLEAN_ENV) $(BIN)/mutmut run $(MUTANTS)
	$(BIN)/mutmut results

lint: $(VENV)/.dev-stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.dev-stamp
	$(BIN)/python benchmarks/run.py

node: $(VENV)/.node-stamp

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage mutants build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The interpreter is an order-only prerequisite: it is a link, and the age of what it leads to says nothing.
$(VENV)/.demo-stamp: pyproject.toml requirements.txt | $(BIN)/python
	@echo 'Installing ringform into $(VENV), which happens once ...'
	@$(PIP) install --no-compile -c requirements.txt -e '.[sandbox]'
	@touch $@

$(VENV)/.dev-stamp: pyproject.toml requirements.txt requirements-dev.txt | $(BIN)/python
	@echo 'Installing ringform and its development tools into $(VENV), which happens once ...'
	@$(PIP) install -c requirements.txt -c requirements-dev.txt -e '.[sandbox,dev]'
	@touch $(VENV)/.demo-stamp $@

$(VENV)/.mutants-stamp: $(VENV)/.dev-stamp
	@$(PIP) install -c requirements.txt -c requirements-dev.txt -e '.[mutants]'
	@touch $@

# Without npm's lock file, which holds the addresses of a registry: the versions of all are in the list.
$(VENV)/.node-stamp: requirements-node.txt | $(BIN)/python
	@npm install --prefix $(VENV)/node --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --silent \
		$$(grep -v '^#' requirements-node.txt)
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) > /dev/null || { \
		echo 'ringform needs Python 3.11 or newer, and there is no $(PYTHON) here.' >&2; \
		echo 'Install one, or name one that you have: make PYTHON=/path/to/python3.11' >&2; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "ringform needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo 'Name a newer one: make PYTHON=python3.13' >&2; \
		exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
