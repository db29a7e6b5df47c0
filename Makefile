# Needs Python 3.11 or later and make, nothing else. PYTHON names another interpreter, PORT another port.
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python
INSTALLED := .venv/installed

.PHONY: demo up install test test-oldest check format browser clean

demo: $(INSTALLED)  ## run everything with the demo
	@exec $(RUN) manage.py up --demo --port $(PORT)

up: $(INSTALLED)  ## run everything with your own data
	@exec $(RUN) manage.py up --port $(PORT)

install: $(INSTALLED)

$(INSTALLED): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make demo PYTHON=python3.11")'
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@echo "Installing the packages of requirements.txt ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: -r requirements.txt
	@touch $@

browser:  ## Chromium and Chinese fonts for the browser tests, where the machine can
	@scripts/install-browser

# loadgroup hands out test by test. Groups of tests have no effect with pytest 9, which pytest-xdist 3.8 does not know.
test: $(INSTALLED) browser  ## all tests, in parallel, with servers of their own
	$(RUN) -m pytest -n auto --dist loadgroup $(ARGS)

test-oldest: $(INSTALLED)  ## the same on the oldest supported PostgreSQL, 15
	XIANFENG_POSTGRES_BIN=$${XIANFENG_POSTGRES_BIN:-/usr/lib/postgresql/15/bin} $(RUN) -m pytest -n auto --dist loadgroup -m "not processes" --ignore tests/browser $(ARGS)

check: $(INSTALLED)  ## style, types, migrations, translations, production settings
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m djlint --lint --quiet templates
	XIANFENG_LOCAL=1 XIANFENG_SECRET_KEY=unused $(RUN) -m mypy
	$(RUN) manage.py makemigrations --check --dry-run
	$(RUN) manage.py messages --check
	scripts/check-production

format: $(INSTALLED)
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

clean:  ## remove what can be made again; keeps the data in .xianfeng
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis artifacts
