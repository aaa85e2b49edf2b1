"""recon-xl check: every gap of a workbook, for a reader and for a script, with the file left alone."""

from __future__ import annotations

from pathlib import Path

from workbook.calls import CLEAN, FINDINGS, call, refused
from workbook.demo import Demo


def test_the_demo_month(demo: Demo) -> None:
    """First things first: steps never go back; the workbook is not touched."""
    before = demo.book.read_bytes()
    told = call("check", demo.book, "--json")
    steps = [gap["step"] for gap in told.json["gaps"]]
    assert (FINDINGS, steps, 1) == (told.code, sorted(steps), told.json["exit_code"])
    assert {1, 3, 4, 5} <= set(steps)
    lines = call("check", demo.book).out.splitlines()
    assert len(steps) == sum(line.startswith("      -> ") for line in lines)
    assert before == demo.book.read_bytes()


def test_an_empty_month_is_not_complete(tmp_path: Path) -> None:
    """Nothing imported yet: the two files that a month needs are asked for."""
    book = tmp_path / "november.xlsx"
    assert CLEAN == call("new", book, "--period", "2026-11").code
    told = call("check", book)
    assert FINDINGS == told.code
    assert "      -> Import a vendor invoice of the month." in told.out.splitlines()
    assert "      -> Import the bill that your PSA plans for the month." in told.out.splitlines()


def test_without_a_month_it_cannot_check(tmp_path: Path) -> None:
    """Exit code 2 and what to do."""
    book = tmp_path / "november.xlsx"
    call("new", book)
    assert "Period" in refused(book, "check", book).error["where"]
