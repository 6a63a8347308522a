SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
export PATH := $(CURDIR)/.tools/uv/bin:$(PATH)

DEMO_ARGS ?=
TEST_ARGS ?=
LOCK := uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

.PHONY: help setup demo test lint format lock clean clean-images

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make this machine ready: Python packages, a container engine, base images
	@tools/setup

demo: setup ## Show a hackathon at http://127.0.0.1:8000 (PORT=8080, DEMO_ARGS="--once")
	@exec tools/with-engine .venv/bin/gelanggang demo $(if $(PORT),--port $(PORT)) $(DEMO_ARGS)

test: ## Make this machine ready and run every check (TEST_ARGS="unit integration -k board")
	@tools/setup --tests
	@exec tools/with-engine .venv/bin/python -m tools.check $(TEST_ARGS)

lint: ## Check form, types, layers and words (needs only the Python packages)
	@tools/setup --python-only
	@.venv/bin/python -m tools.check lint

format: ## Put the code into its form
	@tools/setup --python-only
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

lock: ## Lock the newest packages that fit
	@tools/setup --python-only
	@$(LOCK) --universal --group dev pyproject.toml --output-file requirements.lock
	@cd sandbox/grader && $(LOCK) --python-platform linux --only-binary :all: requirements.in --output-file requirements.lock
	@$(LOCK) --universal --no-annotate tools/installer.in --output-file tools/installer.lock

clean: ## Remove the Python environment and caches; the data in .gelanggang and the images stay
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

clean-images: ## Remove the images that setup made
	@tools/with-engine .venv/bin/python -m sandbox.bases --remove
