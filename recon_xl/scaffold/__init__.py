"""Builds the blank month-end workbook from the contract; used at build time, never during a run."""
