# Needs make and Python 3.11 or later with its venv module; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# Touched when an installation is whole, so that repeated calls install nothing.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
INSTALLED_BENCH := $(VENV)/.installed-bench
INSTALLED_FUZZ := $(VENV)/.installed-fuzz
INSTALLED_BROWSER := $(VENV)/.installed-browser
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check

# Processes that share the tests out. What is left of one is taken over by the other.
WORKERS ?= 2

# How many schools the dumps of the bench have; more options of bench/run.py go into BENCH.
SCHOOLS ?= 1000

# How long each kind of file is mutated.
SECONDS ?= 600

CHECKS := check-rules check-format check-types check-imports check-docs check-addresses

.DEFAULT_GOAL := help
.PHONY: help week test test-all test-thorough test-real check fix bench bench-growth bench-country docs fuzz mutate $(CHECKS)
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

week: $(INSTALLED) ## install what is needed and print the indicators of the sample's week
	@$(VENV)/bin/monitor week --data sample

test: $(INSTALLED_DEV) ## all tests that need nothing but this folder, with branch coverage
	$(PY) -m pytest -m "not real" --cov --numprocesses=$(WORKERS) --dist=worksteal

test-all: test test-thorough test-real ## test, many more dumps, every pollution, the wheel, a browser, LibreOffice

test-thorough: $(INSTALLED_DEV)
	$(PY) -m pytest -m "not real" --numprocesses=$(WORKERS) --hypothesis-profile=thorough tests/generative tests/pollution

# Needs Chromium, PostgreSQL and, to draw workbooks, LibreOffice and poppler-utils: .ci/run installs them.
test-real: $(INSTALLED_BROWSER)
	$(PY) -m pytest -m real

check: $(INSTALLED_DEV) ## rules, format, types, imports, generated docs; changes nothing
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-rules: $(INSTALLED_DEV)
	$(VENV)/bin/ruff check .

check-format: $(INSTALLED_DEV)
	$(VENV)/bin/ruff format --check .

check-types: $(INSTALLED_DEV)
	$(VENV)/bin/mypy

check-imports: $(INSTALLED_DEV)
	$(VENV)/bin/lint-imports --no-logo

check-docs: $(INSTALLED_DEV)
	$(PY) tools/write_docs.py --check
	$(PY) tools/pollution.py --check

check-addresses:
	@if git grep --untracked -nIE 'https?://[^ ]*/(simple|packages)/' -- .; then \
		echo 'The lines above hold addresses of package registries: leave those to pip.' >&2; exit 1; \
	else \
		test $$? -eq 1; \
	fi

fix: $(INSTALLED_DEV) ## mend what can be mended: rules, format, generated docs
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .
	$(PY) tools/write_docs.py
	$(PY) tools/pollution.py

bench: $(INSTALLED_BENCH) ## time it against DuckDB and bare scans (SCHOOLS=100, BENCH="--large --write")
	$(PY) -m bench.run --schools $(SCHOOLS) $(BENCH)

bench-growth: $(INSTALLED_BENCH) ## how a week grows with the schools (BENCH="--schools 10 100")
	$(PY) -m bench.growth $(BENCH)

bench-country: $(INSTALLED_BENCH) ## the same up to 40,000 schools, imported piece by piece: two hours, 13 GB
	$(PY) -m bench.growth --schools 10 100 1000 8000 40000 --plot docs/images/growth.svg $(BENCH)

docs: $(INSTALLED_DEV) ## write the generated pages of docs/ anew
	$(PY) tools/write_docs.py
	$(PY) tools/pollution.py

fuzz: $(INSTALLED_FUZZ) ## mutated files against our own readers (SECONDS=600 for each kind of file)
	$(PY) tools/fuzz.py --seconds $(SECONDS)

mutate: $(INSTALLED_DEV) ## which faults put into the rules the tests do not see (ONLY="file…" for some files)
	$(PY) tools/mutate.py $(ONLY)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		found=$$($(PYTHON) --version 2>/dev/null) || found='not installed'; \
		echo "monitor needs Python 3.11 or later; $(PYTHON) is $$found." \
			'Name another one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo '$(PYTHON) has no working venv module (Debian: apt-get install python3-venv).' >&2; exit 1; }

$(INSTALLED): pyproject.toml | $(PY)
	$(PIP_INSTALL) --editable .
	@touch $@

$(INSTALLED_DEV): pyproject.toml | $(PY)
	$(PIP_INSTALL) --editable '.[dev]'
	@touch $(INSTALLED) $@

$(INSTALLED_FUZZ): pyproject.toml | $(PY)
	$(PIP_INSTALL) --editable '.[dev,fuzz]'
	@touch $(INSTALLED) $(INSTALLED_DEV) $@

$(INSTALLED_BROWSER): pyproject.toml | $(PY)
	$(PIP_INSTALL) --editable '.[dev,browser,cluster,postgresql,store]'
	@touch $(INSTALLED) $(INSTALLED_DEV) $@

$(INSTALLED_BENCH): pyproject.toml | $(PY)
	$(PIP_INSTALL) --editable '.[bench,cluster]'
	@touch $(INSTALLED) $@
