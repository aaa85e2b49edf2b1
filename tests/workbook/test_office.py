"""LibreOffice recalculates what we cached, and Microsoft's validator finds nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from recon_xl.contract.layout import START
from recon_xl.ooxml import lint
from workbook.books import without_caches
from workbook.calls import call
from workbook.demo import Demo
from workbook.office import recalculated, sdk_errors
from workbook.small import small_book

TEMPLATES = sorted((Path(__file__).parents[2] / "workbook_templates").glob("*.xlsx"))


def differences(book: Path, folder: Path) -> list[tuple[str, str, object, object]]:
    """Formula cells whose cached value is not what LibreOffice calculates: tab, cell, ours, LibreOffice's.

    Every cached value is replaced by a lie first, so that a formula that was skipped cannot pass.
    """
    lied = folder / "lied.xlsx"
    formulas = load_workbook(book)
    count = sum(1 for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    assert count == without_caches(book, lied)
    return list(_compare(formulas, load_workbook(book, data_only=True), recalculated(lied, folder)))


def _compare(formulas: Workbook, ours: Workbook, theirs: Workbook):
    for sheet, mine, other in zip(formulas.worksheets, ours.worksheets, theirs.worksheets, strict=True):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    expected, actual = mine[cell.coordinate].value, other[cell.coordinate].value
                    if not _same(expected, actual):
                        yield sheet.title, f"{cell.coordinate} {cell.value}", expected, actual


def _same(expected: object, actual: object) -> bool:
    if isinstance(expected, int | float) and isinstance(actual, int | float):
        return abs(expected - actual) <= 1e-9 * max(1.0, abs(expected))
    return (expected or None) == (actual or None) and type(expected or None) is type(actual or None)


@pytest.mark.office
def test_every_formula_of_the_demo_calculates_to_its_cached_value(demo: Demo, tmp_path: Path) -> None:
    """On all tabs, draft tabs included."""
    assert [] == differences(demo.book, tmp_path)


@pytest.mark.office
def test_every_formula_of_a_book_after_import_only(tmp_path: Path) -> None:
    """Nothing was reconciled yet, and every tab says so alike; only Start waits for its first calculation or run.

    An import touches nothing but the cells of its tables, so the input total and period on Start are Excel's to show.
    """
    found = differences(small_book(tmp_path), tmp_path)
    assert {("Start", START.input_total_now), ("Start", START.period)} >= {(one[0], one[1].split()[0]) for one in found}


@pytest.mark.node
def test_the_sdk_accepts_the_demo(demo: Demo) -> None:
    """Microsoft's validator has no error for the book we hand out."""
    assert [] == sdk_errors(demo.book)


@pytest.mark.node
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_the_sdk_accepts_the_templates(path: Path) -> None:
    """The blank workbook and the sample."""
    assert [] == sdk_errors(path)


@pytest.mark.node
def test_the_sdk_accepts_a_book_between_steps(tmp_path: Path) -> None:
    """After import only, and after a second run."""
    book = small_book(tmp_path)
    assert ([], []) == (lint(book), sdk_errors(book))
    call("run", book)
    call("run", book)
    assert ([], []) == (lint(book), sdk_errors(book))
