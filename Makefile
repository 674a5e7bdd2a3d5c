# Everything from a bare checkout: Python 3.11+, make and the package registries are all it takes.
PYTHON ?= python3
BIN := .venv/bin

# Test processes: two cores are the least this is meant for; more do not pay below eight.
PROCESSES ?= 2

.PHONY: env lock check test long demo bench bench-faults bench-load bench-price clean

env: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Needs uv; writes the lock without index addresses.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.lock

check: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: env
	$(BIN)/pytest -n $(PROCESSES)

long: env
	$(BIN)/pytest -m long -n $(PROCESSES)

demo: env
	$(BIN)/insights demo $(ARGS)

bench: env
	$(BIN)/python -m tests.benchmarks $(ARGS)

# ARGS='silent quota' plays only the scenarios with these words in their names, and writes no report.
bench-faults: env
	$(BIN)/python -m tests.benchmarks.faults $(ARGS)

bench-load: env
	$(BIN)/python -m tests.benchmarks.load $(ARGS)

bench-price: env
	$(BIN)/python -m tests.benchmarks.price $(ARGS)

clean:
	rm -rf .venv .insights .mypy_cache .ruff_cache .pytest_cache
