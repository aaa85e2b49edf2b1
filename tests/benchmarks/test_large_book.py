"""Writing results costs what is written, not what the user has."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from .large_book import compare, large_book


def test_both_workbooks_get_the_same_results(tmp_path: Path) -> None:
    """A small month into a workbook of a megabyte: same findings, and figures for each."""
    figures = compare(150, 1, tmp_path)
    assert {"write", "large", "empty", "copy"} >= set(figures)
    assert all(found.processor > 0 for found in figures.values())
    books = [load_workbook(tmp_path / f"{name}_write.xlsx", read_only=True) for name in ("empty", "large")]
    rows = [list(book["Exceptions"].iter_rows(values_only=True)) for book in books]
    assert len(rows[0]) > 7
    assert rows[0] == rows[1]


def test_the_large_workbook_is_as_large_as_asked(tmp_path: Path) -> None:
    """Within a tenth."""
    size = large_book(tmp_path / "large.xlsx", 2).stat().st_size
    assert abs(size / 2**20 - 2) < 0.2
