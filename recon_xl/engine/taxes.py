"""The tax that a client owes on a product: Customers, the product's class and the Tax tab together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recon_xl.core.tax import TaxDue, TaxTable, tax_row
from recon_xl.engine.inputs import Inputs


class Taxes:
    """Tax at the invoice date; each client and product is looked up once."""

    def __init__(self, inputs: Inputs) -> None:
        settings = inputs.settings
        bad, numbers = inputs.bad_rows("Tax"), inputs.tables["Tax"].row_numbers
        rows = (
            tax_row(number, record, is_readable=number not in bad)
            for number, record in zip(numbers, inputs.records("Tax"), strict=True)
        )
        self.on = settings.invoice_date or settings.period_end
        self.table = TaxTable(rows, self.on)
        self.customers: dict[str, Mapping[str, Any]] = {
            row["Customer"]: row for row in reversed(inputs.records("Customers")) if row["Customer"]
        }
        typed = inputs.tables["Customers"]
        bad_customers = inputs.bad_rows("Customers")
        self.doubtful = {
            name
            for name, number in zip(inputs.column("Customers", "Customer"), typed.row_numbers, strict=True)
            if number in bad_customers
        }
        """Customers with a cell that cannot be read: their tax is not judged."""
        self._classes: dict[str, str] = {}
        for row in inputs.records("Products"):
            self._classes.setdefault(row["Billing Product"], row.get("Product Class") or "")
        self._known: dict[tuple[str, str], TaxDue] = {}

    def due(self, client: str, product: str) -> TaxDue:
        """Code and rate, or the problem that holds the draft; a product that Products does not list has no class."""
        key = (client, self._classes.get(product, ""))
        if key not in self._known:
            self._known[key] = self.table.of(self.customers[client], key[1])
        return self._known[key]
