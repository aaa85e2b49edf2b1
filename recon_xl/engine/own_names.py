"""By which names the rows of Customers and Products are known, and which of them a name fits.

The ledger compares the names of vendor, billed and counted lines by the same readings in SQL (`client_name`, `product_offer`);
here they are looked up one by one, for the few hundred names of the mapping tabs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from recon_xl.core.identity import exact_key, normalise_label, normalise_name
from recon_xl.engine.inputs import Inputs
from recon_xl.intake.texts import split_list

Row = Mapping[str, Any]
Reading = tuple[int, str, str]
"""Rank (the smaller the stronger), the name as it is compared, and the row that it means."""


def client_names(row: Row) -> Iterator[tuple[int, str]]:
    """Rank and value of each name of a row of Customers: 2 = exact name or code, 3 = alias, 4 = normalised name."""
    yield 2, exact_key(row["Customer"])
    yield 2, exact_key(row["Code"] or "")
    for value in split_list(row["Aliases"]):
        yield 3, normalise_name(value)
    yield 4, normalise_name(row["Customer"])


def product_names(row: Row) -> Iterator[str]:
    """Each name of a row of Products, as it stands and without case and punctuation."""
    for label in (row["Billing Product"], *split_list(row["Aliases"])):
        yield exact_key(label)
        yield normalise_label(label)


class Names:
    """The names that rows of a tab answer to."""

    def __init__(self, own: Iterable[str], readings: Iterable[Reading], normalise: Callable[[str], str]) -> None:
        self._own = frozenset(own)
        self._normalise = normalise
        self._best: dict[str, tuple[int, set[str]]] = {}
        for rank, value, name in readings:
            best, names = self._best.get(value, (rank, set()))
            if not value or rank > best:
                continue
            self._best[value] = (rank, {name} if rank < best else names | {name})

    def fitting(self, spelled: str) -> list[str]:
        """All that a name fits equally well: the very name of a row, else the strongest reading that any row answers to."""
        if spelled in self._own:
            return [spelled]
        found = (self._best.get(read(spelled)) for read in (exact_key, self._normalise))
        return next((sorted(names) for _, names in filter(None, found)), [])


def customer_names(inputs: Inputs) -> Names:
    """The customers of Customers by name, code, alias and normalised name."""
    rows = [row for row in inputs.records("Customers") if row["Customer"]]
    readings = ((rank, value, row["Customer"]) for row in rows for rank, value in client_names(row))
    return Names((row["Customer"] for row in rows), readings, normalise_name)


def billing_product_names(inputs: Inputs) -> Names:
    """The products of Products by name and alias."""
    rows = [row for row in inputs.records("Products") if row["Billing Product"]]
    readings = ((1, value, row["Billing Product"]) for row in rows for value in product_names(row))
    return Names((row["Billing Product"] for row in rows), readings, normalise_label)
