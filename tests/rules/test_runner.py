"""All rules together: ranking, causes, and silence where nothing can be compared."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks

from recon_xl.contract.layout import START
from recon_xl.core.changeset import SetCells
from recon_xl.rules import catalogue


def test_codes_are_in_order_and_unique() -> None:
    """The catalogue is sorted, and no code stands twice."""
    codes = [rule.code for rule in catalogue()]
    assert sorted(set(codes)) == codes


def gaps_of(month: Books, billed: dict[str, str]) -> Books:
    """Clients with ten seats at 14.00, each billed so much."""
    month.product("Seats")
    for name, amount in billed.items():
        month.customer(name).agreement(name, "Seats", "14.00").bill(name, "Seats", "10", amount=amount)
        month.cycle(name, "10", "10.08", "100.80", subscription_id=name)
    return month


def in_euros(month: Books, client: str) -> None:
    """The client, its vendor lines and its bill are in euros."""
    for tab, column in (("Customers", "Customer"), ("Vendor Lines", "Customer Name"), ("Billed Lines", "Customer")):
        for row in month.tables[tab]:
            if row[column] == client:
                row["Currency"] = "EUR"
                if tab == "Vendor Lines":
                    row["Pricing Currency"] = "EUR"


def test_findings_are_ranked_by_money(books: OpenBooks) -> None:
    """The largest first, whatever the rule."""
    month = books("2026-10").product("Seats")
    for name, billed in (("Alder", "139.00"), ("Birch", "200.00"), ("Cedar", "100.00")):
        month.customer(name).agreement(name, "Seats", "14.00").bill(name, "Seats", "10", amount=billed)
        month.cycle(name, "10", "10.08", "100.80", subscription_id=name)
    found = [(finding.hit.customer, finding.hit.at_stake) for finding in month.reconcile().findings]
    assert found == [("Birch", Decimal(60)), ("Cedar", Decimal(40)), ("Alder", Decimal(1))]


def test_money_without_a_rate_is_ranked_apart_and_said(books: OpenBooks) -> None:
    """Dollars first, then euros with the largest first; Start's chart has the dollars only, and the run says why."""
    month = gaps_of(books("2026-10", base_currency="USD"), {"Alder": "139", "Birch": "100", "Cedar": "120"})
    for name in ("Birch", "Cedar"):
        in_euros(month, name)
    run = month.run().result
    assert ["Alder", "Birch", "Cedar"] == [finding.hit.customer for finding in run.findings]
    words = "no rate from EUR to USD for 2026-10: findings in EUR are ranked apart and are not on Start's chart"
    assert [f"FX Rates, EUR to USD: {words}"] == run.warnings
    month.add("FX Rates", {"From": "EUR", "To": "USD", "Rate": "1.1"})
    run = month.reconcile()
    assert (["Birch", "Cedar", "Alder"], []) == ([one.hit.customer for one in run.findings], run.warnings)


def test_a_month_in_one_other_currency_is_ranked_in_it(books: OpenBooks) -> None:
    """Base Currency is blank: the causes on Start are in euros, which the run says. A typed one is never passed over."""
    month = gaps_of(books("2026-10"), {"Alder": "139", "Birch": "100"})
    for name in ("Alder", "Birch"):
        in_euros(month, name)
    run = month.run()
    assert ["Birch", "Alder"] == [finding.hit.customer for finding in run.result.findings]
    said = ["Base Currency is blank on Settings and the whole month is in EUR: findings are ranked in EUR"]
    assert said == run.result.warnings
    cells = next(one.cells for one in run.changeset.changes if isinstance(one, SetCells) and one.sheet == "Start")
    assert Decimal(41) == cells[START.causes.cell(0, 2)]


def test_equal_money_is_ranked_by_confidence(books: OpenBooks) -> None:
    """A client found by id before one found by a name that only reads the same."""
    month = books("2026-10").product("Seats")
    for name, ids in (("Alder", ""), ("Birch", "tenant-b")):
        month.customer(name, vendor_customer_ids=ids).agreement(name, "Seats", "14.00")
        month.cycle(
            name,
            "10",
            "10.08",
            "100.80",
            subscription_id=name,
            customer_id=ids or "unknown",
            customer_name=f"{name} Ltd",
        )
        month.bill(name, "Seats", "9", "14.00", "126.00")
    findings = month.reconcile().findings
    assert [finding.hit.customer for finding in findings] == ["Birch", "Alder"]
    assert findings[0].hit.confidence > findings[1].hit.confidence


def test_keys_survive_another_month(books: OpenBooks) -> None:
    """The same gap in October and November has one key: notes stay with it."""
    keys = []
    for period in ("2026-10", "2026-11"):
        month = books(period).customer("Alder").product("Seats").agreement("Alder", "Seats", "14.00")
        month.cycle("Alder", "10", "10.08", "100.80").bill("Alder", "Seats", "9", "14.00", "126.00")
        keys += [finding.key for finding in month.reconcile().findings]
    assert keys[0] == keys[1]
    assert len(keys) == 2
