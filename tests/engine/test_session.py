"""What is handed to DuckDB in parts comes out as it went in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from recon_xl.engine.session import _AT_ONCE, AMOUNT, Session

ROWS = 2 * _AT_ONCE + 1


def test_a_relation_of_several_parts_is_whole_and_in_order() -> None:
    """One row more than two full parts: each row once, in order, blanks and 18 decimals kept, whatever kind of sequence."""
    fine = Decimal("0.000000000000000001")
    with Session() as session:
        session.load(
            "lines",
            {"n": "INTEGER", "name": "VARCHAR", "amount": AMOUNT, "day": "DATE"},
            {
                "n": range(ROWS),
                "name": tuple(f"row {n}" if n % 3 else None for n in range(ROWS)),
                "amount": [n + fine for n in range(ROWS)],
                "day": [date(2026, 10, 1 + n % 31) for n in range(ROWS)],
            },
        )
        found = session.rows("SELECT * FROM lines")
    assert [(n, f"row {n}" if n % 3 else None, n + fine, date(2026, 10, 1 + n % 31)) for n in range(ROWS)] == found


def test_a_relation_without_rows_has_its_columns() -> None:
    """No rows: the relation is there, empty, with its types; loaded again it is replaced."""
    with Session() as session:
        for values in ([Decimal(1)], []):
            session.load("nothing", {"amount": AMOUNT}, {"amount": values})
        assert [] == session.records("SELECT amount + 1 AS more FROM nothing")
        assert 0 == session.count("nothing")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("VARCHAR", ['"', "\\", "None", "null", "é 😀", "two\nlines", "\x00", "", None]),
        ("VARCHAR", ["x", "y", "x"]),
        ("VARCHAR", ['a","b', "c"]),
        ("VARCHAR[]", [["a", 'b"'], [], None]),
        ("VARCHAR[]", [[], []]),
        ("INTEGER", [3, None, -1]),
        ("BOOLEAN", [True, None, False]),
        ("DATE", [None, date(2026, 10, 31), date(1, 1, 1)]),
        ("DATE", [None, None]),
        ("TIMESTAMP", [datetime.fromisoformat("2026-10-31T18:30:06"), None, datetime.fromisoformat("2026-10-31")]),
        (AMOUNT, [Decimal("1E+3"), None, Decimal("-12345678901234567890.123456789012345678")]),
        (AMOUNT, [Decimal("7.50"), Decimal("7.5")]),
    ],
)
def test_a_column_comes_back_as_it_was(kind: str, values: list[Any]) -> None:
    """Quotes, blanks, words that look like blanks, lists, and columns of one value throughout."""
    with Session() as session:
        session.load("told", {"n": "INTEGER", "value": kind}, {"n": range(len(values)), "value": values})
        assert values == [value for _, value in session.rows("SELECT n, value FROM told ORDER BY n")]


@pytest.mark.parametrize("values", [["1E+30", "1"], ["1E+30", "1E+30"]])
def test_an_amount_that_does_not_fit_is_an_error(values: list[str]) -> None:
    """Never a blank: money would be lost in silence."""
    with Session() as session, pytest.raises(duckdb.Error):
        session.load("told", {"n": "INTEGER", "amount": AMOUNT}, {"n": [1, 2], "amount": list(map(Decimal, values))})


def test_an_answer_holds_until_its_relation_is_made_anew() -> None:
    """Another relation does not touch it, the same one does."""
    with Session() as session:
        session.load("told", {"n": "INTEGER"}, {"n": [1]})
        first = session.once("SELECT n FROM told")
        session.load("other", {"n": "INTEGER"}, {"n": [1]})
        assert session.once("SELECT n FROM told") is first
        session.load("told", {"n": "INTEGER"}, {"n": [2]})
        assert session.once("SELECT n FROM told") == [{"n": 2}]
