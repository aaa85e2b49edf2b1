"""What a run noticed and went on with: said once, in words, on the command line and in the JSON."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.core.identity import exact_key, normalise_name
from recon_xl.engine.inputs import Inputs
from recon_xl.intake.texts import split_list

_CUSTOMER_COLUMNS = (("Agreements", "Customer"), ("Sell Prices", "Customer"), ("Purchase Orders", "Customer"))


def all_warnings(inputs: Inputs) -> Iterator[str]:
    """One sentence each."""
    yield from _other_periods(inputs)
    yield from _names_of_nobody(inputs)


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


def _names_of_nobody(inputs: Inputs) -> Iterator[str]:
    known = set()
    for row in inputs.records("Customers"):
        names = [row["Customer"] or "", row["Code"] or "", *split_list(row["Aliases"])]
        known |= {exact_key(name) for name in names} | {normalise_name(name) for name in names}
    for table, column in _CUSTOMER_COLUMNS:
        for name in sorted({name for name in inputs.column(table, column) if name}):
            if exact_key(name) not in known and normalise_name(name) not in known:
                yield f"{table}: {name!r} is on no row of Customers, so its rows have no effect"
