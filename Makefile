# The two that matter: make demo, make test. Everything else: make help.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP_INSTALL := $(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r

.PHONY: help demo run person test test-database check audit manual-pictures manual-tables format messages lock clean

help: ## Show what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

demo: $(VENV)/.base ## Start the site with demo content on this machine (PORT=8000)
	@PRESSOFFICE_MODE=demo PRESSOFFICE_VAR=var/demo PRESSOFFICE_ADDRESS=http://127.0.0.1:$(PORT) \
		$(BIN)/python manage.py serve --port $(PORT)

run: $(VENV)/.base ## The same without demo content
	@PRESSOFFICE_MODE=local PRESSOFFICE_VAR=var/local PRESSOFFICE_ADDRESS=http://127.0.0.1:$(PORT) \
		$(BIN)/python manage.py serve --port $(PORT)

person: $(VENV)/.base ## Make somebody who may do everything, for make run
	@PRESSOFFICE_MODE=local PRESSOFFICE_VAR=var/local $(BIN)/python manage.py createsuperuser

test: $(VENV)/.dev ## Run every test
	$(BIN)/python -m pytest -n 2 $(ARGS)

test-database: $(VENV)/.dev ## Run the tests that a database may change the outcome of, on DATABASE_URL
	$(BIN)/python -m pytest -n 2 -m "not browser and not one_database" $(ARGS)

check: $(VENV)/.dev ## Lint, format, types, missing migrations, catalogues, architecture, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/deptry .
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	PRESSOFFICE_MODE=local $(BIN)/mypy .
	PRESSOFFICE_MODE=local $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_catalogues.py
	PRESSOFFICE_VAR=var/check SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		ALLOWED_HOSTS=press.example PRESSOFFICE_ADDRESS=https://press.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

audit: $(VENV)/.dev ## The public site before independent checkers (needs Node.js, Java, Chromium; ARGS="--only nu links")
	@$(BIN)/python -m audit $(ARGS)

manual-pictures: $(VENV)/.dev ## Take the pictures of the editors' manual anew (needs Chromium)
	@$(BIN)/python -m docs.editors.pictures $(ARGS)

manual-tables: $(VENV)/.base ## Write who may do what into the editors' manual
	@PRESSOFFICE_MODE=local $(BIN)/python manage.py print_permissions --write

format: $(VENV)/.dev ## Put code and templates in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

messages: $(VENV)/.dev ## Collect texts for translation and compile the catalogues (needs gettext)
	PRESSOFFICE_MODE=local $(BIN)/python manage.py makemessages --locale ky --locale ru --no-location --no-obsolete \
		--ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
	PRESSOFFICE_MODE=local $(BIN)/python manage.py makemessages --locale ky --locale ru --no-location --no-obsolete \
		--domain djangojs --ignore '.venv/*' --ignore 'var/*'
	PRESSOFFICE_MODE=local $(BIN)/python manage.py compilemessages --ignore ".venv/*"

lock: $(VENV)/.dev ## Lock the requirements anew (brings uv into an environment of its own)
	$(PYTHON) -m venv var/uv && var/uv/bin/pip install --quiet uv
	@for set in "base" "production --extra production" "dev --extra production --extra dev"; do \
		set -- $$set; name=$$1; shift; \
		var/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-emit-find-links --no-annotate --no-header pyproject.toml "$$@" -o requirements/$$name.txt; \
	done

clean: ## Remove the environment and everything the site has written
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "The press office needs Python 3.11 or newer: make demo PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing: install it (on Debian and Ubuntu: python3-venv)."; exit 1; }

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	@echo "Installing what the site runs on …"
	@$(PIP_INSTALL) requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need …"
	@$(PIP_INSTALL) requirements/dev.txt
	@touch $@
