"""The rows of a result tab that one key, or one customer and product, is about."""

from __future__ import annotations

from collections.abc import Sequence

from recon_xl.functions.errors import NA, CellFault
from recon_xl.functions.model import Argument, Takes
from recon_xl.functions.tables import Table, by_text, folded

KEY, CUSTOMER, PRODUCT, CURRENCY, SEVERITY = "Key", "Customer", "Product", "Currency", "Severity"
RESOLVED, CONSEQUENCE = "resolved", "consequence"

EXCEPTIONS = Argument("exceptions", "The tab Exceptions with its header row: Exceptions[#All].", is_table=True)
KEY_OR_CUSTOMER = Argument("key_or_customer", "Key of a finding, or a client account.", takes=Takes.TEXT)
OF_PRODUCT = Argument("product", "Only this billing product; all if left out.", True, takes=Takes.TEXT, default="")


class Findings:
    """Exceptions by key and by customer; a table without keys, such as Client Summary, by customer only."""

    def __init__(self, whole_table: Table) -> None:
        table = self.table = whole_table.without_totals()
        self._by_key = by_text(table.texts(KEY)) if table.has(KEY) else {}
        self._by_customer = by_text(table.texts(CUSTOMER))
        severities = table.texts(SEVERITY) if table.has(SEVERITY) else [""] * table.height
        self.severities = [folded(severity) for severity in severities]

    def of_key(self, key: str) -> Sequence[int]:
        """The row of a finding; none where there is no such key."""
        return self._by_key.get(folded(key), ())

    def of_customer(self, customer: str, product: str) -> Sequence[int]:
        """The rows of a client, of one product where it is given, largest money first as the tab has them; `#N/A` for none."""
        rows = self._by_customer.get(folded(customer), ())
        if product:
            products = self.table.texts(PRODUCT) if rows else []
            rows = [row for row in rows if folded(products[row]) == folded(product)]
        if not rows:
            raise CellFault(NA)
        return rows
