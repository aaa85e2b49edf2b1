"""Big tables in the model are fast enough to test with."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from excel.areas import Area
from excel.live import ATTACHED
from excel.tables import add_table
from excel.workbook_model import Book
from excel.xlsx import blank

ROWS, SECONDS = 50_000, 2.0


@pytest.fixture(scope="module")
def big() -> Book:
    """A table of 50,000 rows and 25 columns, put in place without a file."""
    book = blank(Path("big.xlsx"), "Lines")
    grid = book.sheets[0].grid
    grid.fill(5, 1, [[f"Column {number}" for number in range(25)]])
    grid.fill(6, 1, [[f"id-{row:06}", "some words", *[float(row)] * 23] for row in range(ROWS)])
    add_table(book.sheets[0], Area(5, 1, ROWS + 5, 25), "Lines")
    return book


@pytest.mark.parametrize("way", ATTACHED)
def test_a_big_table_is_read_in_two_seconds(big: Book, way: str) -> None:
    """One block, whichever way."""
    with ATTACHED[way](big) as book:
        cells = book.sheets[0].tables["Lines"].data_body_range
        before = process_time()
        block = cells.raw_value
        assert process_time() - before < SECONDS
        assert (len(block), block[-1][0]) == (ROWS, "id-049999")
