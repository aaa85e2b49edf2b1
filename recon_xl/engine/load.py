"""Typed tables -> the ledger's input relations, apart from vendor and billed lines, which have files of their own.

Names are normalised here, once, in Python: SQL only compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from recon_xl.core.identity import normalise_label
from recon_xl.core.money import ZERO
from recon_xl.engine.columns import folded, line_ids, texts
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_billed import load_billed_lines
from recon_xl.engine.load_names import Names, load_names, numbers_of
from recon_xl.engine.load_vendor import load_vendor_lines, periods
from recon_xl.engine.own_names import client_names, product_names
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.intake.texts import split_list


def load_ledger(session: Session, inputs: Inputs) -> None:
    """All input relations of a run."""
    _load_setting(session, inputs)
    load_vendor_lines(session, inputs)
    names = load_names(session, inputs)
    load_billed_lines(session, inputs, names)
    _load_counts(session, inputs, names)
    _load_annual_evidence(session, inputs)
    _load_clients(session, inputs)
    _load_products(session, inputs)


def _load_setting(session: Session, inputs: Inputs) -> None:
    settings = inputs.settings
    values = {
        "period": ("VARCHAR", settings.period),
        "base_currency": ("VARCHAR", settings.base_currency),
        "period_start": ("DATE", settings.period_start),
        "period_end": ("DATE", settings.period_end),
        "tolerance": (AMOUNT, settings.billed_tolerance),
        "stale_after": ("INTEGER", settings.stale_after),
        "vendor_lines": ("INTEGER", periods(inputs).count(settings.period)),
    }
    types = {name: kind for name, (kind, _) in values.items()}
    session.load("setting", types, {name: [value] for name, (_, value) in values.items()})


def _load_counts(session: Session, inputs: Inputs, names: Names) -> None:
    name = "Counts"
    bad = inputs.bad_rows(name)
    session.load(
        "in_count",
        {
            "line_id": "VARCHAR", "row_number": "INTEGER", "unreadable": "BOOLEAN", "count_source": "VARCHAR",
            "customer_name_no": "INTEGER", "product_name_no": "INTEGER",
            "quantity": AMOUNT, "as_of": "DATE", "dedupe_key": "VARCHAR", "source_key": "VARCHAR",
            "basis": "VARCHAR",
        },
        {
            "line_id": line_ids(inputs, name),
            "row_number": inputs.tables[name].row_numbers,
            "unreadable": [row in bad for row in inputs.tables[name].row_numbers],
            "count_source": texts(inputs.column(name, "Count Source")),
            "customer_name_no": numbers_of(names.customers, inputs, name, "Customer"),
            "product_name_no": numbers_of(names.products, inputs, name, "Product"),
            "quantity": [quantity or ZERO for quantity in inputs.column(name, "Count")],
            "as_of": inputs.column(name, "As Of"),
            "dedupe_key": texts(inputs.column(name, "Dedupe Key")),
            "source_key": folded(inputs.column(name, "Count Source")),
            "basis": [basis or "total" for basis in inputs.column(name, "Basis")],
        },
    )  # fmt: skip


def _load_annual_evidence(session: Session, inputs: Inputs) -> None:
    subscriptions, prices = "Subscriptions", "Price List"
    ids = {"product_id": "VARCHAR", "sku_id": "VARCHAR", "plan": "VARCHAR"}
    session.load(
        "in_subscription",
        {"customer_id": "VARCHAR", **ids, "status": "VARCHAR", "is_active": "BOOLEAN", "ends": "DATE"},
        {
            "customer_id": folded(inputs.column(subscriptions, "Customer Id")),
            "product_id": folded(inputs.column(subscriptions, "Product Id")),
            "sku_id": folded(inputs.column(subscriptions, "Sku Id")),
            "plan": inputs.column(subscriptions, "Plan"),
            "status": inputs.column(subscriptions, "Status"),
            "is_active": [status in (None, "Active") for status in inputs.column(subscriptions, "Status")],
            "ends": inputs.column(subscriptions, "End"),
        },
    )
    session.load(
        "in_price_plan",
        ids,
        {
            "product_id": folded(inputs.column(prices, "Product Id")),
            "sku_id": folded(inputs.column(prices, "Sku Id")),
            "plan": inputs.column(prices, "Plan"),
        },
    )


def _load_clients(session: Session, inputs: Inputs) -> None:
    """By which ids and names clients are known: rank 1 = vendor id, 2 = exact name or code, 3 = alias, 4 = normalised name."""
    base = inputs.settings.base_currency
    clients = [row for row in inputs.records("Customers") if row["Customer"]]
    known = [(rank, value, row["Customer"]) for row in clients for rank, value in _client_names(row) if value]
    _load_rows(session, "client_key", {"rank": "INTEGER", "value": "VARCHAR", "client": "VARCHAR"}, known)
    # A client may have a row for each of its tenants: its ids and names add up, of its facts the first row's hold.
    first = {row["Customer"]: row for row in reversed(clients)}
    details = [(name, row["Currency"] or base, row["Reseller"] or "") for name, row in reversed(first.items())]
    _load_rows(session, "client", {"client": "VARCHAR", "currency": "VARCHAR", "reseller": "VARCHAR"}, details)


def _client_names(row: dict[str, Any]) -> Iterable[tuple[int, str]]:
    for value in split_list(row["Vendor Customer Ids"]):
        yield 1, value.casefold()
    yield from client_names(row)


def _load_products(session: Session, inputs: Inputs) -> None:
    """By which vendor ids, stock items and names billing products are known."""
    products = [row for row in inputs.records("Products") if row["Billing Product"]]
    keys = [
        (
            (row["Product Id"] or "").casefold() or None,
            (row["Sku Id"] or "").casefold() or None,
            row["Term"],
            row["Plan"],
            normalise_label(row["Stock Item"] or "") or None,
            row["Billing Product"],
        )
        for row in products
    ]
    columns = ("product_id", "sku_id", "term", "plan", "stock_key", "product")
    _load_rows(session, "product_key", dict.fromkeys(columns, "VARCHAR"), keys)
    names = {(name, row["Billing Product"]) for row in products for name in product_names(row)}
    _load_rows(session, "product_name", {"value": "VARCHAR", "product": "VARCHAR"}, sorted(names))


def _load_rows(session: Session, name: str, types: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    session.load(name, types, dict(zip(types, columns, strict=True)))
