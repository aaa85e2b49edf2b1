"""Rows that look alike are read by one expression, to the same cells as one by one."""

from __future__ import annotations

import pytest

from recon_xl.core.cells import Cell, NumberText, PercentText
from recon_xl.ooxml import quickrows
from recon_xl.ooxml.cellread import CellReader
from recon_xl.ooxml.quickrows import QuickRows

ROW = (
    '<c r="B{n}" s="1"><v>-1.5</v></c><c r="C{n}" s="2"><v>0.2</v></c><c r="D{n}"/>'
    '<c r="F{n}" s="3" t="inlineStr"><is><t xml:space="preserve">a b</t></is></c><c r="G{n}" t="s"><v>1</v></c>'
)
STRINGS, PERCENT = ("x", "y"), frozenset({"2"})
SLOW = CellReader("b.xlsx > S", STRINGS, PERCENT)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> QuickRows:
    """A reader that has learned the row."""
    monkeypatch.setattr(quickrows, "_OFTEN", 2)
    reader = QuickRows(STRINGS, PERCENT)
    assert [None, None] == [reader.read(n, ROW.format(n=n)) for n in (6, 7)]
    return reader


def kinds(row: list[Cell]) -> list[tuple[type, Cell]]:
    return [(type(cell), cell) for cell in row]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-1.5", "12"), ("-1.5", "1.5E-7"), ("-1.5", "0.10000000000000001"), ("a b", ""), ("a b", " é\n"), ("<v>1<", "<v>0<"),
        ('<c r="D9"/>', '<c r="D9"><v>7</v></c>'), ('s="1"><v>-1.5</v></c>', 's="1"/>'),
    ],
)  # fmt: skip
def test_the_same_cells(quick: QuickRows, old: str, new: str) -> None:
    """Numbers, percentages, texts, shared texts and blanks, with the type that each has."""
    row = ROW.format(n=9).replace(old, new)
    found = quick.read(9, row)
    assert found is not None
    assert kinds(SLOW.row(9, row)) == kinds(found)


def test_what_a_row_holds(quick: QuickRows) -> None:
    """Gaps are None, and a number keeps its text."""
    expected = [None, NumberText("-1.5"), PercentText("0.2"), None, None, "a b", "y"]
    assert kinds(list(expected)) == kinds(quick.read(8, ROW.format(n=8)) or [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b", "a &amp; b"), ("a b", "_x0041_"), ("<v>1<", "<v>2<"), ("-1.5", "x"), ('"F9"', '"F8"'), ('"B9"', '"B8"'),
        ('s="1"', 's="2"'), ('<c r="D9"/>', ""), ("<v>0.2</v>", "<f>A1</f><v>0.2</v>"),
    ],
)  # fmt: skip
def test_what_is_left_to_the_careful_reader(quick: QuickRows, old: str, new: str) -> None:
    """Escapes, formulas, damage and other shapes."""
    assert quick.read(9, ROW.format(n=9).replace(old, new)) is None
