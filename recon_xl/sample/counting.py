"""Counts: what monitoring, backup and training tools saw, with older snapshots beside the latest."""

from __future__ import annotations

from datetime import date, timedelta

from recon_xl.sample.deals import Deal
from recon_xl.sample.month import Row
from recon_xl.sample.workshop import Workshop

_SOURCES = {
    "Managed Workstation": ("RMM", "WS"),
    "Managed Backup": ("Backup Console", "site"),
    "Security Awareness Training": ("Training Portal", ""),
}


def count(shop: Workshop, deal: Deal, number: int, rows: int = 1) -> None:
    """The deal's count at the end of the month, spread over so many rows, and the one of the month before."""
    deal.counted = number
    source, key = _SOURCES[deal.product.name]
    as_of = shop.last - timedelta(days=shop.rng.choice((0, 0, 1, 3)))
    older = shop.first - timedelta(days=1)
    _snapshot(shop, deal, (source, key), as_of, _spread(shop, number, rows))
    _snapshot(shop, deal, (source, key), older, _spread(shop, max(number - shop.rng.randint(-3, 4), rows), rows))
    if shop.rng.random() < 0.3:
        _snapshot(shop, deal, (source, key), shop.last + timedelta(days=2), _spread(shop, number + 7, rows))


def second_opinion(shop: Workshop, deal: Deal, seats: int) -> None:
    """The licence portal's own count of a subscription, which agrees with the vendor's bill."""
    deal.counts.append(_row("Microsoft 365", deal, seats, shop.last, ""))


def assigned(shop: Workshop, deal: Deal, seats: int) -> None:
    """How many of the seats somebody uses, beside the seats there are; and what last month's report said."""
    for number, basis in ((seats, "total"), (max(seats - shop.rng.randint(1, 3), 0), "assigned")):
        deal.counts.append(_row("Microsoft 365", deal, number, shop.last, "") | {"Basis": basis})
    deal.counts.append(_row("Microsoft 365", deal, max(seats - 2, 1), shop.first - timedelta(days=20), ""))


def another_source(shop: Workshop, deal: Deal, number: int) -> None:
    """A second tool that counts the same devices."""
    deal.counts.append(_row("Asset Register", deal, number, shop.last, ""))


def _spread(shop: Workshop, number: int, rows: int) -> list[int]:
    parts = [number // rows] * rows
    parts[0] += number - sum(parts)
    shop.rng.shuffle(parts)
    return parts


def _snapshot(shop: Workshop, deal: Deal, origin: tuple[str, str], as_of: date, parts: list[int]) -> None:
    source, key = origin
    for number, part in enumerate(parts, 1):
        dedupe = f"{deal.client.code}-{key or 'all'}-{number:03d}" if len(parts) > 1 or key else ""
        row = _row(source, deal, part, as_of, dedupe)
        row["Customer"] = shop.rng.choice((deal.client.name, *deal.client.spellings))
        deal.counts.append(row)


def _row(source: str, deal: Deal, number: int, as_of: date, key: str) -> Row:
    return {
        "Count Source": source,
        "Customer": deal.client.name,
        "Product": deal.product.name,
        "Count": str(number),
        "Basis": "",
        "As Of": as_of.isoformat(),
        "Dedupe Key": key,
    }
