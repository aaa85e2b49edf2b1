"""Billed lines -> ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.contract.sources import BILLED_LINES
from recon_xl.core.money import EXACT, ZERO, product, ratio
from recon_xl.engine.columns import copy_numbers, folded, line_ids, texts
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_names import Names, numbers_of
from recon_xl.engine.session import AMOUNT, Session

NAME = "Billed Lines"

_LEDGER_STEP = Decimal(1).scaleb(-18)
_OWN_COLUMNS = {"Line", "Source", "Source Row"}
_TYPES = {
    "n": "INTEGER", "line_id": "VARCHAR", "source_id": "VARCHAR", "copy": "INTEGER", "unreadable": "BOOLEAN",
    "customer_name_no": "INTEGER", "product_name_no": "INTEGER",
    "quantity": AMOUNT, "unit_price": AMOUNT, "amount": AMOUNT, "is_computed": "BOOLEAN", "currency": "VARCHAR", "month": "VARCHAR",
    "subscription_id": "VARCHAR",
    "agreement": "VARCHAR", "po": "VARCHAR", "tax_code": "VARCHAR", "tax": AMOUNT,
}  # fmt: skip


def load_billed_lines(session: Session, inputs: Inputs, names: Names) -> None:
    """The relation `in_billed_line`. An amount left blank is quantity x unit price; a unit price, the reverse."""

    def column(header: str) -> list[Any]:
        return inputs.column(NAME, header)

    rows, bad = inputs.tables[NAME].row_numbers, inputs.bad_rows(NAME)
    quantities, units, amounts = column("Quantity"), column("Unit Price"), column("Amount")
    sources = texts(column("Source"))
    session.load(
        "in_billed_line",
        _TYPES,
        {
            "n": range(len(rows)),
            "line_id": line_ids(inputs, NAME),
            "source_id": sources,
            "copy": _copies(inputs, lambda place: (not sources[place], sources[place], rows[place])),
            "unreadable": [row in bad for row in rows],
            "customer_name_no": numbers_of(names.customers, inputs, NAME, "Customer"),
            "product_name_no": numbers_of(names.products, inputs, NAME, "Product"),
            "quantity": [quantity or ZERO for quantity in quantities],
            "unit_price": _unit_prices(quantities, units, amounts),
            "amount": _amounts(quantities, units, amounts),
            "is_computed": [amount is None for amount in amounts],
            "currency": texts(column("Currency")),
            "month": [
                month or (None if start is None else f"{start:%Y-%m}")
                for month, start in zip(column("Billing Month"), column("Period Start"), strict=True)
            ],
            "subscription_id": folded(column("Subscription Id")),
            "agreement": texts(column("Agreement")),
            "po": texts(column("PO")),
            "tax_code": texts(column("Tax Code")),
            "tax": column("Tax"),
        },
    )


def _copies(inputs: Inputs, order: Callable[[int], Any]) -> list[int]:
    columns = [inputs.column(NAME, column.name) for column in BILLED_LINES.columns if column.name not in _OWN_COLUMNS]
    contents = list(zip(*columns, strict=True))
    return copy_numbers(contents, order, lambda place: contents[place])


def _unit_prices(quantities: Sequence[Any], units: Sequence[Any], amounts: Sequence[Any]) -> list[Decimal | None]:
    return [
        round_to_ledger(ratio(amount, quantity)) if unit is None and quantity and amount is not None else unit
        for quantity, unit, amount in zip(quantities, units, amounts, strict=True)
    ]


def round_to_ledger(price: Decimal) -> Decimal:
    """A product or quotient rounded to the ledger's 18 decimals, far beyond the last cent."""
    return EXACT.quantize(price, _LEDGER_STEP)


def _amounts(quantities: Sequence[Any], units: Sequence[Any], amounts: Sequence[Any]) -> list[Decimal]:
    """Amounts as stated; computed ones are rounded later, in the currency that the client turns out to have."""
    return [
        round_to_ledger(product(quantity or ZERO, unit or ZERO)) if amount is None else amount
        for quantity, unit, amount in zip(quantities, units, amounts, strict=True)
    ]
