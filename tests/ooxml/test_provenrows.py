"""Rows spelled together are passed by the cells that prove them only where a look at each row would pass them too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon_xl.core.cells import Formula, Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml.bulkrows import BulkColumn, BulkRows, SpelledRows
from recon_xl.ooxml.cellxml import CellRules, cell_xml
from recon_xl.ooxml.lintrows import GoodRows, RowLook
from recon_xl.ooxml.provenrows import are_good

STYLES = 5
ROWS: Sequence[Sequence[Value]] = [
    ["x", Decimal("1.50"), Formula("A1&B1", "y")],
    ["-1 seat", None, Formula("1+1", 2)],
    ["a & b", 7, date(2026, 11, 22)],
]


def spelled(rows: Sequence[Sequence[Value]] = ROWS, attributes: Sequence[str] = ()) -> SpelledRows:
    """The rows from row 6 on; a text that begins like a formula gets style 4."""
    columns = [BulkColumn(2, "1", 0), BulkColumn(3, "2", 1), BulkColumn(5, "3", 2)]
    (found,) = BulkRows(columns, CellRules(quoted=lambda style: "4")).rows(6, rows, attributes)
    assert isinstance(found, SpelledRows)
    return found


def doubtful(text: str) -> list[int]:
    """The rows at which the look row by row stops."""
    return [number for _, number, _ in RowLook(GoodRows(lambda: STYLES, lambda: 0), 5).doubtful(text)]


def test_good_rows_pass() -> None:
    """All kinds of cells, and heights."""
    rows = spelled(attributes=["", ' ht="30"', ""])
    assert are_good(rows, 5, STYLES)
    assert doubtful(rows.text) == []
    assert (rows.first, rows.last) == (6, 8)


def test_rows_that_do_not_follow_do_not_pass() -> None:
    """After a later row, or beyond the last row of a sheet."""
    assert not are_good(spelled(), 6, STYLES)
    assert not are_good(replace(spelled(), last=1_048_577), 5, STYLES)


@pytest.mark.parametrize("styles", [4, 3, 1])
def test_a_style_that_does_not_exist_does_not_pass(styles: int) -> None:
    """The column's own, or that of one cell."""
    assert not are_good(spelled(), 5, styles)


@pytest.mark.parametrize(
    ("old", "new"),
    [("<v>2<", "<v>2x<"), ("&amp;", "&"), (">x<", ">_xD83D_<"), (">x<", "><b/><"), ('t="str"', 't="s"'), ("</c>", "")],
)
def test_a_cell_that_is_no_cell_does_not_pass(old: str, new: str) -> None:
    """One bad cell among good ones is enough."""
    rows = spelled()
    columns = [(number, style, [cell.replace(old, new) for cell in cells]) for number, style, cells in rows.columns]
    assert not are_good(replace(rows, columns=columns), 5, STYLES)
    assert doubtful(rows.text.replace(old, new, 1)) != []


def test_columns_out_of_order_and_attributes_that_are_none_do_not_pass() -> None:
    """The order of the cells in a row is that of the columns."""
    rows = spelled()
    assert not are_good(replace(rows, columns=rows.columns[::-1]), 5, STYLES)
    assert not are_good(replace(rows, columns=[*rows.columns, rows.columns[-1]]), 5, STYLES)
    assert not are_good(replace(rows, attributes=[' ht="<"']), 5, STYLES)


signs = st.text(st.sampled_from('a<&>"= -+@_x0D8F\n\ud83d\u00a0'), max_size=8)
numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
values = st.none() | signs | numbers
formulas = st.builds(Formula, signs, signs) | st.builds(Formula, signs, numbers)
columns = st.sampled_from([
    values, signs | st.none(), numbers | st.none(), st.dates(date(1900, 1, 1)) | st.none(), formulas | st.none(), formulas | values,
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_passes_would_pass_row_by_row(data: st.DataObject) -> None:
    """Whatever the values are, a column of one kind or of many, and however long it was remembered what a value is."""
    kinds = [data.draw(columns), data.draw(columns), data.draw(columns)]
    written = BulkRows([BulkColumn(2, "1", 0), BulkColumn(3, "2", 1), BulkColumn(5, "3", 2)], CellRules())
    for first in (6, 600):
        rows = data.draw(st.lists(st.tuples(*kinds), min_size=1, max_size=8))
        try:
            (found,) = written.rows(first, rows)
        except InputError:  # half of a surrogate pair
            continue
        assert isinstance(found, SpelledRows)
        if are_good(found, 5, STYLES):
            assert doubtful(found.text) == []
        alone = [str(row) for row in map(one_by_one, range(first, first + len(rows)), rows)]
        assert found.text == "".join(alone)


def one_by_one(number: int, row: Sequence[Value]) -> str:
    """A row of such cells as the one cell writer spells them."""
    cells = (
        cell_xml(f"{letter}{number}", style, value) for letter, style, value in zip("BCE", "123", row, strict=True)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def test_what_is_spelled_in_one_go_is_proved_by_one_cell() -> None:
    """Texts, also with signs to escape; numbers; formulas and what they show. The proof of a blank is a cell of its own."""
    rows = [[f"A & B {n}", Decimal(n) / 7 // 1, Formula(f'HYPERLINK("#A{n}","<{n}>")', f"<{n}>")] for n in range(900)]
    found = spelled([*rows, [None, None, None]])
    assert [len(cells) for _number, _style, cells in found.columns] == [2, 2, 2]
    assert are_good(found, 5, STYLES)
    assert doubtful(found.text) == []
