"""Rows that look alike are read column by column, to the same cells as one by one."""

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


def read(row: str, number: int = 9, beside: str = ROW) -> list[Cell] | None:
    """A row as it is read among others."""
    others = [(n, beside.format(n=n)) for n in range(10, 20)]
    *_, found = QuickRows(STRINGS, PERCENT).read([*others, (number, row)])
    return found


def kinds(row: list[Cell]) -> list[tuple[type, Cell]]:
    return [(type(cell), cell) for cell in row]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-1.5", "12"), ("-1.5", "1.5E-7"), ("-1.5", "0.10000000000000001"), ("a b", ""), ("a b", " é\n"), ("<v>1<", "<v>0<"),
        ('<c r="D9"/>', '<c r="D9"><v>7</v></c>'), ('s="1"><v>-1.5</v></c>', 's="1"/>'), ('s="1"', 's="2"'),
        ("a b", "a &amp; b"), ("a b", "_x0041_"), ("a b", "_x"), ("a b", '"9'),
    ],
)  # fmt: skip
def test_the_same_cells(old: str, new: str) -> None:
    """Numbers, percentages, texts, shared texts and blanks, with the type that each has."""
    row = ROW.format(n=9).replace(old, new)
    found = read(row)
    assert found is not None
    assert kinds(SLOW.row(9, row)) == kinds(found)


def test_what_a_row_holds() -> None:
    """Gaps are None, and a number keeps its text."""
    expected = [None, NumberText("-1.5"), PercentText("0.2"), None, None, "a b", "y"]
    assert kinds(list(expected)) == kinds(read(ROW.format(n=8), 8) or [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<v>1<", "<v>2<"), ("-1.5", "x"), ('"F9"', '"F8"'), ('"B9"', '"B8"'), ('<c r="D9"/>', ""), ("a b", "&nothing;"),
        ("<v>0.2</v>", "<f>A1</f><v>0.2</v>"), ('<c r="D9"/>', '<c r="E9"/>'), ('<c r="B9"', ' <c r="B9"'), ("a b", 'x9"y'),
        ("a b", "a\0b"), ("a b</t></is></c>", 'a b</t></is></c><c r="G9"/>\0x'),
    ],
)  # fmt: skip
def test_what_is_left_to_the_careful_reader(old: str, new: str) -> None:
    """Formulas, damage and other shapes; the rows beside it are read all the same."""
    row = ROW.format(n=9).replace(old, new)
    assert read(row) is None
    *others, odd = QuickRows(STRINGS, PERCENT).read([*((n, ROW.format(n=n)) for n in range(10, 20)), (9, row)])
    assert odd is None
    assert None not in others


def test_a_column_of_which_nothing_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells that were let go of are read again; an odd one stays odd."""
    monkeypatch.setattr(quickrows, "_MOST", 5)
    reader = QuickRows(STRINGS, PERCENT)
    rows = [(n, ROW.format(n=n).replace("-1.5", "<" if n % 7 == 0 else str(n))) for n in range(10, 100)]
    found = [cells for first in range(0, 90, 9) for cells in reader.read(rows[first : first + 9])]
    assert [None if n % 7 == 0 else str(n) for n, _ in rows] == [None if row is None else row[1] for row in found]


def test_few_rows_are_read_one_by_one() -> None:
    """So are rows of which few have so many cells, and those outside the grid."""
    assert QuickRows(STRINGS, PERCENT).read([(9, ROW.format(n=9))]) == [None]
    assert read('<c r="A9"/>') is None
    assert read(ROW.format(n=0), 0) is None
    assert read(ROW.format(n=1_048_577), 1_048_577) is None
