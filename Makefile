# What a person runs.  `make run` needs Python only; `make test` installs what it needs first.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
LOCK := requirements.lock
LOCK_ALL := requirements-all.lock

.PHONY: run audit-demo leak-demo setup check test bench lock format clean

run: .venv/server.stamp          ## start the marketplace on embedded defaults
	@exec $(BIN)/python -m mingdai_demo run

audit-demo: setup                ## walk two made-up loan flows in a real Chromium; report, verdict, verification
	@$(BIN)/python -m mingdai_demo.auditing

leak-demo: setup                 ## a demo lender and an employee leak, the product says whose copy it was; LEAK=off: nobody
	@LEAK=$(LEAK) $(BIN)/python -m mingdai_demo.leaking

setup: .venv/all.stamp           ## all extras, and the Debian packages that tests and audits use
	@tools/apt.sh

check: .venv/all.stamp           ## format, lint, types, import contracts, migrations; no tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run

test: setup                      ## everything on SQLite, then what touches a database on PostgreSQL
	$(BIN)/pytest -n 2 --dist loadgroup
	$(BIN)/python tools/with_postgres.py $(BIN)/pytest -n 2 --dist loadgroup --database-only

bench: setup                     ## every figure, as a ratio to a baseline in the same run
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m bench

lock:                            ## pin what the extras name; commit the result
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --extra server -o $(LOCK) pyproject.toml tools/build.in
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --all-extras -o $(LOCK_ALL) pyproject.toml tools/build.in

format:                          ## write what `check` would complain of
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:                           ## remove the virtual environment; the data folder stays
	rm -rf .venv

.venv/server.stamp: $(LOCK) pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install -q --no-build-isolation --no-deps -e .
	@touch $@

.venv/all.stamp: $(LOCK_ALL) pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r $(LOCK_ALL)
	$(BIN)/python -m pip install -q --no-build-isolation --no-deps -e .
	@touch .venv/server.stamp $@
