# Two commands on a fresh machine: `make demo` sets up and runs the main job; `make test` sets up and passes the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint eval bench docs lock clean

demo: $(READY)  ## run the main job on the sample corpus
	$(BIN)/tollgraph demo

test: $(READY)  ## all tests, warnings as errors
	$(BIN)/python -m pytest

lint: $(READY)  ## style, types, import rules
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

eval: $(READY)  ## run the evaluation suites and write docs/evaluation.md
	$(BIN)/tollgraph eval --write docs/evaluation.md

bench: $(READY)  ## speed and memory, as ratios measured in one run
	$(BIN)/python -m tests.benchmarks

docs: $(READY)  ## regenerate the pages that are derived from code and data
	$(BIN)/python -m api.reference

# pip resolves this set rightly from 26 on. torch is pinned to a release that has a small CPU build.
$(READY): pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=26"
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock: $(READY)  ## write requirements.lock from what pyproject.toml asks for
	$(BIN)/python -m pip install --quiet --upgrade --group dev . setuptools
	$(BIN)/python -m pip freeze --exclude-editable --exclude tollgraph --exclude pip > requirements.lock

clean:  ## remove the environment and everything derived
	rm -rf $(VENV) build dist *.egg-info .tollgraph .mypy_cache .ruff_cache .pytest_cache
