# Short names for what dev.py and databook do.
.PHONY: serve build test format lock bench

serve:
	python3 dev.py serve

build:
	python3 dev.py serve --no-serve

test:
	python3 dev.py test

format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

lock:
	python3 dev.py lock

bench:
	.venv/bin/python benchmarks/run.py
