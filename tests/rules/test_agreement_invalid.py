"""Rule agreement-invalid."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, rules_of, the_draft, the_exception
from scenarios.plain import CLIENT, SEATS, plain_month


def agreed(month: Books, name: str, **more: str) -> Books:
    """A row of Agreements of the client, without a price."""
    titled = {key.replace("_", " ").title(): value for key, value in more.items()}
    return month.add("Agreements", {"Agreement": name, "Customer": CLIENT, **titled})


@pytest.mark.parametrize("kind", ["MCA", "GDAP", "reseller relation", "contract", ""])
@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"end": "2026-10-30"}, "X-1 ended on 2026-10-30"),
        ({"status": "Expired"}, "X-1 is expired"),
        ({"status": "Terminated"}, "X-1 is terminated"),
        ({"status": "Pending"}, "X-1 is pending"),
        ({"start": "2026-11-01"}, "X-1 starts on 2026-11-01"),
    ],
)
def test_fires_for_the_client(books: OpenBooks, kind: str, cells: dict[str, str], words: str) -> None:
    """None of a kind is valid on 31 October: all 140.00 net billed, and the draft is held."""
    result = agreed(plain_month(books), "X-1", type=kind, **cells).reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "agreement-invalid",
        Decimal("140.00"),
        "review",
    )
    assert (finding.hit.customer, finding.hit.product) == (CLIENT, "")
    assert words in finding.hit.why
    draft = the_draft(result)
    assert draft.status == "Held"
    assert words in draft.hold_reasons[0]


def test_fires_for_one_contract_of_several(books: OpenBooks) -> None:
    """The lines that name it: 140.00 of 165.00."""
    month = plain_month(books, bill={"agreement": "old"}).product("Backup", "list", product_id="B", sku_id="1")
    month.add("Sell Prices", {"Billing Product": "Backup", "Currency": "USD", "Price": "25.00"})
    month.cycle(CLIENT, "1", "20.00", "20.00", product_id="B", sku_id="1", subscription_id="b")
    month.bill(CLIENT, "Backup", "1", "25.00", "25.00", agreement="NEW")
    agreed(month, "OLD", billing_product=SEATS, end="2026-09-30")
    agreed(month, "NEW", billing_product="Backup")
    result = month.reconcile()
    finding = the_exception(result)
    assert (finding.rule, finding.hit.at_stake, finding.hit.direction) == (
        "agreement-invalid",
        Decimal("140.00"),
        "review",
    )
    assert finding.hit.why == (
        "1 billed line names agreement OLD, not valid on 2026-10-31: OLD ended on 2026-09-30. 140.00 USD net is billed under it."
    )
    assert finding.source_rows == ("Billed Lines row 6",)
    assert the_draft(result).status == "Held"


@pytest.mark.parametrize(
    "rows",
    [
        [{"name": "A", "end": "2026-10-31"}],
        [{"name": "A", "status": "Active", "start": "2026-10-31"}],
        [{"name": "M", "type": "MCA"}, {"name": "G", "type": "GDAP", "end": "2027-01-01"}],
        [{"name": "A", "end": "2026-09-30"}, {"name": "A", "billing_product": SEATS, "start": "2026-10-01"}],
        [{"name": "A", "end": "2026-09-30"}, {"name": "B", "start": "2026-10-01"}],
        [{"name": "A", "billing_product": SEATS, "end": "2026-09-30"}, {"name": "B", "billing_product": SEATS}],
        [{"name": "C", "billing_product": SEATS, "end": "2026-09-30"}, {"name": "B"}],
    ],
)
def test_quiet_where_one_is_valid(books: OpenBooks, rows: list[dict[str, str]]) -> None:
    """An ended row with a valid successor is history, also where the bill still names it; one that nothing names is too."""
    month = plain_month(books, bill={"agreement": "A"})
    for row in rows:
        cells = dict(row)
        agreed(month, cells.pop("name"), **cells)
    result = month.reconcile()
    assert rules_of(result) == []
    assert the_draft(result).status == "Draft"


def test_quiet_about_clients_without_business(books: OpenBooks) -> None:
    """Nothing is billed to them and nothing is drafted."""
    month = plain_month(books).customer("Birch")
    month.add("Agreements", {"Agreement": "B", "Customer": "Birch", "Status": "Terminated"})
    assert rules_of(month.reconcile()) == []
