"""Rows that are held by column are rows like any others."""

from __future__ import annotations

from recon_xl.core.repeated import Repeated
from recon_xl.core.rows import ColumnRows, NumberedRow, ValueRows, column_of, columns_of, numbers_of

ROWS: list[NumberedRow] = [(6, ["a", None]), (8, ["b", "c"]), (9, [None, "d"])]
HELD = ColumnRows.of(ROWS, 2)


def test_rows_held_by_column() -> None:
    """They are counted, walked through, cut and compared as a list of them is."""
    assert ROWS == HELD
    assert [ROWS[-1], len(ROWS)] == [HELD[-1], len(HELD)]
    assert ROWS[:2] == HELD[:2]
    assert HELD != ROWS[:2]
    assert repr(tuple(ROWS)) == repr(HELD)
    assert [(6, []), (7, [])] == ColumnRows([6, 7], [])


def test_many_rows_are_taken_some_at_a_time() -> None:
    """None is lost between one piece and the next."""
    rows: list[NumberedRow] = [(number, [str(number), None]) for number in range(1_700)]
    assert rows == ColumnRows.of(iter(rows), 2)


def test_a_row_that_is_changed_changes_nothing() -> None:
    """It is made anew for whoever asks."""
    HELD[0][1][0] = "other"
    next(iter(HELD))[1][0] = "other"
    assert HELD[0] == (6, ["a", None])


def test_a_column_is_the_same_from_either_form() -> None:
    """A row that ends early is blank from there on."""
    for rows in (ROWS, HELD):
        assert [6, 8, 9] == list(numbers_of(rows))
        assert [None, "c", "d"] == list(column_of(rows, 1))
        assert [None] * 3 == list(column_of(rows, 2))
    assert ["a", None] == list(column_of([(1, ["x", "a"]), (2, ["y"])], 1))


def test_rows_to_be_written() -> None:
    """The same without numbers."""
    plain = [("a", 1), ("b", None)]
    held = ValueRows([["a", "b"], [1, None]])
    assert plain == held
    assert [plain[1], plain[1:], 2] == [held[1], held[1:], len(held)]
    assert repr(plain) == repr(held)
    assert [list(held.columns)] * 2 == [[list(one) for one in columns_of(rows)] for rows in (plain, held)]
    assert not columns_of([])
    assert not columns_of(ValueRows([[], []]))
    assert not ValueRows([])


def test_a_column_that_repeats_is_a_column() -> None:
    """It is walked through, cut, and set below others as a list of its cells is."""
    column = Repeated(["a", None], [0, 1, 1, 0])
    cells = ["a", None, None, "a"]
    assert [cells, cells[1:3], cells[3], repr(cells)] == [list(column), column[1:3], column[3], repr(column)]
    assert ["x", "a", *cells] == list(column.below(["x", "a"]))
    assert [cells, ["only"] * 2] == [list(column.below([])), Repeated(["a"], [0, 0]).spread(["only"])]
    assert ROWS == ColumnRows([6, 8, 9], [Repeated(["b", "a", None], [1, 0, 2]), [None, "c", "d"]])
