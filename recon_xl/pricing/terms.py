"""Terms: where the expected bill of a client and product comes from; the product's own, overridden by an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from recon_xl.contract import Settings
from recon_xl.core.agreement import CONTRACT, is_valid, kind_of
from recon_xl.core.terms import Terms

Record = Mapping[str, Any]


class TermBook:
    """The terms of every client and product."""

    def __init__(self, settings: Settings, products: Iterable[Record], agreements: Iterable[Record]) -> None:
        self._period = settings.period_start, settings.period_end
        self._products: dict[str, Record] = {}
        for row in products:
            self._products.setdefault(row["Billing Product"], row)
        self._without_agreement: dict[str, Terms] = {}
        self._agreements: dict[tuple[str, str], list[Record]] = {}
        for row in agreements:
            if kind_of(row) == CONTRACT:
                key = (row["Customer"] or "", (row.get("Billing Product") or "").casefold())
                self._agreements.setdefault(key, []).append(row)

    def of(self, client: str, product: str) -> Terms:
        """The terms of a client and a product that Products lists.

        An agreement for the product beats one for all products; one in force beats one that has ended. Prices belong to
        a product: that of an agreement for all products prices none.
        """
        own = self._best(self._agreements.get((client, product.casefold()), []))
        general = self._best(self._agreements.get((client, ""), []))
        if not own and not general:
            if product not in self._without_agreement:
                self._without_agreement[product] = self._combined(product, own, general)
            return self._without_agreement[product]
        return self._combined(product, own, general)

    def _combined(self, product: str, own: Record, general: Record) -> Terms:
        base = self._products[product]
        rows = [row for row in (own, general) if row]
        if len(rows) > 1:
            rows.sort(key=lambda row: not self._is_in_force(row))
        asked = (*rows, base)

        def pick(column: str) -> Any:
            for row in asked:
                value = row.get(column)
                if value is not None:
                    return value
            return None

        prorates = next((row["Prorate"] for row in rows if row.get("Prorate") is not None), True)
        return Terms(
            quantity_source=pick("Quantity Source") or "vendor",
            price_basis=pick("Price Basis") or "as billed",
            profile=base.get("Profile") or product,
            names_profile=bool(base.get("Profile")),
            count_source=(base.get("Count Source") or "").casefold(),
            count_basis=base.get("Count Basis") or "total",
            included=pick("Included"),
            minimum=pick("Minimum"),
            maximum=pick("Maximum"),
            prorates=prorates is not False,
            agreement=own.get("Agreement") or "",
            price=own.get("Price"),
            price_currency=own.get("Currency") or "",
            item_code=base.get("Item Code") or "",
            account_code=base.get("Account Code") or "",
            product_class=base.get("Product Class") or "",
        )

    def prices(self, client: str, product: str) -> tuple[Record, list[Record]]:
        """The client's own contract for a product that decides, and its other ones that name a price."""
        rows = self._agreements.get((client, product.casefold()), [])
        best = self._best(rows)
        return best, [row for row in rows if row is not best and row.get("Price") is not None]

    def _best(self, rows: list[Record]) -> Record:
        """The agreement in force at period end, else the last one that has been: its price still explains the bill."""
        if not rows:
            return {}
        _, end = self._period
        if len(rows) == 1 and (rows[0].get("Start") or date.min) <= end:
            return {} if rows[0].get("Status") == "Pending" else rows[0]
        begun = [row for row in rows if (row.get("Start") or date.min) <= end and row.get("Status") != "Pending"]
        return max(begun, key=lambda row: (self._is_in_force(row), row.get("Start") or date.min), default={})

    def _is_in_force(self, row: Record) -> bool:
        """Status Active and Start <= period end <= End or blank."""
        return is_valid(row, self._period[1])
