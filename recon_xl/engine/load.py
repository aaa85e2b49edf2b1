"""Typed tables -> the ledger's input relations. Names are normalised here, once, in Python: SQL only compares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.contract.sources import BILLED_LINES, PARTNER_CENTER_COLUMNS
from recon_xl.core.cycle import plan_of_dates
from recon_xl.core.identity import content_hash, normalise_label, normalise_name
from recon_xl.core.money import EXACT, ZERO, minor_digits, product, ratio, round_half_up
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.intake.formats.charge_types import charge_kind
from recon_xl.intake.texts import split_list

_OWN_COLUMNS = {"Line", "Source", "Source Row"}


def load_ledger(session: Session, inputs: Inputs) -> None:
    """All input relations of a run."""
    _load_setting(session, inputs)
    _load_vendor_lines(session, inputs)
    _load_billed_lines(session, inputs)
    _load_counts(session, inputs)
    _load_annual_evidence(session, inputs)


def line_ids(inputs: Inputs, table: str) -> list[str]:
    """Id of each row: the one its import gave it, else its sheet row (pasted rows)."""
    return [
        line or f"{table} row {row}"
        for line, row in zip(inputs.column(table, "Line"), inputs.tables[table].row_numbers, strict=True)
    ]


def _load_setting(session: Session, inputs: Inputs) -> None:
    settings = inputs.settings
    this_period = [period for period in _periods(inputs) if period == settings.period]
    values = {
        "period": ("VARCHAR", settings.period),
        "period_start": ("DATE", settings.period_start),
        "period_end": ("DATE", settings.period_end),
        "tolerance": (AMOUNT, settings.billed_tolerance),
        "stale_after": ("INTEGER", settings.stale_after),
        "vendor_lines": ("INTEGER", len(this_period)),
    }
    session.load(
        "setting", {name: kind for name, (kind, _) in values.items()}, {name: [v] for name, (_, v) in values.items()}
    )


def _periods(inputs: Inputs) -> list[str]:
    return [period or inputs.settings.period for period in inputs.column("Vendor Lines", "Period")]


VENDOR_TYPES = {
    "line_id": "VARCHAR", "source_id": "VARCHAR", "row_number": "INTEGER", "period": "VARCHAR", "digest": "VARCHAR",
    "unreadable": "BOOLEAN", "customer_id": "VARCHAR", "customer_name": "VARCHAR", "name_key": "VARCHAR",
    "invoice": "VARCHAR", "product_id": "VARCHAR", "sku_id": "VARCHAR", "product_name": "VARCHAR",
    "product_key": "VARCHAR", "sku_key": "VARCHAR", "charge_type": "VARCHAR", "kind": "VARCHAR", "term": "VARCHAR",
    "plan": "VARCHAR", "price_text": "VARCHAR", "price_sign": "TINYINT", "unit_price_text": "VARCHAR",
    "quantity": AMOUNT, "subtotal": AMOUNT, "tax": AMOUNT, "total": AMOUNT, "currency": "VARCHAR",
    "pricing_currency": "VARCHAR", "pc_to_bc_text": "VARCHAR", "subscription_id": "VARCHAR", "charge_start": "DATE",
    "charge_end": "DATE", "order_at": "TIMESTAMP", "sub_start": "DATE",
}  # fmt: skip


def _load_vendor_lines(session: Session, inputs: Inputs) -> None:
    name = "Vendor Lines"

    def column(header: str) -> list[Any]:
        return inputs.column(name, header)

    customer_ids, customer_names = column("Customer Id"), column("Customer Name")
    product_names, sku_names = column("Product Name"), column("Sku Name")
    starts, ends = column("Charge Start Date"), column("Charge End Date")
    subtotals, taxes, totals = column("Subtotal"), column("Tax Total"), column("Total")
    prices = column("Effective Unit Price")
    bad = inputs.bad_rows(name)
    session.load(
        "in_vendor_line",
        VENDOR_TYPES,
        {
            "line_id": line_ids(inputs, name),
            "source_id": _texts(column("Source")),
            "row_number": inputs.tables[name].row_numbers,
            "period": _periods(inputs),
            "digest": _digests(inputs, name, [c.name for c in PARTNER_CENTER_COLUMNS]),
            "unreadable": [row in bad for row in inputs.tables[name].row_numbers],
            "customer_id": [text.casefold() for text in _texts(customer_ids)],
            "customer_name": [
                name or id_ or "(no customer)" for name, id_ in zip(customer_names, customer_ids, strict=True)
            ],
            "name_key": _each(normalise_name, customer_names),
            "invoice": _texts(column("Invoice Number")),
            "product_id": [text.casefold() for text in _texts(column("Product Id"))],
            "sku_id": [text.casefold() for text in _texts(column("Sku Id"))],
            "product_name": [
                sku or product_ or "" for sku, product_ in zip(sku_names, product_names, strict=True)
            ],
            "product_key": _each(normalise_label, product_names),
            "sku_key": _each(normalise_label, sku_names),
            "charge_type": [text.replace(" ", "").casefold() for text in _texts(column("Charge Type"))],
            "kind": _kinds(inputs),
            "term": _terms(column("Subscription Start Date"), column("Subscription End Date")),
            "plan": _plans(column("Billing Frequency"), starts, ends),
            "price_text": _plain(prices),
            "price_sign": [_sign(price) for price in prices],
            "unit_price_text": _plain(column("Unit Price")),
            "quantity": [quantity or ZERO for quantity in column("Billable Quantity")],
            "subtotal": [subtotal or ZERO for subtotal in subtotals],
            "tax": [tax or ZERO for tax in taxes],
            "total": [
                (subtotal or ZERO) + (tax or ZERO) if total is None else total
                for subtotal, tax, total in zip(subtotals, taxes, totals, strict=True)
            ],
            "currency": _texts(column("Currency")),
            "pricing_currency": _texts(column("Pricing Currency")),
            "pc_to_bc_text": _plain(column("PC To BC Exchange Rate")),
            "subscription_id": _texts(column("Subscription Id")),
            "charge_start": starts,
            "charge_end": ends,
            "order_at": column("Order Date"),
            "sub_start": column("Subscription Start Date"),
        },
    )


def _load_billed_lines(session: Session, inputs: Inputs) -> None:
    name = "Billed Lines"
    bad = inputs.bad_rows(name)
    quantities, units = inputs.column(name, "Quantity"), inputs.column(name, "Unit Price")
    amounts, currencies = inputs.column(name, "Amount"), inputs.column(name, "Currency")
    months = inputs.column(name, "Billing Month")
    starts = inputs.column(name, "Period Start")
    content = [column.name for column in BILLED_LINES.columns if column.name not in _OWN_COLUMNS]
    lost = [amount is None and unit is None for amount, unit in zip(amounts, units, strict=True)]
    session.load(
        "in_billed_line",
        {
            "line_id": "VARCHAR", "source_id": "VARCHAR", "row_number": "INTEGER", "digest": "VARCHAR",
            "unreadable": "BOOLEAN", "customer_name": "VARCHAR", "customer_key": "VARCHAR", "product_name": "VARCHAR",
            "product_key": "VARCHAR", "quantity": AMOUNT, "unit_price_text": "VARCHAR", "amount": AMOUNT,
            "currency": "VARCHAR", "month": "VARCHAR", "subscription_id": "VARCHAR", "po": "VARCHAR", "tax": AMOUNT,
        },  # fmt: skip
        {
            "line_id": line_ids(inputs, name),
            "source_id": _texts(inputs.column(name, "Source")),
            "row_number": inputs.tables[name].row_numbers,
            "digest": _digests(inputs, name, content),
            "unreadable": [
                row in bad or gone for row, gone in zip(inputs.tables[name].row_numbers, lost, strict=True)
            ],
            "customer_name": _texts(inputs.column(name, "Customer")),
            "customer_key": _each(normalise_name, inputs.column(name, "Customer")),
            "product_name": _texts(inputs.column(name, "Product")),
            "product_key": _each(normalise_label, inputs.column(name, "Product")),
            "quantity": [quantity or ZERO for quantity in quantities],
            "unit_price_text": _plain(_unit_prices(quantities, units, amounts)),
            "amount": _amounts(quantities, units, amounts, currencies, inputs.settings.base_currency),
            "currency": _texts(currencies),
            "month": [
                month or (None if start is None else f"{start:%Y-%m}")
                for month, start in zip(months, starts, strict=True)
            ],
            "subscription_id": _texts(inputs.column(name, "Subscription Id")),
            "po": _texts(inputs.column(name, "PO")),
            "tax": inputs.column(name, "Tax"),
        },
    )


def _load_counts(session: Session, inputs: Inputs) -> None:
    name = "Counts"
    bad = inputs.bad_rows(name)
    session.load(
        "in_count",
        {
            "line_id": "VARCHAR", "row_number": "INTEGER", "unreadable": "BOOLEAN", "count_source": "VARCHAR",
            "customer_name": "VARCHAR", "customer_key": "VARCHAR", "product_name": "VARCHAR", "product_key": "VARCHAR",
            "quantity": AMOUNT, "as_of": "DATE", "dedupe_key": "VARCHAR",
        },  # fmt: skip
        {
            "line_id": line_ids(inputs, name),
            "row_number": inputs.tables[name].row_numbers,
            "unreadable": [row in bad for row in inputs.tables[name].row_numbers],
            "count_source": _texts(inputs.column(name, "Count Source")),
            "customer_name": _texts(inputs.column(name, "Customer")),
            "customer_key": _each(normalise_name, inputs.column(name, "Customer")),
            "product_name": _texts(inputs.column(name, "Product")),
            "product_key": _each(normalise_label, inputs.column(name, "Product")),
            "quantity": [quantity or ZERO for quantity in inputs.column(name, "Count")],
            "as_of": inputs.column(name, "As Of"),
            "dedupe_key": _texts(inputs.column(name, "Dedupe Key")),
        },
    )


def _load_annual_evidence(session: Session, inputs: Inputs) -> None:
    session.load(
        "in_subscription",
        {"customer_id": "VARCHAR", "product_id": "VARCHAR", "sku_id": "VARCHAR", "plan": "VARCHAR", "is_active": "BOOLEAN"},
        {
            "customer_id": [text.casefold() for text in _texts(inputs.column("Subscriptions", "Customer Id"))],
            "product_id": [text.casefold() for text in _texts(inputs.column("Subscriptions", "Product Id"))],
            "sku_id": [text.casefold() for text in _texts(inputs.column("Subscriptions", "Sku Id"))],
            "plan": inputs.column("Subscriptions", "Plan"),
            "is_active": [status in (None, "Active") for status in inputs.column("Subscriptions", "Status")],
        },
    )
    session.load(
        "in_price_plan",
        {"product_id": "VARCHAR", "sku_id": "VARCHAR", "plan": "VARCHAR"},
        {
            "product_id": [text.casefold() for text in _texts(inputs.column("Price List", "Product Id"))],
            "sku_id": [text.casefold() for text in _texts(inputs.column("Price List", "Sku Id"))],
            "plan": inputs.column("Price List", "Plan"),
        },
    )


def load_names(session: Session, inputs: Inputs) -> None:
    """The mapping relations: by which ids and names clients and products are known."""
    clients = inputs.records("Customers")
    ranked = [
        (rank, value, row["Customer"])
        for row in clients
        if row["Customer"]
        for rank, value in _client_names(row)
        if value
    ]
    _load_rows(session, "client_key", {"rank": "INTEGER", "value": "VARCHAR", "client": "VARCHAR"}, ranked)
    base = inputs.settings.base_currency
    _load_rows(
        session,
        "client",
        {"client": "VARCHAR", "currency": "VARCHAR", "reseller": "VARCHAR"},
        [(row["Customer"], row.get("Currency") or base, row.get("Reseller") or "") for row in clients if row["Customer"]],
    )
    products = [row for row in inputs.records("Products") if row["Billing Product"]]
    _load_rows(
        session,
        "product_key",
        {"product_id": "VARCHAR", "sku_id": "VARCHAR", "term": "VARCHAR", "plan": "VARCHAR", "stock_key": "VARCHAR", "product": "VARCHAR"},
        [
            (
                (row.get("Product Id") or "").casefold() or None,
                (row.get("Sku Id") or "").casefold() or None,
                row.get("Term"),
                row.get("Plan"),
                normalise_label(row.get("Stock Item") or "") or None,
                row["Billing Product"],
            )
            for row in products
        ],
    )
    _load_rows(
        session,
        "product_name",
        {"value": "VARCHAR", "product": "VARCHAR"},
        sorted(
            {
                (normalise_label(label), row["Billing Product"])
                for row in products
                for label in (row["Billing Product"], *split_list(row.get("Aliases")))
            }
        ),
    )


def _client_names(row: dict[str, Any]) -> Iterable[tuple[int, str]]:
    for value in split_list(row.get("Vendor Customer Ids")):
        yield 1, value.casefold()
    for value in (*split_list(row.get("Aliases")), row.get("Code") or ""):
        yield 2, normalise_name(value)
    yield 3, normalise_name(row["Customer"])


def _load_rows(session: Session, name: str, types: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    session.load(name, types, dict(zip(types, columns, strict=True)))


def _digests(inputs: Inputs, table: str, columns: Sequence[str]) -> list[str]:
    texts = [_plain(inputs.column(table, column)) for column in columns]
    return [content_hash(*("" if cell is None else cell for cell in row)) for row in zip(*texts, strict=True)]


def _kinds(inputs: Inputs) -> list[str]:
    names = (
        "Product Category", "Term And Billing Cycle", "Subscription Description", "Meter Description", "Unit Type",
        "Product Id", "Reservation Order Id", "Charge End Date", "Billable Quantity", "Product Name", "Sku Name",
        "Charge Type",
    )  # fmt: skip
    known: dict[tuple[Any, ...], str] = {}
    kinds = []
    for row in zip(*(inputs.column("Vendor Lines", name) for name in names), strict=True):
        if row not in known:
            known[row] = charge_kind(dict(zip(names, row, strict=True)))
        kinds.append(known[row])
    return kinds


def _terms(starts: Sequence[Any], ends: Sequence[Any]) -> list[str | None]:
    names = {"Monthly": "P1M", "Annual": "P1Y", "Triennial": "P3Y"}
    return [
        None if start is None or end is None else names[plan_of_dates(start, end)]
        for start, end in zip(starts, ends, strict=True)
    ]


def _plans(frequencies: Sequence[Any], starts: Sequence[Any], ends: Sequence[Any]) -> list[str | None]:
    plans: list[str | None] = []
    for frequency, start, end in zip(frequencies, starts, ends, strict=True):
        declared = (frequency or "").strip().capitalize()
        if declared in ("Monthly", "Annual", "Triennial"):
            plans.append(declared)
        elif start is None:
            plans.append(None)
        else:
            plans.append("OneTime" if end is None else plan_of_dates(start, end))
    return plans


def _unit_prices(quantities: Sequence[Any], units: Sequence[Any], amounts: Sequence[Any]) -> list[Decimal | None]:
    found: list[Decimal | None] = []
    for quantity, unit, amount in zip(quantities, units, amounts, strict=True):
        if unit is None and quantity and amount is not None:
            found.append(ratio(amount, quantity))
        else:
            found.append(unit)
    return found


def _amounts(
    quantities: Sequence[Any], units: Sequence[Any], amounts: Sequence[Any], currencies: Sequence[Any], base: str
) -> list[Decimal]:
    return [
        amount if amount is not None else round_half_up(product(quantity or ZERO, unit or ZERO), minor_digits(currency or base))
        for quantity, unit, amount, currency in zip(quantities, units, amounts, currencies, strict=True)
    ]


def _texts(values: Sequence[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _each(normalise: Any, values: Sequence[Any]) -> list[str]:
    known: dict[Any, str] = {}
    for value in values:
        if value not in known:
            known[value] = normalise(value or "")
    return [known[value] for value in values]


def _plain(values: Sequence[Any]) -> list[str | None]:
    known: dict[Any, str] = {}
    texts: list[str | None] = []
    for value in values:
        if isinstance(value, Decimal):
            text = known.get(value)
            if text is None:
                text = known[value] = f"{value.normalize(EXACT):f}" if value else "0"
            texts.append(text)
        else:
            texts.append(None if value is None else str(value))
    return texts


def _sign(price: Decimal | None) -> int:
    return 0 if not price else (1 if price > 0 else -1)
