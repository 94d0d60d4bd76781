# Shortcuts for people who work on Fortnight. To use it, ./fortnight is enough.

UV ?= uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --no-header pyproject.toml

.PHONY: help run demo test check format lock

help:  ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run:  ## Start Fortnight
	./fortnight run

demo:  ## Start a filled practice to look at
	./fortnight demo

test:  ## Everything the build checks
	./fortnight test

check:  ## The quick checks: style, types, the direction of imports
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

format:  ## Put the Python in order
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

lock:  ## Pin again what pyproject.toml asks for (hashes, no index host; UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) --output-file requirements.lock
	$(COMPILE) $(UPGRADE) --constraints requirements.lock --group dev --output-file requirements-dev.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  $(UPGRADE) --group uv --output-file requirements-uv.lock
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  $(UPGRADE) --group node --output-file requirements-node.lock
