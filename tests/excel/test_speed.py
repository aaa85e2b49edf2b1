"""Big tables in the model are fast enough to test with."""

from __future__ import annotations

from pathlib import Path

import pytest
from pace import paced

from excel.live import ATTACHED
from excel.tables import fill
from excel.workbook_model import Book
from excel.xlsx import load

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"
ROWS, SECONDS = 50_000, 2.0


@pytest.fixture(scope="module")
def big() -> Book:
    """The blank workbook with 50,000 daily usage lines, put in place without a file."""
    book = load(TEMPLATE)
    sheet, table = book.table("DailyUsage") or pytest.fail("no such table")
    words = [["some words", float(row)] * (table.area.width // 2) for row in range(ROWS)]
    fill(sheet, table, [[f"id-{row:06}", *line][: table.area.width] for row, line in enumerate(words)])
    return book


@pytest.mark.parametrize("way", ATTACHED)
def test_a_big_table_is_read_in_two_seconds(big: Book, way: str) -> None:
    """One block, whichever way; dates and money among its columns."""
    with ATTACHED[way](big) as book:
        cells = book.sheets["Daily Usage"].tables["DailyUsage"].data_body_range
        block, seconds = paced(lambda: cells.raw_value)
        assert seconds < SECONDS
        assert (len(block), block[-1][0]) == (ROWS, "id-049999")


def test_a_filled_result_table_keeps_its_totals_row(big: Book) -> None:
    """Rows are put in above it."""
    sheet, table = big.table("Coverage") or pytest.fail("no such table")
    fill(sheet, table, [["x"] * table.area.width] * 3)
    assert table.rows.height == 3
    assert sheet.grid.content(table.area.bottom, 1) == "Total"
