"""The ledger keeps every row: one row before, one row after, and what cannot be mapped is still there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks

from recon_xl.commands.reading import read_inputs
from recon_xl.engine.columns import copy_numbers, line_ids, numbered
from recon_xl.engine.ledger import relate_keys, relate_mapping, relate_sources
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.pricing.line import Pricing

CLIENT, SEATS = "Alder Legal", "Business Standard"


def ledger_of(month: Books, session: Session) -> None:
    inputs = read_inputs(month.snapshot())
    pricing = Pricing(inputs)
    pricing.load_terms(session, relate_mapping(session, inputs))
    relate_sources(session)
    pricing.price(session)
    relate_keys(session)


def test_every_line_has_exactly_one_row(books: OpenBooks) -> None:
    """Mapped, doubled, unmapped, unreadable, of an earlier month: six lines in, six out, each with its state."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    month.product(SEATS, product_id="CFQ7OTHER").customer("Elm", aliases="Elm Dental; Elm Group")
    month.cycle(CLIENT, "10", "10.08", "100.80").cycle(CLIENT, "10", "10.08", "100.80")
    month.cycle("Stranger", "1", "1.00", "1.00").cycle(CLIENT, "1", "1.00", "1.00", product_id="NEW")
    month.cycle(CLIENT, "ten", "1.00", "1.00")
    month.seats(CLIENT, [("new", "2026-09-01", "2026-09-30", "10.08", "9", "90.72")], period="2026-09")
    with Session() as session:
        ledger_of(month, session)
        states = session.rows("SELECT row_number() OVER (ORDER BY n), state, in_period FROM mapped_line ORDER BY n")
    assert [(state, current) for _, state, current in states] == [
        ("mapped", True), ("duplicate", True), ("unmapped client", True), ("unmapped product", True),
        ("unreadable", True), ("mapped", False),
    ]  # fmt: skip


def test_every_billed_and_counted_line_has_exactly_one_row(books: OpenBooks) -> None:
    """Whatever its state."""
    month = books("2026-10").customer(CLIENT).product(SEATS).product("Consulting", "as billed", "none")
    month.bill(CLIENT, SEATS, "1", "1.00").bill("Stranger", SEATS, "1", "1.00").bill(CLIENT, "Unheard of", "1", "1.00")
    month.bill(CLIENT, "Consulting", "1", "1.00").bill(CLIENT, SEATS, "1", "1.00", billing_month="2026-09")
    month.bill(CLIENT, SEATS, "one", "1.00")
    for as_of in ("2026-10-31", "2026-08-01", "2026-11-02", "later"):
        month.count(CLIENT, SEATS, "1", as_of)
    with Session() as session:
        ledger_of(month, session)
        billed = [state for (state,) in session.rows("SELECT state FROM billed_line")]
        counted = [state for (state,) in session.rows("SELECT state FROM count_line")]
    assert sorted(billed) == [
        "mapped", "other period", "policy", "unmapped client", "unmapped product", "unreadable",
    ]  # fmt: skip
    assert sorted(counted) == ["fresh", "later", "stale", "unreadable"]


def test_amounts_keep_eighteen_decimals() -> None:
    """What goes into the ledger comes out of it."""
    values = [Decimal("99999999999999999999.123456789012345678"), Decimal("-0.000000000000000001"), None]
    with Session() as session:
        session.load("kept", {"amount": AMOUNT}, {"amount": values})
        assert [value for (value,) in session.rows("SELECT amount FROM kept")] == values
        assert [row["amount"] for row in session.many_records("SELECT amount FROM kept")] == values


def test_an_amount_beyond_the_contract_is_refused_with_its_address(books: OpenBooks) -> None:
    """Never rounded in silence: 21 digits before the point."""
    month = books("2026-10").customer(CLIENT).product(SEATS).agreement(CLIENT, SEATS, "14.00")
    month.cycle(CLIENT, "10", "10.08", "123456789012345678901.00").bill(CLIENT, SEATS, "10", "14.00")
    (finding,) = month.reconcile().exceptions
    assert finding.rule == "unreadable-cell"
    assert finding.hit.why.startswith("Vendor Lines > row 6 > Subtotal: found ")


def test_copies_are_numbered_in_their_order() -> None:
    """The earliest is the original, whatever place it stands at."""
    rows, order = ["a", "b", "a", "a", "b"], [3, 1, 2, 1, 0]
    assert [3, 2, 2, 1, 1] == copy_numbers(rows, order.__getitem__, lambda place: rows[place])


def test_equal_telling_columns_are_not_yet_equal_lines() -> None:
    """Only rows whose whole content agrees are copies."""
    contents = ["x", "y", "x"]
    assert [1, 1, 2] == copy_numbers(["a", "a", "a"], [0, 1, 2].__getitem__, lambda place: contents[place])


def test_distinct_rows_are_numbered_once() -> None:
    """And each row knows the place of its own."""
    assert ([0, 1, 0], [("a", 1), ("b", 1)]) == numbered(["a", "b", "a"], [1, 1, 1])


def test_pasted_rows_are_named_by_their_place(books: OpenBooks) -> None:
    """Rows of an import keep the id that it gave them."""
    month = books("2026-10").bill(CLIENT, SEATS, "1", "1.00", line="S1-2").bill(CLIENT, SEATS, "1", "1.00")
    assert ["S1-2", "Billed Lines row 7"] == line_ids(read_inputs(month.snapshot()), "Billed Lines")


@pytest.mark.parametrize(
    ("month_column", "start", "state"),
    [
        ("2026-10", "2026-08-01", "mapped"),
        ("", "2026-09-15", "other period"),
        ("", "2026-10-15", "mapped"),
        ("", "", "mapped"),
    ],
)
def test_the_month_of_a_billed_line(books: OpenBooks, month_column: str, start: str, state: str) -> None:
    """Its declared month, else that of Period Start, else the workbook's."""
    month = books("2026-10").customer(CLIENT).product(SEATS)
    month.bill(CLIENT, SEATS, "1", "1.00", billing_month=month_column, period_start=start)
    with Session() as session:
        ledger_of(month, session)
        assert [(state,)] == session.rows("SELECT state FROM billed_line")
