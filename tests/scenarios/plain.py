"""A plain month that later stories change in one place: one client, ten seats at 14.00, billed as they should be."""

from __future__ import annotations

from scenarios.harness import Books, OpenBooks

CLIENT, SEATS = "Alder Legal", "Business Standard"


def plain_month(books: OpenBooks, *, bill: dict[str, str] | None = None, **customer: str) -> Books:
    """140.00 net, 8 % tax: 11.20. `bill` are more cells of the billed line, the others cells of the client."""
    month = books("2026-10").customer(CLIENT, **customer).product(SEATS, "list")
    return with_seats(month, CLIENT, **(bill or {}))


def with_seats(month: Books, client: str, **bill: str) -> Books:
    """Ten seats of the product for a client, at 14.00 by the price list."""
    if not month.tables.get("Sell Prices"):
        month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "14.00"})
    month.cycle(client, "10", "10.08", "100.80", subscription_id=f"sub of {client}")
    return month.bill(client, SEATS, "10", "14.00", "140.00", **bill)
