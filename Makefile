# Two commands: `make check` runs the checker on examples/course, `make test` runs the tests.
# Both set up .venv when it is not there or when what it is made from has changed, and only then.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CHECK ?= examples/course

.PHONY: help check test lint format docs bench package clean
.DEFAULT_GOAL := help

help:
	@echo "make check   check examples/course (CHECK=path checks another course)"
	@echo "make test    run the tests"
	@echo "make lint    ruff and mypy"
	@echo "make docs    write docs/rules and docs/reference anew"
	@echo "make bench   measure against peers, in one run"
	@echo "make package what is published: a wheel and a source distribution, in dist/"
	@echo "make clean   remove what these made"

# The example has one of each defect on purpose, so findings (status 1) are how it ends well.
check: $(READY)
	@$(BIN)/coursecheck check $(CHECK); status=$$?; \
	if [ $$status -eq 1 ]; then echo "Findings are what this example is for: done."; exit 0; fi; exit $$status

test: $(READY) lint
	@$(BIN)/coverage erase
	$(BIN)/python scripts/run_tests.py
	@$(BIN)/coverage combine -q
	$(BIN)/coverage report

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)
	$(BIN)/python scripts/rule_pages.py
	$(BIN)/python scripts/reference_pages.py

bench: $(READY)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/scaling.py
	$(BIN)/python benchmarks/kafka.py
	$(BIN)/python benchmarks/editor.py

package: $(READY)
	$(BIN)/python -m hatchling build -d dist

$(READY): pyproject.toml constraints.txt scripts/setup.sh
	@sh scripts/setup.sh $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* build dist
