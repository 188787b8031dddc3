# make demo and make test need Python 3.11 or newer and make, nothing else.
.PHONY: help studio demo test lint bench pages docs translate hooks lock clean
.DEFAULT_GOAL := help

BIN := .venv/bin
SET_UP := sh scripts/set_up.sh
# The tests also run what is optional for users.
EXTRAS := --extra studio --extra postgres --extra pdf --extra word --extra dask
# Each lock is made under the versions of the one before it.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --upgrade

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## */make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo:  ## the example, start to finish, into demo/
	@$(SET_UP) core
	$(BIN)/jiqun demo

test:  ## all tests
	@$(SET_UP) core test lint docs
	$(BIN)/pytest --numprocesses auto $(TESTS)

lint:  ## format, lint, types, layers
	@$(SET_UP) core test lint docs
	$(BIN)/prek run --all-files

bench:  ## install size, start-up and speed
	@$(SET_UP) core test bench
	$(BIN)/python benchmarks/install_size.py
	$(BIN)/python benchmarks/startup.py

studio:  ## the page of jiqun studio, from studio_page into the package; needs node
	@$(SET_UP) core test
	$(BIN)/python scripts/studio_client.py
	cd studio_page && npm ci --no-audit --no-fund && npm run --silent client && npm run --silent check && npm run --silent build

pages:  ## the reference pages that follow from the code
	@$(SET_UP) core
	$(BIN)/python scripts/reference_pages.py
	$(BIN)/python scripts/paper_rows.py

docs: pages  ## the manual in both languages, into docs/_build/html
	@$(SET_UP) core docs
	$(BIN)/sphinx-build --fail-on-warning --quiet -b html -D language=en docs docs/_build/html/en
	$(BIN)/sphinx-build --fail-on-warning --quiet -b html -D language=zh_CN docs docs/_build/html/zh

translate:  ## bring docs/locale up to date with the English pages
	@$(SET_UP) core docs
	$(BIN)/sphinx-build --quiet -b gettext docs docs/_build/gettext
	$(BIN)/sphinx-intl update -p docs/_build/gettext -d docs/locale -l zh_CN

hooks:  ## run the checks of make lint at each commit
	@$(SET_UP) core test lint docs
	$(BIN)/prek install

lock:  ## choose the newest allowed versions again
	@$(SET_UP) core
	$(COMPILE) --group setup -o requirements/setup.txt
	$(COMPILE) pyproject.toml -o requirements/core.txt
	$(COMPILE) pyproject.toml $(EXTRAS) --group test -c requirements/core.txt -o requirements/test.txt
	$(COMPILE) pyproject.toml --group lint -c requirements/test.txt -o requirements/lint.txt
	$(COMPILE) pyproject.toml --group docs -c requirements/test.txt -o requirements/docs.txt
	$(COMPILE) pyproject.toml --group bench -c requirements/test.txt -o requirements/bench.txt

clean:  ## remove what was made, the environment too
	rm -rf .venv docs/_build demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
