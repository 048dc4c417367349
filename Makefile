# One command per task; CI runs the very same (.ci/run). `make` alone prints this list.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install run chat test test-fast check bench

help: ## print the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## put everything into .venv, as pinned in requirements.lock
	@:

$(STAMP): pyproject.toml requirements.lock
	@echo "Installing into .venv (one or two minutes the first time)"
	@$(PYTHON) -m venv .venv 2>/dev/null || { $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip -q --python .venv/bin/python install pip; }
	@$(BIN)/python -m pip install -qq -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps -e .
	@touch $@

run: install ## start the bot: the web page on this machine, and the console
	@$(BIN)/python -m bot run --console

chat: install ## ask the library in the console
	@$(BIN)/python -m bot chat

test: install ## all tests
	@$(BIN)/python -m pytest -q -n logical --dist loadfile

test-fast: install ## the tests that take under a minute together
	@$(BIN)/python -m pytest -q -n logical --dist loadfile -m "not slow"

check: install ## style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: install ## measure the speed, and 50 people asking at once for a minute
	@$(BIN)/python tests/benchmarks/speed.py
	@$(BIN)/python tests/benchmarks/load.py
