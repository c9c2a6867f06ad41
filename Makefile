# The two commands are `make demo` and `make test`; both begin with `make setup`.
# The work is done by the scripts in deploy/.

.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz audit lock messages

help:  ## Lists the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/'

setup:  ## Makes .venv and installs what the application needs
	@bash deploy/setup.sh base

demo:  ## Shows a demonstration on http://127.0.0.1:8000 (PORT=8001 for another port)
	@bash deploy/setup.sh base
	@bash deploy/demo.sh

test:  ## Runs every check that the project has
	@bash deploy/setup.sh test
	@bash deploy/test.sh

fuzz:  ## Sends 10,000 inputs that nobody meant to every address (INPUTS=500 for fewer)
	@bash deploy/setup.sh test
	FUZZ_INPUTS=$(or $(INPUTS),10000) .venv/bin/python -m pytest tests/fuzz --quiet --show-capture=no

audit:  ## Asks whether a locked package is known to be unsafe; needs the network
	@bash deploy/setup.sh base
	@bash deploy/audit.sh

lock:  ## Renews requirements/*.txt from *.in; needs uv
	cd requirements && uv pip compile base.in --output-file base.txt --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header
	cd requirements && uv pip compile test.in --output-file test.txt --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header
	cd requirements && uv pip compile audit.in --output-file audit.txt --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header

messages:  ## Renews the French catalogue; needs GNU gettext
	.venv/bin/python manage.py makemessages --locale fr --add-location file --no-wrap --no-obsolete --ignore .venv --verbosity 0
	.venv/bin/python manage.py compilemessages --locale fr --ignore .venv --verbosity 0
