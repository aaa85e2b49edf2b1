"""All rules together: ranking, causes, and silence where nothing can be compared."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import OpenBooks

from recon_xl.rules import catalogue


def test_codes_are_in_order_and_unique() -> None:
    """The catalogue is sorted, and no code stands twice."""
    codes = [rule.code for rule in catalogue()]
    assert sorted(set(codes)) == codes


def test_findings_are_ranked_by_money(books: OpenBooks) -> None:
    """The largest first, whatever the rule."""
    month = books("2026-10").product("Seats")
    for name, billed in (("Alder", "139.00"), ("Birch", "200.00"), ("Cedar", "100.00")):
        month.customer(name).agreement(name, "Seats", "14.00").bill(name, "Seats", "10", amount=billed)
        month.cycle(name, "10", "10.08", "100.80", subscription_id=name)
    found = [(finding.hit.customer, finding.hit.at_stake) for finding in month.reconcile().findings]
    assert found == [("Birch", Decimal(60)), ("Cedar", Decimal(40)), ("Alder", Decimal(1))]


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
