"""How long each station of the line takes, measured on generated months: `python -m tests.benchmarks`."""
