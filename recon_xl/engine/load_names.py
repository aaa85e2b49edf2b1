"""The names of customers and products on billed and counted lines -> ledger: each distinct one is normalised and looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from recon_xl.core.identity import exact_key, normalise_label, normalise_name
from recon_xl.engine.columns import texts
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

_TABLES = ("Billed Lines", "Counts")


class Names(NamedTuple):
    """Number of each name as printed: by it lines name their customer and product."""

    customers: Mapping[str, int]
    products: Mapping[str, int]


def load_names(session: Session, inputs: Inputs) -> Names:
    """The relations `in_customer_name` and `in_product_name`: a name as printed, and as it is compared."""
    customers, products = (_distinct(inputs, header) for header in ("Customer", "Product"))
    _load(session, "customer", customers, {"customer_key": normalise_name, "exact_key": exact_key})
    _load(session, "product", products, {"product_key": normalise_label, "exact_product": exact_key})
    return Names(customers, products)


def numbers_of(names: Mapping[str, int], inputs: Inputs, table: str, header: str) -> list[int]:
    """The number of the name in each row of a table."""
    return [names[text] for text in texts(inputs.column(table, header))]


def _distinct(inputs: Inputs, header: str) -> dict[str, int]:
    names = dict.fromkeys(text for table in _TABLES for text in texts(inputs.column(table, header)))
    return {name: number for number, name in enumerate(names)}


def _load(session: Session, kind: str, names: Mapping[str, int], keys: Mapping[str, Callable[[str], str]]) -> None:
    session.load(
        f"in_{kind}_name",
        {f"{kind}_name_no": "INTEGER", f"{kind}_name": "VARCHAR", **dict.fromkeys(keys, "VARCHAR")},
        {
            f"{kind}_name_no": list(names.values()),
            f"{kind}_name": list(names),
            **{column: [read(name) for name in names] for column, read in keys.items()},
        },
    )
