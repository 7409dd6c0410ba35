# `make serve` and `make test` are all a newcomer needs; the rest is for people who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Material prints a banner about MkDocs 2 at each build; the pins in pyproject.toml already answer it.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
# The tests start hundreds of processes: without bytecode each of them would compile the program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve test test-all lint format golden docs bench lock clean

help:  ## what you can make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

serve: $(VENV)/.run  ## install if needed, build the example playbook and serve it on this machine
	$(BIN)/playbook serve

test: $(VENV)/.dev  ## lint, types and every test but the slow ones
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow and not browser" $(PYTEST_ARGS)
	# In processes of their own: the browser's driver keeps an event loop running that other tests want for themselves.
	$(BIN)/python -m pytest tests/browser -n 2 --dist loadfile -m "browser and not slow" $(PYTEST_ARGS)

test-all: $(VENV)/.dev  ## the slow ones too, every property at length, and the browser required
	PLAYBOOK_REQUIRE_BROWSER=1 $(MAKE) test PYTEST_ARGS="--hypothesis-profile=many $(PYTEST_ARGS)"
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "slow and not browser" --hypothesis-profile=many $(PYTEST_ARGS)
	PLAYBOOK_REQUIRE_BROWSER=1 $(BIN)/python -m pytest tests/browser -n 2 --dist loadfile -m "slow and browser" --hypothesis-profile=many $(PYTEST_ARGS)

lint: $(VENV)/.dev  ## ruff and mypy alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev  ## rewrite the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(VENV)/.dev  ## rewrite the golden files; read the diff before committing
	$(BIN)/python -m pytest -n 2 -q --update-golden -m "not slow and not browser"

docs: $(VENV)/.dev  ## rewrite the generated field reference, schemas and command help
	$(BIN)/playbook schema --write-docs docs

bench: $(VENV)/.dev  ## speed as ratios, measured side by side
	$(BIN)/python -m benchmarks

lock:  ## resolve the locks again (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --extra build -q -o requirements.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --extra build --group dev --group bench -c requirements.lock -q -o requirements-dev.lock

clean:  ## remove what was built
	rm -rf site .cache build dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "career-playbook needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

# The project itself goes in editable and without its dependencies: the lock has put them there, with their hashes checked.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
