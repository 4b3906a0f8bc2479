# Two commands on a fresh machine:  make demo   and   make test
PYTHON ?= python3
BIN := .venv/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
WEEK ?= 1
# One thread per process: the tests use all cores themselves.
export OPENBLAS_NUM_THREADS = 1
export OMP_NUM_THREADS = 1

.PHONY: setup bubblewrap chromium postgresql build demo test attacks slow lint nbval audit bench clean

setup: .venv/.ready bubblewrap

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# $(call apt,what tells that it is there,what to ask for,the packages)
define apt
	@{ $(1); } >/dev/null 2>&1 || { \
	  command -v apt-get >/dev/null || { echo "Please install $(2) with your system's package manager."; exit 1; }; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -qq -y $(3); }
endef

bubblewrap:
	$(call apt,command -v bwrap,bubblewrap,bubblewrap)

chromium:
	$(call apt,command -v chromium && command -v chromedriver,Chromium and ChromeDriver,chromium chromium-driver)

# The slow tests start a server of their own.
postgresql:
	$(call apt,ls /usr/lib/postgresql/*/bin/initdb,PostgreSQL,postgresql)

build: setup
	$(BIN)/dlcourse build

demo: build
	$(BIN)/dlcourse demo $(WEEK)

test: setup lint
	$(BIN)/pytest -n 2 --dist loadscope

# Notebooks that attack the grader, by both of its commands.
attacks: setup
	$(BIN)/pytest -m slow tests/test_attacks.py

slow: setup chromium postgresql
	$(BIN)/pytest -m slow -n 2 --dist loadscope

audit: setup
	$(BIN)/dlcourse audit $(AUDIT)

# For example:  make bench BENCH="--week 2 --size 20 --grow 10 --grow 100 --grow 1000"
bench: setup
	$(BIN)/python benchmarks/training.py
	$(BIN)/python benchmarks/grading.py $(BENCH)

# Runs the solved notebooks again, and compares what they show.
nbval: setup
	$(BIN)/pytest -q -n 2 --dist loadfile --nbval --nbval-cell-timeout 120 -p no:cacheprovider source

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf demo build bundles reports .mypy_cache .ruff_cache .pytest_cache
