"""Mapping rows with a cell that cannot be read: what they would have priced is held, never priced by a more general row."""

from __future__ import annotations

from recon_xl.engine.inputs import Inputs

_CUSTOMER_OF = {"Agreements": "Customer", "Sell Prices": "Customer", "Price Rules": "Applies To"}
_TABLES = ("Agreements", "Sell Prices", "Price Rules", "Products")


class Spoiled:
    """Which clients and products a bad mapping row speaks of."""

    def __init__(self, inputs: Inputs) -> None:
        self._reasons: dict[tuple[str, str], str] = {}
        for problem in inputs.problems():
            if problem.table in _TABLES:
                typed = inputs.tables[problem.table]
                place = typed.row_numbers.index(problem.row)
                column = _CUSTOMER_OF.get(problem.table)
                client = str(typed.columns[column][place] or "") if column else ""
                product = str(typed.columns["Billing Product"][place] or "")
                key = (client, product.casefold())
                self._reasons.setdefault(key, f"{problem.sheet} > row {problem.row} > {problem.column} cannot be read")

    def reason(self, client: str, product: str) -> str | None:
        """Why a client and product cannot be priced; None where no bad row speaks of them."""
        if not self._reasons:
            return None
        label = product.casefold()
        keys = ((client, label), (client, ""), ("", label))
        return next((self._reasons[key] for key in keys if key in self._reasons), None)
