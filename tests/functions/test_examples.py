"""Every documented example holds: in Python, and where plain Excel can say it, in LibreOffice's recalculation."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from workbook.office import recalculated

from functions.formulas import EXAMPLES, answer, book_of, result, serial
from recon_xl.functions.model import Example


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example.formula[:60] for _, example in EXAMPLES])
def test_a_documented_example_holds(name: str, example: Example) -> None:
    """The formula gives the result that stands beside it, to the last digit of a cell."""
    assert example.formula.startswith(f"={name}(")
    assert result(example.result) == answer(example.formula)


@pytest.mark.parametrize("text", [text for _, one in EXAMPLES for text in (one.formula, one.plain, one.result)])
def test_an_example_can_be_typed(text: str) -> None:
    """Excel's array constants take numbers, text and errors: no percentages and no formulas."""
    constants = re.findall(r"{([^}]*)}", re.sub(r'"[^"]*"', '""', text))
    assert not [constant for constant in constants if re.search(r"[%(]", constant)]


@pytest.mark.office
def test_plain_excel_gives_the_same(tmp_path: Path) -> None:
    """All plain formulas in one workbook, calculated once."""
    examples = [example for _, example in EXAMPLES if example.plain]
    book = book_of([example.plain for example in examples], tmp_path / "plain.xlsx")
    sheet = recalculated(book, tmp_path).worksheets[0]
    for row, example in enumerate(examples, 1):
        assert _same(result(example.result), sheet.cell(row, 1).value), (example.plain, sheet.cell(row, 1).value)


def _same(expected: object, actual: object) -> bool:
    if isinstance(actual, datetime):
        actual = serial(actual.date())
    if isinstance(expected, float) and isinstance(actual, int | float):
        return abs(expected - actual) <= 1e-9 * max(1.0, abs(expected))
    return expected == actual
