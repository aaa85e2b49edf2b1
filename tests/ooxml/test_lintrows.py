"""A row is passed without a closer look only where a closer look would find nothing."""

from __future__ import annotations

import pytest

from recon_xl.ooxml.lintrows import GoodRows, RowLook

GOOD = (
    '<c r="A{n}" s="1"><v>-1.5</v></c><c r="B{n}"/>'
    '<c r="C{n}" s="2" t="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c>'
)


def sheet(many: int, *last: str) -> str:
    """So many good rows from row 6 on, then some more."""
    return "".join((*(f'<row r="{n}">{GOOD.format(n=n)}</row>' for n in range(6, 6 + many)), *last))


def doubtful(text: str, pieces: int = 1) -> list[int]:
    """The numbers of the rows that must be looked at; the rows come in so many pieces."""
    rows = [f"{row}</row>" for row in text.split("</row>")[:-1]]
    size = -(-len(rows) // pieces)
    look = RowLook(GoodRows(lambda: 3, lambda: 0))
    texts = ["".join(rows[start : start + size]) for start in range(0, len(rows), size)]
    return [number for piece in texts for _previous, number, _inner in look.doubtful(piece)]


@pytest.mark.parametrize("pieces", [1, 4])
@pytest.mark.parametrize("many", [1, 999, 3000])
def test_rows_of_a_known_shape_are_passed(many: int, pieces: int) -> None:
    """Other values in the same form are good, among few rows and among many; a row beyond Excel's last is not."""
    last = GOOD.format(n=1048576).replace("-1.5", "46348.25")
    assert doubtful(sheet(many, f'<row r="1048576" ht="15">{last}</row>'), pieces) == []
    assert 1048577 in doubtful(sheet(many, f'<row r="1048577">{GOOD.format(n=1048577)}</row>'), pieces)


@pytest.mark.parametrize("pieces", [1, 4])
@pytest.mark.parametrize("many", [0, 1, 3000])
def test_rows_out_of_order_are_looked_at(many: int, pieces: int) -> None:
    """A row that comes twice, or after a later one, is not passed; nor is one whose cells carry another number."""
    row = GOOD.format(n=9000)
    good = f'<row r="9000">{row}</row>'
    assert 9000 in doubtful(sheet(many, good, good), pieces)
    assert 8000 in doubtful(sheet(many, good, f'<row r="8000">{GOOD.format(n=8000)}</row>'), pieces)
    assert 9001 in doubtful(sheet(many, f'<row r="9001">{row}</row>'), pieces)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("-1.5", "1.5x"),
        ("-1.5", ""),
        ("&amp;", "&bad;"),
        ("&amp;", "&"),
        ("a &amp; b", "a<b/>"),
        ("a &amp; b", "_xD83D_"),
        ("a &amp; b", "x" * 9000),
        ('r="B12"', 'r="B13"'),
        ('r="A12"', 'r="A13"'),
        ('r="B12"', 'r="D12"'),
        ('s="2"', 's="3"'),
        ("</c>", ""),
        ('<c r="B12"/>', '<c r="B12"/><c r="B12"/>'),
    ],
)
def test_a_row_with_a_fault_is_looked_at(old: str, new: str) -> None:
    """Anything that differs in more than its values is not passed, wherever and however often it comes."""
    row = GOOD.format(n=12000)
    old, new = old.replace("12", "12000"), new.replace("12", "12000").replace("13", "12001")
    assert old in row
    bad = row.replace(old, new, 1)
    for many in (0, 1, 3000):
        for pieces in (1, 4):
            assert 12000 in doubtful(sheet(many, f'<row r="12000">{bad}</row>'), pieces)
