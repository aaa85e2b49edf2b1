"""Customers and products on the mapping tabs, however they are spelled there -> the names of Customers and Products.

Done once, before anything is looked up: price rules, agreements and orders are then found by the name itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from recon_xl.core.fixing import FixStep
from recon_xl.core.remark import Remark
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.own_names import billing_product_names, customer_names

_CUSTOMER_COLUMNS = (
    ("Agreements", "Customer"),
    ("Purchase Orders", "Customer"),
    ("Sell Prices", "Customer"),
    ("Price Rules", "Applies To"),
    ("Profiles", "Tenant"),
)
_PRODUCT_COLUMNS = (
    ("Agreements", "Billing Product"),
    ("Price Rules", "Billing Product"),
    ("Sell Prices", "Billing Product"),
)
_SHOWN = 5

Fitting = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A column that names rows of another tab; `rows` are those of its rows that do so."""

    table: str
    column: str
    tab: str
    what: str
    fitting: Fitting
    rows: range | list[int]

    @property
    def aliases(self) -> str:
        """Where a spelling can be made known."""
        if self.what == "reseller":
            return "fill Reseller on Customers"
        ids = "an id to Vendor Customer Ids, a name" if self.column == "Tenant" else "the name"
        return f"add {ids} to Aliases on {self.tab}"


def with_our_names(inputs: Inputs) -> tuple[Inputs, list[Remark]]:
    """The inputs with every spelling replaced by the name it means, and a remark for each that means nothing, or two things."""
    tables = dict(inputs.tables)
    remarks: list[Remark] = []
    for place in _places(inputs):
        typed = tables[place.table]
        values: list[Any] = list(typed.columns.get(place.column) or [None] * len(typed))
        strays: dict[str, list[int]] = {}
        fits = {values[row]: place.fitting(values[row]) for row in place.rows if values[row]}
        for row in place.rows:
            spelled = values[row]
            if spelled and len(fits[spelled]) == 1:
                values[row] = fits[spelled][0]
            elif spelled and not _is_over(inputs, place.table, row):
                strays.setdefault(spelled, []).append(row)
        tables[place.table] = replace(typed, columns=typed.columns | {place.column: values})
        remarks += [_remark(place, name, fits[name], _numbers(inputs, place, rows)) for name, rows in strays.items()]
    return Inputs(inputs.settings, tables), remarks


def _places(inputs: Inputs) -> Iterator[_Place]:
    customers, products = customer_names(inputs).fitting, billing_product_names(inputs).fitting
    levels = inputs.column("Price Rules", "Level")
    for table, column in _CUSTOMER_COLUMNS:
        rows: range | list[int] = range(inputs.rows(table))
        if table == "Price Rules":
            rows = [row for row, level in enumerate(levels) if level == "customer"]
        fitting = _tenant_or(customers, inputs) if table == "Profiles" else customers
        yield _Place(table, column, "Customers", "customer", fitting, rows)
    resellers = [row for row, level in enumerate(levels) if level == "reseller"]
    yield _Place("Price Rules", "Applies To", "Customers", "reseller", _reseller(inputs), resellers)
    for table, column in _PRODUCT_COLUMNS:
        yield _Place(table, column, "Products", "product", products, range(inputs.rows(table)))


def _tenant_or(customers: Fitting, inputs: Inputs) -> Fitting:
    """A vendor customer id that Customers or a vendor line carries is itself; everything else is a customer."""
    ids = {part.strip().casefold() for ids in inputs.column("Customers", "Vendor Customer Ids") if ids
           for part in ids.split(";")}  # fmt: skip
    vendor_ids = cache(lambda: _vendor_ids(inputs))  # lines are looked through once, and only for an id of nobody's

    def fitting(spelled: str) -> list[str]:
        if spelled.casefold() in ids:
            return [spelled]
        found = customers(spelled)
        return found or ([spelled] if spelled.casefold() in vendor_ids() else [])

    return fitting


def _vendor_ids(inputs: Inputs) -> set[str]:
    ids = {*inputs.column("Vendor Lines", "Customer Id"), *inputs.column("Subscriptions", "Customer Id")}
    return {one.casefold() for one in ids if one}


def _reseller(inputs: Inputs) -> Fitting:
    known = {name.strip().casefold() for name in inputs.column("Customers", "Reseller") if name}
    return lambda spelled: [spelled] if spelled.strip().casefold() in known else []


def _is_over(inputs: Inputs, table: str, row: int) -> bool:
    """A row that ended before the period: what it is about may have left the mapping since."""
    end: date | None = inputs.column(table, "End")[row]
    return end is not None and end < inputs.settings.period_start


def _numbers(inputs: Inputs, place: _Place, rows: list[int]) -> list[int]:
    numbers = inputs.tables[place.table].row_numbers
    return [numbers[row] for row in rows]


def _remark(place: _Place, name: str, fitting: list[str], numbers: list[int]) -> Remark:
    step = FixStep.PRODUCTS if place.what == "product" else FixStep.CUSTOMERS
    told = [str(number) for number in numbers[:_SHOWN]]
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    about = f"row {told[0]}" if len(numbers) == 1 else f"rows {', '.join(told)}{more}"
    useless = "the row has no effect" if len(numbers) == 1 else "the rows have no effect"
    if fitting:
        found = f'"{name}" in {place.column} fits several rows of {place.tab} ({", ".join(fitting[:_SHOWN])})'
        fix = f"Write the name of the one that is meant into {place.column}, as it stands on {place.tab}."
    else:
        found = f'"{name}" in {place.column} is no {place.what} of {place.tab}'
        fix = f"Correct {place.column}, or {place.aliases}."
    return Remark(step, place.table, about, f"{found}, so {useless}", fix)
