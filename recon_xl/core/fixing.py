"""The order in which gaps of a month's inputs are closed: what comes first makes later gaps go away."""

from __future__ import annotations

from enum import StrEnum


class FixStep(StrEnum):
    """A step of getting a month ready to run, in the order to take them."""

    CELLS = "Cells that cannot be read"
    SOURCES = "Sources"
    CUSTOMERS = "Customers"
    PRODUCTS = "Products"
    PRICES = "Prices and rates"
    TAX = "Tax"
    AGREEMENTS = "Agreements and purchase orders"
