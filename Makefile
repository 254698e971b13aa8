# Each target is one call of a standard-library script, which also runs without make:
#   python3 scripts/bootstrap.py report 13        (Windows: py scripts/bootstrap.py report 13)
PYTHON ?= python3
TERRITORY ?=

.PHONY: report fetch check serve lab test unit test-full bench

report fetch check serve lab test unit test-full bench:
	@$(PYTHON) scripts/bootstrap.py $@ $(TERRITORY)
