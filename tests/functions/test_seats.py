"""RECON_SEATS: seats at period end, from the columns of vendor lines."""

from __future__ import annotations

import random

import pytest
from engine.test_seats import history, reference

from functions.formulas import column
from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call

JULY = "2021-07-17"


def seats(subscription: object, *lines: tuple[object, ...]) -> object:
    """The seats of a subscription; each line is id, quantity, subtotal, type, end, and optional order and price."""
    columns = [column(*cells) for cells in zip(*lines, strict=True)]
    return call("RECON_SEATS", [subscription, *columns])


def test_seats_added_in_mid_cycle() -> None:
    """10 bought, wiped and raised to 12."""
    lines = [
        ("S1", 10.0, 100.8, "new", JULY),
        ("S1", 10.0, -94.08, "addQuantity", JULY),
        ("S1", 12.0, 112.89, "addQuantity", JULY),
        ("S2", 5.0, 50.0, "new", JULY),
    ]
    assert 12.0 == seats("S1", *lines)
    assert 12.0 == seats("s1 ", *reversed(lines))
    assert ((5.0,), (12.0,), ("#N/A",), ("",)) == seats(column("S2", "S1", "S3", None), *lines)


def test_the_latest_cycle_counts() -> None:
    """The month before, and credits, do not."""
    lines = [
        ("S1", 10.0, 100.0, "cycleCharge", "2021-06-17", "2021-05-18T10:00:00Z"),
        ("S1", 7.0, 70.0, "cycleCharge", JULY, "2021-06-18T10:00:00Z"),
        ("S1", 7.0, -7.0, "customerCredit", "2021-08-17", "2021-06-20T10:00:00Z"),
    ]
    assert 7.0 == seats("S1", *lines)
    assert "#N/A" == seats("S1", lines[2])


def test_without_its_opening_line() -> None:
    """The last quantity that was raised to, by order date; a change and its undoing at one time wipe each other."""
    lines = [
        ("S1", 10.0, -94.08, "addQuantity", JULY, 44367.5),
        ("S1", 12.0, 112.89, "addQuantity", JULY, 44367.5),
        ("S1", 12.0, -112.89, "removeQuantity", JULY, 44368.5),
        ("S1", 8.0, 75.26, "removeQuantity", JULY, 44368.5),
    ]
    assert 8.0 == seats("S1", *lines)
    assert 0.0 == seats("S1", ("S1", 8.0, -75.26, "removeQuantity", JULY, 44368.5))


def test_free_and_cancelled() -> None:
    """A trial counts its last line; a cancelled subscription has no seats left."""
    trial = [("S1", 25.0, 0.0, "new", JULY, 44365.0, 0.0), ("S1", 20.0, 0.0, "addQuantity", JULY, 44370.0, 0.0)]
    assert 20.0 == seats("S1", *trial)
    cancelled = [("S1", 10.0, 100.8, "new", JULY), ("S1", 10.0, -94.2, "cancelImmediate", JULY)]
    assert 0.0 == seats("S1", *cancelled)


def test_the_sign_of_a_refund() -> None:
    """Positive quantity at a negative price, or the other way round; with no money, what the type says."""
    opened = ("S1", 10.0, 100.0, "new", JULY, None, 10.0)
    for refund in (
        ("S1", 4.0, -40.0, "removeQuantity", JULY, None, -10.0),
        ("S1", -4.0, -40.0, "removeQuantity", JULY, None, 10.0),
        ("S1", 4.0, 0.0, "removeQuantity", JULY, None, -0.001),
        ("S1", -4.0, 0.0, "removeQuantity", JULY, None, 0.0),
        ("S1", 4.0, 0.0, "cancelImmediate", JULY, None, 0.0),
    ):
        assert 6.0 == seats("S1", opened, refund)


def test_errors_stay_with_their_subscription() -> None:
    """A cell that cannot be read spoils its own subscription only; a header row spoils none."""
    lines = [
        ("Subscription Id", "Billable Quantity", "Subtotal", "Charge Type", "Charge End Date"),
        ("S1", "ten", 100.0, "new", JULY),
        ("S2", 5.0, ErrorText("#REF!"), "new", JULY),
        ("S3", None, 100.0, "new", JULY),
        ("S4", 4.0, 40.0, "new", JULY),
        (None, 9.0, 90.0, "new", JULY),
    ]
    expected = (("#VALUE!",), ("#REF!",), ("#N/A",), (4.0,))
    assert expected == seats(column("S1", "S2", "S3", "S4"), *lines)


def test_a_line_without_its_end_is_not_passed_over() -> None:
    """It may be the latest of all; without a quantity, too, the seats are unknown."""
    bought, changed = ("S1", 10.0, 100.0, "new", JULY), ("S1", 4.0, -40.0, "removeQuantity", None)
    assert "#N/A" == seats("S1", bought, changed)
    assert "#N/A" == seats("S1", bought, ("S1", None, -40.0, "removeQuantity", JULY))
    assert "#N/A" == seats("S1", changed)


def test_a_credit_needs_neither_quantity_nor_end() -> None:
    """It never counts, so what it leaves out does not matter."""
    bought = ("S1", 10.0, 100.0, "new", JULY)
    for credit in (("S1", None, -5.0, "customerCredit", JULY), ("S1", 1.0, -5.0, "CustomerCredit", None)):
        assert 10.0 == seats("S1", bought, credit)
        assert "#N/A" == seats("S1", credit)


def test_columns_of_different_height_do_not_fit() -> None:
    """A column that is a row short would set every line against the wrong one."""
    two, one = column("S1", "S1"), column(5.0)
    assert "#VALUE!" == call("RECON_SEATS", ["S1", two, one, two, two, two])
    assert "#VALUE!" == call("RECON_SEATS", ["S1", (("S1", "S2"),), *[(("new", "new"),)] * 4])


@pytest.mark.parametrize("seed", range(4))
def test_seats_agree_with_the_reckoning(seed: int) -> None:
    """The reference that the relation in SQL is held against, on the same random histories, rows shuffled."""
    rng = random.Random(seed)  # noqa: S311 - test data
    histories = {f"sub-{number}": history(rng, f"sub-{number}") for number in range(80)}
    rows = [row for lines in histories.values() for row in lines]
    rng.shuffle(rows)
    names = ("Subscription Id", "Billable Quantity", "Subtotal", "Charge Type", "Charge End Date", "Order Date")
    lines = [tuple(row[name] for name in (*names, "Effective Unit Price")) for row in rows]
    expected = tuple((float(reference(found)),) for found in histories.values())
    assert expected == seats(column(*histories), *lines)
