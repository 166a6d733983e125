# make app    sets up what is missing, builds the ledger where it is not current, opens the app
# make test   sets up what is missing, a browser included, and runs every test
# make check  the same, after ruff and mypy
PYTHON ?= $(shell for p in python3 python python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PORT ?= 8501

.PHONY: app ledger test check lock shipped audit clean
.DELETE_ON_ERROR:

app: ledger
	$(BIN)/streamlit run app.py --server.port $(PORT)

# An article that cannot be used is told, with status 2; the app opens with the others, or with the ledger of before.
ledger: .venv/run
	$(BIN)/python -m geo build --out ledger || test -f ledger/meta.json

test: .venv/dev
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict geo
	$(MAKE) test

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; name one with PYTHON=..." >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# Pins anew every version and hash; needs uv, which nothing else here does.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --upgrade pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

# The ledger that a host shows on which nobody runs a command: made anew before a release.
shipped: .venv/run
	rm -rf corpus/ledger
	$(BIN)/python -m geo build --quiet --out corpus/ledger
	rm -rf corpus/ledger/.cache corpus/ledger/.lock

# Pins, hashes, installed files, models, no data that runs; with ONLINE=--online known holes too (needs pip-audit).
audit: .venv/dev
	$(BIN)/python -m tests.reliability.audit $(ONLINE)

clean:
	rm -rf .venv ledger
