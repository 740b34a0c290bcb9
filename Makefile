# The command list. CI calls the same targets; `make` alone prints them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Its tools are heavy, and no other command needs them. Where there is the function's own Python, its tests run in that.
EXAMPLE := .venv-example
# Anki itself, which the decks to take away are imported into.
DECKS := .venv-decks
EXAMPLE_PYTHON ?= $(shell python3.13 -c "" 2>/dev/null && echo python3.13 || echo $(PYTHON))
# Hundreds of commands are started here: where the machine says otherwise, Python would compile every module each time.
export PYTHONDONTWRITEBYTECODE :=
# Makes an environment, by its folder, with a Python. pip is put into it when it is needed: that takes longer than the rest.
environment = test -x $(1)/bin/python || $(2) -m venv --without-pip $(1) || { rm -rf $(1); $(lacking); }
lacking = echo "Python 3.11 or newer with venv is needed (Debian: apt install python3-venv)." >&2; exit 1
# Installs into an environment: a machine that has uv needs seconds for it. pip does it where there is none, and where there
# is one that does not find the packages, such as behind an index that pip alone is told of.
install = { command -v uv >/dev/null && uv pip install --quiet --python $(1)/bin/python $(2); } || { \
	$(1)/bin/python -c "import pip" 2>/dev/null || $(1)/bin/python -m ensurepip >/dev/null || { $(lacking); }; \
	$(1)/bin/python -m pip --disable-pip-version-check install --quiet --no-compile $(2); }

# Material's advertisement for its successor is not a problem of this guide.
export NO_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.PHONY: help serve build offline pdf check lint types unit guide test reader example decks prove-figures properdocs mutate mutate-sample environments bench readme publish lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/guide ## the guide at http://127.0.0.1:8000, rebuilt at every save
	$(BIN)/mkdocs serve

build: $(VENV)/guide ## the site, into site/; any problem is a failure
	$(BIN)/mkdocs build --strict

offline: $(VENV)/guide ## the same for reading from a folder (file://), into site/
	OFFLINE=true $(BIN)/mkdocs build --strict

pdf: build ## the whole guide as guide.pdf, with the answers in an appendix; needs Chromium, and says so
	$(BIN)/studyguide pdf site

check: lint types unit guide ## the quick loop: lint, types, tests without a browser, the guide's own checks

lint: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/dev
	$(BIN)/mypy

unit: $(VENV)/dev
	$(BIN)/pytest -q -n auto --maxprocesses 4 --dist loadgroup -m "not reader and not decks"

guide: $(VENV)/dev
	$(BIN)/studyguide check

test: ## every test, the browser's and the figures' included
	@# What is installed, and what the guide's first build draws, everything else finds. All of it is one core's work.
	$(MAKE) -j2 lint guide types environments
	$(MAKE) unit
	@# To read with a browser is partly waiting. What fails keeps no other from saying what it found.
	$(MAKE) -j3 --keep-going --output-sync=target reader mutate-sample example prove-figures decks properdocs

environments: $(EXAMPLE)/ready $(DECKS)/ready

mutate-sample: $(VENV)/dev
	$(BIN)/studyguide mutate --sample 1

reader: $(VENV)/dev ## the built site, read in Chromium
	$(BIN)/python tests/reader/browser.py
	$(BIN)/pytest -q -n 2 --dist loadgroup -m reader tests/reader

properdocs: $(VENV)/dev ## the guide as MkDocs' fork builds it, into tests/output/properdocs; any problem is a failure
	$(BIN)/properdocs build --strict --config-file mkdocs.yml --site-dir tests/output/properdocs
	$(BIN)/studyguide verify tests/output/properdocs

example: $(VENV)/dev $(EXAMPLE)/ready ## the worked example: a real database, AWS's own models; says "not run" without them
	$(BIN)/ruff check --isolated --target-version py313 --line-length 120 --select B,C4,E,F,I,PTH,RET,S,SIM,UP,W \
		docs/example/app docs/example/overlays
	$(BIN)/python tests/example/mariadb.py
	$(EXAMPLE)/bin/python -m pytest -q tests/example

decks: $(VENV)/dev $(DECKS)/ready ## the files to take away, in Anki and by a parser of GIFT, and the vendored scripts made anew; says "not run" without Node
	$(BIN)/pytest -q -m decks tests/decks tests/test_vendor.py

prove-figures: $(VENV)/dev ## every TikZ figure against real TeX; says "not run" without TeX
	$(BIN)/python -m studyguide.figures.prove --docs docs --report tests/output/proof

mutate: $(VENV)/dev ## put every kind of mistake into a copy of the guide; fails if the check misses one
	$(BIN)/studyguide mutate

bench: $(VENV)/guide ## the checks beside other checkers, what the hook costs, Lighthouse, what a reader waits for; prints, fails nothing
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/lighthouse.py
	$(BIN)/python tests/bench/waits.py

readme: ## after the exam's name changed in mkdocs.yml: write it into the README
	sed -i -E "s/DVA-C[0-9]{2}/$$(sed -nE 's/^ +exam: //p' mkdocs.yml)/" README.md

publish: build ## after a release: keep the inventory of what readers have now, for the next build to compare with
	cp site/objects.json docs/reference/published.json

lock: $(VENV)/dev ## requirements/*.txt from pyproject.toml, at the newest versions it allows
	$(call compile,guide)
	$(call compile,dev,--extra dev --constraint requirements/guide.txt)
	$(call compile,bench,--extra bench --constraint requirements/guide.txt)
	$(call compile,example,--extra example --constraint requirements/dev.txt)
	$(call compile,decks,,requirements/decks.in)
	$(call compile,uv,,requirements/uv.in)

clean: ## remove what the other commands made
	rm -rf $(VENV) $(EXAMPLE) $(DECKS) .cache site tests/output hooks/*.egg-info .pytest_cache .ruff_cache .mypy_cache

# No option is written into the files: they must not name the package index of the machine that made them.
compile = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
	--strip-extras --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	$(2) --output-file requirements/$(1).txt $(or $(3),pyproject.toml)

# Each stamp is newer than the pins it was installed from. Much of a package is for nobody here: what is used is compiled
# when it is.
$(VENV)/guide $(VENV)/dev: $(VENV)/%: requirements/%.txt pyproject.toml
	@$(call environment,$(VENV),$(PYTHON))
	@$(call install,$(VENV),--require-hashes --requirement $<)
	@$(call install,$(VENV),--no-deps --no-build-isolation --editable .)
	@touch $@

$(EXAMPLE)/ready: requirements/example.txt
	@$(call environment,$(EXAMPLE),$(EXAMPLE_PYTHON))
	@$(call install,$(EXAMPLE),--require-hashes --requirement $<)
	@touch $@

$(DECKS)/ready: requirements/decks.txt
	@$(call environment,$(DECKS),$(PYTHON))
	@$(call install,$(DECKS),--require-hashes --requirement $<)
	@touch $@
