"""The door from the grid: shapes, empty cells, errors, and every type that a cell can have."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.formulas import column
from recon_xl.core.cells import ErrorText
from recon_xl.functions.errors import ERROR_NUMBERS, error_of
from recon_xl.functions.grid import call
from recon_xl.functions.registry import functions

WHOLE = 1_048_576
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-2146826300, -2146826200),
    st.sampled_from(
        ["", " ", "Monthly", "markup", "fixed", "A", "USD", "2026-10-31", "20%", "-5", "Key", "Customer", "Variance"]
    ),
    st.text(max_size=6),
    st.sampled_from([ErrorText("#N/A"), ErrorText("#SPILL!")]),
    st.sampled_from([0.0, 1.0, -1.0, 0.025, 44613.0, 1e300, 2958465.0, 10.08]),
)
RANGES = st.one_of(CELLS, st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=3), st.lists(CELLS, max_size=2))


@given(st.sampled_from([one.excel_name for one in functions()]), st.lists(RANGES, max_size=11))
def test_whatever_is_typed_the_grid_gets_a_value(name: str, arguments: list[object]) -> None:
    """Numbers, text, logical values or errors, alone or in a rectangle: never an exception, never infinity."""
    answer = call(name, arguments)
    rows = answer if isinstance(answer, tuple) else ((answer,),)
    assert all(isinstance(cell, float | str | bool) for row in rows for cell in row)
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if isinstance(cell, float) and not abs(cell) < float("inf")]
    assert answer == call(name, arguments)


def test_one_cell_stands_for_every_row() -> None:
    """A single cell may arrive as a value or as a block of one."""
    sells = column(125.0, 200.0)
    assert ((0.2,), (0.5,)) == call("RECON_MARGIN", [sells, 100.0]) == call("RECON_MARGIN", [sells, ((100.0,),)])
    assert 0.2 == call("RECON_MARGIN", [((125.0,),), ((100.0,),)])


def test_a_block_of_rows_and_columns() -> None:
    """The answer has the shape of the blocks; lists of lists are blocks too."""
    block = ((125.0, 200.0, 0.0), (100.0, None, 50.0))
    assert ((0.2, 0.5, "#DIV/0!"), (0.0, "", -1.0)) == call("RECON_MARGIN", [block, 100.0])
    assert ((0.2, 0.5),) == call("RECON_MARGIN", [[[125.0, 200.0]], [[100.0, 100.0]]])


def test_an_array_constant_of_one_row() -> None:
    """`{125,200}` typed in the formula arrives flat, and is a row."""
    assert ((0.2, 0.5),) == call("RECON_MARGIN", [(125.0, 200.0), 100.0])
    assert 0.2 == call("RECON_MARGIN", [(125.0,), 100.0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (column(1.0, 2.0), ((1.0, 2.0),)),  # down and across
        (column(1.0, 2.0), column(1.0, 2.0, 3.0)),
        (column(1.0, 2.0), ((1.0, 1.0), (2.0, 2.0))),
        (((1.0, 2.0), (3.0,)), 1.0),
        ((), 1.0),
        (((),), 1.0),
        (((1.0, 2.0), 3.0), 1.0),
    ],
)
def test_shapes_that_do_not_fit(first: object, second: object) -> None:
    """No row is ever set against the wrong one: the whole call is #VALUE!."""
    assert "#VALUE!" == call("RECON_MARGIN", [first, second])


def test_empty_rows_stay_empty() -> None:
    """Empty in all blocks: empty. Empty in one: the value is missing. Text without a character is empty."""
    sells, costs = column(125.0, None, "", 1.0, " "), column(100.0, None, None, None, 1.0)
    assert ((0.2,), ("",), ("",), ("#N/A",), ("#N/A",)) == call("RECON_MARGIN", [sells, costs])
    assert "" == call("RECON_MARGIN", [None, None])  # copied down beside empty cells


def test_whole_columns_end_with_their_last_filled_row() -> None:
    """A:A against B:B, and against a range that is as high as what is filled."""
    sells = (*column(125.0, None, 200.0), *((None,),) * (WHOLE - 3))
    costs = (*column(100.0), *((None,),) * (WHOLE - 1))
    assert ((0.2,), ("",), ("#N/A",)) == call("RECON_MARGIN", [sells, costs])
    assert ((0.2,), ("",), (0.5,)) == call("RECON_MARGIN", [sells, column(100.0, None, 100.0)])
    assert ((0.2,), ("",), (0.5,), ("",)) == call("RECON_MARGIN", [sells, column(100.0, None, 100.0, None)])
    assert "#VALUE!" == call("RECON_MARGIN", [sells, column(100.0, 100.0)])
    assert (("",),) == call("RECON_MARGIN", [((None,),) * WHOLE, 100.0])


@pytest.mark.parametrize(("error", "number"), ERROR_NUMBERS.items())
def test_an_error_is_handed_on_as_it_is(error: str, number: int) -> None:
    """By the code that COM hands over, and by its word; the leftmost of several."""
    assert error == call("RECON_MARGIN", [number - 2146828288, 100.0])
    assert (("#N/A",), (error,)) == call(
        "RECON_MARGIN", [column(None, ErrorText(error)), column(1.0, ErrorText("#N/A"))]
    )


def test_numbers_that_look_like_errors() -> None:
    """An amount arrives as a float; a whole number in the range of the codes is an error even where it is unknown."""
    assert error_of(-2146826246.0) is None
    assert "#VALUE!" == error_of(-2146826200)
    assert error_of(-2146826089) is None
    assert "#N/A" == call("RECON_EXPLAIN", ["#N/A", (("Key", "Why"), ("k", "w"))])  # a text cell; it is just no key


@pytest.mark.parametrize(
    ("sell", "margin"),
    [
        (0.1 + 0.2, 0.6667),  # 0.30000000000000004 is 0.3
        ("125", 0.9992),
        ("-125.50", 1.0008),
        (125, 0.9992),
        (Decimal("125"), 0.9992),
        ("1,250", "#VALUE!"),
        ("1e3", "#VALUE!"),
        ("$125", "#VALUE!"),
        (float("nan"), "#NUM!"),
        (1e300, "#NUM!"),
        (object(), "#VALUE!"),
        (date(2026, 10, 31), "#VALUE!"),
    ],
)
def test_numbers(sell: object, margin: object) -> None:
    """A number cell by its 15 digits, plain digits as text, and nothing that must be guessed at."""
    assert margin == call("RECON_MARGIN", [sell, 0.1])


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (44613.0, 44613.0),
        ("2022-02-21", 44613.0),
        (" 2022-02-21 ", 44613.0),
        (date(2022, 2, 21), 44613.0),
        (datetime(2022, 2, 21, 12), 44613.0),  # noqa: DTZ001 - days have no zone
        (1.0, 1.0),  # 1 January 1900
        (59.0, 59.0),  # 28 February 1900
        (61.0, 61.0),  # 1 March 1900: Excel's leap day lies between
        (60.0, "#NUM!"),
        (0.0, "#NUM!"),
        (2958466.0, "#NUM!"),
        ("21.02.2022", "#VALUE!"),
        (True, "#VALUE!"),
    ],
)
def test_days(day: object, start: object) -> None:
    """In as serial numbers or ISO text, out as serial numbers."""
    assert start == call("RECON_CYCLESTART", [day, day])


def test_nothing_else_can_be_called() -> None:
    """Only the functions of the folder, in any case."""
    assert 0.2 == call("recon_margin", [125.0, 100.0])
    assert {"#NAME?"} == {call(name, [1.0]) for name in ("RECON_EVAL", "RECON_GRID", "margin", "", "RECON_MARGIN ")}
    assert "#VALUE!" == call("RECON_MARGIN", [1.0, 2.0, 3.0])
    assert "#N/A" == call("RECON_MARGIN", [1.0])


def test_a_changed_table_is_read_anew() -> None:
    """Also one in which only the kind of a cell changed: an error and its text, a number and a logical value."""
    for cell in ("Mail", "#N/A", ErrorText("#N/A"), "Mail", 1.0, True, 1.0, "1", None, -2146826246.0, -2146826246):
        table = (("Key", "Why"), ("k", cell))
        answers = [call("RECON_EXPLAIN", ["k", table]) for _ in range(2)]
        expected = {None: "", -2146826246: ErrorText("#N/A")}.get(cell, cell) if type(cell) is not float else cell
        assert [(expected, type(expected))] * 2 == [(answer, type(answer)) for answer in answers]


def test_a_list_that_its_caller_changes_is_read_anew() -> None:
    """What is kept is content, not the caller's own list; an error is kept as one."""
    table: list[list[object]] = [["Key", "Why"], ["k", "before"]]
    assert "before" == call("RECON_EXPLAIN", ["k", table])
    table[1][1] = "after"
    assert "after" == call("RECON_EXPLAIN", ["k", table])
    table[0][1] = "Reason"
    assert ["#REF!"] * 2 == [call("RECON_EXPLAIN", ["k", table]) for _ in range(2)]
