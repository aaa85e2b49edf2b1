"""Columns and choices that several mapping tabs share."""

from __future__ import annotations

from recon_xl.contract.model import Column, Kind, column

YES_NO = ("Yes", "No")
QUANTITY_SOURCES = ("vendor", "count", "none")
PRICE_BASES = ("markup", "rrp", "fixed", "list", "as billed")
COUNT_BASES = ("total", "assigned", "active")
"""What a count counts: seats owned, seats given to a user, or users and devices seen lately."""
CLIENT_ALIASES = ("Client", "Client Name", "Customer Name", "Company", "Company Name", "Account", "Account Name")
"""What the PSA and the counting tools call the client account."""


def dated() -> tuple[Column, Column]:
    """First and last day on which a row holds."""
    return (
        column(
            "Start",
            Kind.DATE,
            "First day this row holds; blank = always.",
            aliases=("Valid From", "From Date"),
            width=12,
        ),
        column("End", Kind.DATE, "Last day this row holds; blank = open.", aliases=("Valid To", "To Date"), width=12),
    )


CURRENCY = column(
    "Currency",
    Kind.ID,
    "ISO 4217 code, such as USD, EUR, JPY.",
    aliases=("Currency Code", "Curr"),
    unit="ISO 4217",
    width=10,
)
