"""What a run noticed and went on with: said once, in words, on the command line and in the JSON."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.identity import exact_key, normalise_name
from recon_xl.engine.inputs import Inputs
from recon_xl.intake.formats.charge_types import canonical_charge_type
from recon_xl.intake.texts import split_list

_CUSTOMER_COLUMNS = (("Agreements", "Customer"), ("Sell Prices", "Customer"), ("Purchase Orders", "Customer"))
_ONE_FACT = (
    "Quantity Source",
    "Price Basis",
    "Profile",
    "Count Source",
    "Included",
    "Minimum",
    "Maximum",
    "Product Class",
)


def all_warnings(inputs: Inputs) -> Iterator[str]:
    """One sentence each."""
    yield from _other_periods(inputs)
    yield from _unknown_charge_types(inputs)
    yield from _names_of_nobody(inputs)
    yield from _disagreeing_products(inputs)


def _other_periods(inputs: Inputs) -> Iterator[str]:
    period = inputs.settings.period
    files = [
        (row["File"], row["Period"])
        for row in inputs.records("Sources")
        if row["Table"] == "Vendor Lines" and row["Period"] and row["Period"] != period
    ]
    later = sorted({f"{file} ({month})" for file, month in files if month > period})
    if later:
        yield f"Not used, because they belong to a later period: {', '.join(later[:5])}"
    earlier = {file for file, month in files if month < period}
    if earlier:
        files_words = (
            "1 vendor file of an earlier period is"
            if len(earlier) == 1
            else f"{len(earlier)} vendor files of earlier periods are"
        )
        yield f"{files_words} used for seats, proration and timing only"


def _unknown_charge_types(inputs: Inputs) -> Iterator[str]:
    unknown: dict[str, int] = {}
    for name in inputs.column("Vendor Lines", "Charge Type"):
        if name and canonical_charge_type(name.replace(" ", "")) is None:
            unknown[name] = unknown.get(name, 0) + 1
    for name, count in sorted(unknown.items()):
        yield f"Charge type {name!r} is not known ({count} lines): priced like a change in mid-cycle, check it"


def _names_of_nobody(inputs: Inputs) -> Iterator[str]:
    known = set()
    for row in inputs.records("Customers"):
        names = [row["Customer"] or "", row["Code"] or "", *split_list(row["Aliases"])]
        known |= {exact_key(name) for name in names} | {normalise_name(name) for name in names}
    for table, column in _CUSTOMER_COLUMNS:
        for name in sorted({name for name in inputs.column(table, column) if name}):
            if exact_key(name) not in known and normalise_name(name) not in known:
                yield f"{table}: {name!r} is on no row of Customers, so its rows have no effect"


def _disagreeing_products(inputs: Inputs) -> Iterator[str]:
    first: dict[str, dict[str, object]] = {}
    told = set()
    for row in inputs.records("Products"):
        name = row["Billing Product"]
        known = first.setdefault(name, row)
        for column in _ONE_FACT:
            if known[column] != row[column] and (name, column) not in told:
                told.add((name, column))
                yield f"Products: the rows of {name!r} disagree on {column}; the first row holds"
