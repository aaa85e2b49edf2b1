"""The ledger and its relations: set-based SQL on DuckDB, in process, one relation a file."""
