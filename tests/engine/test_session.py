"""What is handed to DuckDB in parts comes out as it went in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
