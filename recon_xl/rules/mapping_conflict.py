"""Rows of the mapping that contradict each other, so that one of them has no effect.

What it finds
    Rows of one Billing Product on Products that disagree on where its expected bill comes from, rows of one Customer that
    disagree on its currency, tax or terms, and two contracts in force at period end for one client and product that disagree
    on the price or on other terms. A row of Customers that leaves a cell blank agrees.

Why it matters
    Only one row holds: the first of Products and Customers, the contract that began last. Whoever reads the other one
    expects another bill.

Example
    A contract of 14.00 runs on although a new one of 15.00 began in May: 15.00 is expected.

How to clear it
    Make the rows of Products agree, or end the contract that was replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import plain
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

CODE = "mapping-conflict"
TITLE = "Mapping rows disagree"
SEVERITY = "Medium"
PER_KEY = False
FIX_STEP = FixStep.PRODUCTS

_PRODUCT_FACTS = (
    "Quantity Source",
    "Price Basis",
    "Profile",
    "Count Source",
    "Count Basis",
    "Included",
    "Minimum",
    "Maximum",
    "Product Class",
)
_CLIENT_FACTS = (
    "Currency",
    "Reseller",
    "Tax Region",
    "Country",
    "Tax Id",
    "Exempt",
    "Certificate",
    "Certificate Expiry",
    "Terms Days",
    "PO Required",
)
_CONTRACT_TERMS = (
    "Price",
    "Currency",
    "Quantity Source",
    "Price Basis",
    "Prorate",
    "Included",
    "Minimum",
    "Maximum",
)

Row = dict[str, Any]


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a product, or a client and product; nothing is at stake."""
    yield from _rows_apart(inputs, "Products", "Billing Product", _PRODUCT_FACTS)
    yield from _rows_apart(inputs, "Customers", "Customer", _CLIENT_FACTS)
    yield from _contracts_apart(inputs)


def _rows_apart(inputs: Inputs, tab: str, key: str, facts: Sequence[str]) -> Iterator[Hit]:
    """Rows of a tab for one product or client, whose first row holds."""
    read = _values if tab == "Products" else _stated_after_the_first
    for name, rows in _grouped(inputs, tab, key).items():
        if len(rows) == 1:
            continue
        clashing = [(fact, values) for fact in facts if len(values := read(rows, fact)) > 1]
        if clashing:
            where = _listed([str(row["row"]) for row in rows])
            about = ("", name) if tab == "Products" else (name, "")
            yield _hit(
                ("product" if tab == "Products" else "client", name),
                (*about, rows[0].get("Currency") or inputs.settings.base_currency),
                f"Rows {where} of {tab} disagree: {_words(clashing)}. The first row holds.",
                f"Make the rows of {name} on {tab} agree.",
            )


def _contracts_apart(inputs: Inputs) -> Iterator[Hit]:
    base = inputs.settings.base_currency
    for rows in _contracts(inputs).values():
        if len(rows) == 1:
            continue
        terms = [(term, _stated(rows, term)) for term in _CONTRACT_TERMS]
        clashing = [(term, values) for term, values in terms if len(values) > 1]
        if clashing:
            # The one that began last holds; of two that began on one day, the upper row.
            last = max(rows, key=_start)
            client, name = last["Customer"], last["Billing Product"]
            contracts = _listed([str(row["Agreement"]) for row in rows])
            yield _hit(
                ("contract", client, name.casefold()),
                (client, name, last["Currency"] or base),
                f"Contracts {contracts} are in force together and disagree: {_words(clashing)}. {last['Agreement']} holds.",
                f"End the contract that was replaced, so that one is left for {client} and {name}.",
            )


def _hit(identity: tuple[str, ...], about: tuple[str, str, str], why: str, action: str) -> Hit:
    client, name, currency = about
    return Hit(
        identity=identity, customer=client, product=name, currency=currency, at_stake=Decimal(0), direction=REVIEW,
        why=why, action=action, lines=(),
    )  # fmt: skip


def _grouped(inputs: Inputs, tab: str, key: str) -> dict[str, list[Row]]:
    """Several rows with one key, in the order of the tab."""
    rows: dict[str, list[Row]] = {}
    for number, row in zip(inputs.tables[tab].row_numbers, inputs.records(tab), strict=True):
        if row[key]:
            rows.setdefault(row[key], []).append(row | {"row": number})
    return {name: group for name, group in rows.items() if len(group) > 1}


def _contracts(inputs: Inputs) -> dict[tuple[str, str], list[Row]]:
    """Contracts in force at period end by client and product; those for all products are apart."""
    end = inputs.settings.period_end
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in inputs.records("Agreements"):
        if row["Customer"] and row["Billing Product"] and _is_in_force(row, end):
            rows.setdefault((row["Customer"], row["Billing Product"].casefold()), []).append(row)
    return rows


def _is_in_force(row: Row, end: date) -> bool:
    is_contract = (row["Type"] or "contract") == "contract" and (row["Status"] or "Active") == "Active"
    return is_contract and _start(row) <= end <= (row["End"] or date.max)


def _start(row: Row) -> date:
    start: date = row["Start"] or date.min
    return start


def _values(rows: Sequence[Row], column: str) -> list[str]:
    """The different values of a column, blank being one of them, in the order of the rows."""
    return list(dict.fromkeys(_text(row.get(column)) for row in rows))


def _stated_after_the_first(rows: Sequence[Row], column: str) -> list[str]:
    """The value of the first row, and what others state besides."""
    return list(dict.fromkeys([_text(rows[0].get(column)), *_stated(rows[1:], column)]))


def _stated(rows: Sequence[Row], column: str) -> list[str]:
    """The different values that rows state; a blank states nothing."""
    return list(dict.fromkeys(_text(row[column]) for row in rows if row.get(column) is not None))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return plain(value)
    return str(value) if value not in (None, "") else "blank"


def _words(clashing: Sequence[tuple[str, Sequence[str]]]) -> str:
    return "; ".join(f"{column} {' against '.join(values)}" for column, values in clashing)


def _listed(parts: Sequence[str]) -> str:
    """`6 and 9`, `6, 7 and 9`."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
