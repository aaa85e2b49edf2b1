"""A small tab Exceptions, as its range arrives."""

from __future__ import annotations

from recon_xl.core.cells import ErrorText

EXCEPTIONS = (
    ("Key", "Severity", "Customer", "Product", "Variance", "Currency", "Why", "Disposition"),
    ("UB-1", "High", "Alder Dental", "Mail", -45.12, "USD", "38 billed, 42 expected.", "Accepted"),
    ("OB-2", "Low", "Alder Dental", "Backup", 12.0, "USD", "Sold at 12, agreed at 11.", "Open"),
    ("NS-3", "Consequence", "Alder Dental", "Mail", -9.0, "USD", "Follows from UB-1.", "Open"),
    ("UB-4", "Resolved", "Birch Law", "Mail", "", "EUR", "Not found any more.", "Timing"),
    ("UB-5", "High", "Cedar", "Mail", -1.0, "USD", None, ""),
    ("UB-6", "High", "Cedar", "Mail", -2.0, "EUR", "Billed in euros.", "Fixed"),
    ("UC-7", "High", "Elm", None, None, "USD", "Not mapped.", "Accepted"),
    ("UB-8", "High", "Fir", "Mail", ErrorText("#REF!"), "USD", "A cell is damaged.", ErrorText("#REF!")),
    ("Total", 7.0, None, None, "by currency", None, None, None),
)


def without(*headers: str) -> tuple[tuple[object, ...], ...]:
    """The same table without some of its columns."""
    kept = [place for place, header in enumerate(EXCEPTIONS[0]) if header not in headers]
    return tuple(tuple(row[place] for place in kept) for row in EXCEPTIONS)
