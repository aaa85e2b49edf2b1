"""Vendor lines -> ledger. Customers and products become numbers; prices stay in Python, where they are multiplied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from recon_xl.contract.vendor_tables import PARTNER_CENTER_COLUMNS
from recon_xl.core.cycle import plan_of_dates
from recon_xl.core.identity import exact_key, normalise_label, normalise_name
from recon_xl.core.lines import signed_quantity
from recon_xl.core.money import ZERO
from recon_xl.engine.columns import copy_numbers, folded, line_ids, numbered, texts
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_usage import further_customers, load_daily_usage
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.intake.formats.charge_types import canonical_charge_type, charge_kind

NAME = "Vendor Lines"

_TYPES = {
    "n": "INTEGER", "line_id": "VARCHAR", "document_no": "INTEGER", "customer_no": "INTEGER", "product_no": "INTEGER",
    "charge_no": "INTEGER", "copy": "INTEGER", "signed_quantity": AMOUNT, "subtotal": AMOUNT, "total": AMOUNT,
    "subscription_id": "VARCHAR", "charge_end": "DATE", "order_at": "TIMESTAMP",
}  # fmt: skip
_KIND_COLUMNS = (
    "Product Category", "Term And Billing Cycle", "Subscription Description", "Meter Description", "Unit Type",
    "Product Id", "Reservation Order Id", "Charge End Date", "Product Name", "Sku Name",
)  # fmt: skip
_UNIT_TYPE = _KIND_COLUMNS.index("Unit Type")
_TELLING = ("Invoice Number", "Subscription Id", "Charge Type", "Charge Start Date", "Subtotal", "Billable Quantity")
_PAIRED = frozenset({"addquantity", "removequantity", "convert"})
"""Changes of seats that Microsoft prints as a pair: the old quantity as a refund, the new one as a charge."""
_FLAGS = frozenset({"is_free", "unreadable"})
_TERM_OF_PLAN = {"Monthly": "P1M", "Annual": "P1Y", "Triennial": "P3Y"}


def periods(inputs: Inputs) -> list[str]:
    """The month each vendor line belongs to: its invoice's, else the workbook's."""
    return [period or inputs.settings.period for period in inputs.column(NAME, "Period")]


def load_vendor_lines(session: Session, inputs: Inputs) -> None:
    """The relation `in_vendor_line`, and what its lines have in common as relations of their own."""

    def column(header: str) -> list[Any]:
        return inputs.column(NAME, header)

    rows = inputs.tables[NAME].row_numbers
    months, sources = periods(inputs), texts(column("Source"))
    subtotals, prices, quantities = column("Subtotal"), column("Effective Unit Price"), column("Billable Quantity")
    charge_types = [text.replace(" ", "") for text in folded(column("Charge Type"))]
    _load_events(session, inputs, charge_types)
    session.load(
        "in_vendor_line",
        _TYPES,
        {
            "n": range(len(rows)),
            "line_id": line_ids(inputs, NAME),
            "document_no": _load_documents(session, inputs, months, sources),
            "customer_no": _load_customers(session, inputs),
            "product_no": _load_products(session, inputs),
            "charge_no": _load_charges(session, inputs, charge_types),
            "copy": _copies(inputs, lambda place: (months[place], not sources[place], sources[place], rows[place])),
            "signed_quantity": list(map(signed_quantity, subtotals, prices, quantities, charge_types)),
            "subtotal": [subtotal or ZERO for subtotal in subtotals],
            "total": [
                (subtotal or ZERO) + (tax or ZERO) if total is None else total
                for total, subtotal, tax in zip(column("Total"), subtotals, column("Tax Total"), strict=True)
            ],
            "subscription_id": folded(column("Subscription Id")),
            "charge_end": column("Charge End Date"),
            "order_at": column("Order Date"),
        },
    )


def plans(inputs: Inputs) -> list[str | None]:
    """Billing plan of each line: as declared, else by the days that it covers; OneTime without an end."""
    known: dict[tuple[Any, ...], str | None] = {}
    found = []
    headers = ("Billing Frequency", "Charge Start Date", "Charge End Date")
    for row in zip(*(inputs.column(NAME, header) for header in headers), strict=True):
        if row not in known:
            known[row] = plan_of(*row)
        found.append(known[row])
    return found


def terms(inputs: Inputs) -> list[str | None]:
    """Term of each line, by the dates of its subscription: the free text of the file has no standard."""
    return list(
        map(term_of, inputs.column(NAME, "Subscription Start Date"), inputs.column(NAME, "Subscription End Date"))
    )


@lru_cache(maxsize=65536)
def term_of(start: Any, end: Any) -> str | None:
    """Term of one line: P1M, P1Y or P3Y by the dates of its subscription; None where one of them is blank."""
    return None if start is None or end is None else _TERM_OF_PLAN[plan_of_dates(start, end)]


def kinds(inputs: Inputs) -> list[str]:
    """Kind of charge of each line: usage, reservation, licence and so on, by the vendor format's rules."""
    known: dict[tuple[tuple[Any, ...], bool], str] = {}
    found = []
    quantities = inputs.column(NAME, "Billable Quantity")
    for row, quantity in zip(
        zip(*(inputs.column(NAME, name) for name in _KIND_COLUMNS), strict=True), quantities, strict=True
    ):
        whole = not row[_UNIT_TYPE] or quantity is None or quantity % 1 == 0
        kind = known.get((row, whole))
        if kind is None:
            line = dict(zip(_KIND_COLUMNS, row, strict=True)) | {"Billable Quantity": quantity}
            kind = known[row, whole] = charge_kind(line)
        found.append(kind)
    return found


def plan_of(frequency: str | None, start: Any, end: Any) -> str | None:
    """Billing plan of one line: as declared, else by the days that it covers."""
    declared = (frequency or "").strip().capitalize()
    if declared in _TERM_OF_PLAN:
        return declared
    if start is None:
        return None
    return "OneTime" if end is None else plan_of_dates(start, end)


def _copies(inputs: Inputs, order: Callable[[int], Any]) -> list[int]:
    """Equal in every vendor column: the 2nd, 3rd ... copy of a line, the earliest period and source being the original."""
    telling = list(zip(*(inputs.column(NAME, header) for header in _TELLING), strict=True))
    columns = [inputs.column(NAME, column.name) for column in PARTNER_CENTER_COLUMNS]
    return copy_numbers(telling, order, lambda place: tuple(values[place] for values in columns))


def _load_documents(session: Session, inputs: Inputs, months: Sequence[str], sources: Sequence[str]) -> list[int]:
    invoices, currencies = (texts(inputs.column(NAME, header)) for header in ("Invoice Number", "Currency"))
    columns = ("invoice", "currency", "period", "source_id")
    return _load_numbered(session, "in_document", columns, (invoices, currencies, months, sources))


def _load_charges(session: Session, inputs: Inputs, charge_types: Sequence[str]) -> list[int]:
    """What a line is: charge type, kind, whether it has a price, whether all of its cells could be read."""
    bad = inputs.bad_rows(NAME)
    free = [not price for price in inputs.column(NAME, "Effective Unit Price")]
    unreadable = [row in bad for row in inputs.tables[NAME].row_numbers]
    columns = ("charge_type", "kind", "is_free", "unreadable")
    return _load_numbered(session, "in_charge", columns, (charge_types, kinds(inputs), free, unreadable))


def _load_events(session: Session, inputs: Inputs, charge_types: Sequence[str]) -> None:
    """Lines that come in pairs, with what holds a pair together; those of an unknown type may be one side of it."""
    references = inputs.column(NAME, "Reference Id")
    unknown = {name for name in set(charge_types) if canonical_charge_type(name) is None}
    numbers = [
        n
        for n, (charge_type, reference) in enumerate(zip(charge_types, references, strict=True))
        if charge_type in _PAIRED or (charge_type in unknown and reference)
    ]
    session.load(
        "in_event",
        {"n": "INTEGER", "reference_id": "VARCHAR"},
        {"n": numbers, "reference_id": folded([references[n] for n in numbers])},
    )


def _load_numbered(session: Session, name: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> list[int]:
    """A relation of the distinct rows of some columns, and for each line the number of its own."""
    places, distinct = numbered(*columns)
    number = name.removeprefix("in_") + "_no"
    types = {number: "INTEGER", **{column: "BOOLEAN" if column in _FLAGS else "VARCHAR" for column in names}}
    parts = list(zip(*distinct, strict=True)) or [()] * len(names)
    session.load(name, types, {number: range(len(distinct)), **dict(zip(names, parts, strict=True))})
    return places


def _load_customers(session: Session, inputs: Inputs) -> list[int]:
    """The vendor customers of the lines and of daily usage, which is loaded with their numbers."""
    places, distinct = numbered(inputs.column(NAME, "Customer Id"), inputs.column(NAME, "Customer Name"))
    distinct += further_customers(inputs, distinct)
    load_daily_usage(session, inputs, distinct)
    session.load(
        "in_customer",
        {
            "customer_no": "INTEGER",
            "customer_id": "VARCHAR",
            "customer_name": "VARCHAR",
            "name_key": "VARCHAR",
            "exact_key": "VARCHAR",
        },
        {
            "customer_no": range(len(distinct)),
            "customer_id": [(id_ or "").casefold() for id_, _ in distinct],
            "customer_name": [name or id_ or "(no customer)" for id_, name in distinct],
            "name_key": [normalise_name(name or "") for _, name in distinct],
            "exact_key": [exact_key(name or "") for _, name in distinct],
        },
    )
    return places


def _load_products(session: Session, inputs: Inputs) -> list[int]:
    headers = ("Product Id", "Sku Id", "Product Name", "Sku Name")
    places, distinct = numbered(*(inputs.column(NAME, header) for header in headers), terms(inputs), plans(inputs))
    columns = ("product_id", "sku_id", "product_key", "sku_key", "product_name", "term", "plan")
    session.load(
        "in_product",
        {"product_no": "INTEGER", **dict.fromkeys(columns, "VARCHAR")},
        {
            "product_no": range(len(distinct)),
            "product_id": [(row[0] or "").casefold() for row in distinct],
            "sku_id": [(row[1] or "").casefold() for row in distinct],
            "product_key": [normalise_label(row[2] or "") for row in distinct],
            "sku_key": [normalise_label(row[3] or "") for row in distinct],
            "product_name": [row[3] or row[2] or "" for row in distinct],
            "term": [row[4] for row in distinct],
            "plan": [row[5] for row in distinct],
        },
    )
    return places
