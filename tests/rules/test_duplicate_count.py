"""A device that a tool lists twice."""

from __future__ import annotations

from decimal import Decimal

from scenarios.harness import Books, OpenBooks, exceptions, the_exception

CLIENT, SEATS, DEVICES = "Harbour Dental", "Business Standard", "Managed Workstation"


def devices(books: OpenBooks, *keys: str) -> Books:
    """Each key is a row of the RMM with one workstation; three are billed."""
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count").agreement(CLIENT, DEVICES, "8.50")
    for key in keys:
        month.count(CLIENT, DEVICES, "1", dedupe_key=key)
    return month.bill(CLIENT, DEVICES, "3", "8.50", "25.50")


def test_fires_once_a_client_and_product(books: OpenBooks) -> None:
    """pc-2 stands there three times and counts once: the bill of 3 agrees, and the two copies are said."""
    finding = the_exception(devices(books, "pc-1", "pc-2", "pc-2", "pc-2", "pc-3").reconcile())
    hit = finding.hit
    assert (finding.rule, hit.at_stake, hit.direction) == ("duplicate-count", Decimal(0), "review")
    assert "2 rows repeat others, such as pc-2: 2 counted by RMM on 2026-10-31 (total) stand twice" in hit.why
    assert len(finding.source_rows) == 3


def test_fires_where_the_names_alone_tell(books: OpenBooks) -> None:
    """Without a dedupe key two rows of one site and product are one count."""
    month = books("2026-10").customer(CLIENT).product(DEVICES, "fixed", "count").agreement(CLIENT, DEVICES, "8.50")
    month.count(CLIENT, DEVICES, "3").count(CLIENT, DEVICES, "3").bill(CLIENT, DEVICES, "3", "8.50", "25.50")
    assert the_exception(month.reconcile()).rule == "duplicate-count"


def test_quiet_for_other_devices_dates_sources_and_bases(books: OpenBooks) -> None:
    """The same key of another day, tool or basis is another count."""
    month = devices(books, "pc-1", "pc-2", "pc-3").count(CLIENT, DEVICES, "1", "2026-10-15", dedupe_key="pc-1")
    month.count(CLIENT, DEVICES, "3", "2026-10-30", count_source="Backup", dedupe_key="pc-1")
    month.count(CLIENT, DEVICES, "3", basis="active", dedupe_key="pc-1")
    assert exceptions(month.reconcile()) == []
