"""Terms: where the expected bill of a client and product comes from; the product's own, overridden by an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from recon_xl.contract import Settings
from recon_xl.core.terms import Terms

Record = Mapping[str, Any]


class TermBook:
    """The terms of every client and product."""

    def __init__(self, settings: Settings, products: Iterable[Record], agreements: Iterable[Record]) -> None:
        self._period = settings.period_start, settings.period_end
        self._products: dict[str, Record] = {}
        for row in products:
            self._products.setdefault(row["Billing Product"], row)
        self._agreements: dict[tuple[str, str], list[Record]] = {}
        for row in agreements:
            if (row.get("Type") or "contract") == "contract":
                key = ((row["Customer"] or "").casefold(), (row.get("Billing Product") or "").casefold())
                self._agreements.setdefault(key, []).append(row)

    def of(self, client: str, product: str) -> Terms:
        """The terms of a client and a product that Products lists."""
        base = self._products[product]
        own = self._best(self._agreements.get((client.casefold(), product.casefold()), []))
        general = self._best(self._agreements.get((client.casefold(), ""), []))

        def pick(column: str) -> Any:
            for row in (own, general, base):
                if row.get(column) is not None:
                    return row[column]
            return None

        priced = own if own.get("Price") is not None else general
        return Terms(
            quantity_source=pick("Quantity Source") or "vendor",
            price_basis=pick("Price Basis") or "as billed",
            profile=base.get("Profile") or product,
            count_source=base.get("Count Source") or "",
            included=pick("Included"),
            minimum=pick("Minimum"),
            maximum=pick("Maximum"),
            prorates=(own.get("Prorate") if own.get("Prorate") is not None else general.get("Prorate")) is not False,
            agreement=priced.get("Agreement") or own.get("Agreement") or "",
            price=priced.get("Price"),
            price_currency=priced.get("Currency") or "",
            item_code=base.get("Item Code") or "",
            account_code=base.get("Account Code") or "",
            product_class=base.get("Product Class") or "",
        )

    def _best(self, rows: list[Record]) -> Record:
        """The agreement in force at period end, else the latest one: its price still explains the bill."""
        _, end = self._period

        def rank(row: Record) -> tuple[bool, date]:
            start = row.get("Start") or date.min
            in_force = (row.get("Status") or "Active") == "Active" and start <= end <= (row.get("End") or date.max)
            return in_force, start

        return max(rows, key=rank) if rows else {}
