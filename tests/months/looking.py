"""Looking things up in a generated month's files by hand: lines of a client and product, prices in force, sums."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from recon_xl.sample import Month, PlantedFault

Row = dict[str, str]


def fault_of(month: Month) -> PlantedFault:
    """The only fault of a month."""
    (fault,) = month.planted
    return fault


def last_day(month: Month) -> str:
    """Last day of the period, as text."""
    year, number = month.period.split("-")
    return f"{month.period}-{monthrange(int(year), int(number))[1]}"


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Their sum."""
    return sum(amounts, Decimal(0))


def half_up(amount: Decimal) -> Decimal:
    """Half away from zero, two decimals."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def down(amount: Decimal) -> Decimal:
    """Toward zero, two decimals."""
    return amount.quantize(Decimal("0.01"), ROUND_DOWN)


def customer(month: Month, name: str) -> Row:
    """A row of Customers."""
    return next(row for row in month.mapping["Customers"] if row["Customer"] == name)


def product(month: Month, name: str) -> Row:
    """The first row of a product on Products."""
    return next(row for row in month.mapping["Products"] if row["Billing Product"] == name)


def billed_rows(month: Month, client: str, name: str | None = None) -> list[Row]:
    """Billed lines of the period for a client, and a product where one is named."""
    clients = {client, *customer(month, client)["Aliases"].split("; ")}
    products = None if name is None else {name, *product(month, name)["Aliases"].split("; ")}
    return [
        row
        for row in month.billed
        if row["Customer"] in clients
        and (products is None or row["Product"] in products)
        and (row["Billing Month"] or row["Period Start"][:7] or month.period) == month.period
    ]


def net(row: Row) -> Decimal:
    """Amount of a billed line, else quantity x unit price."""
    return Decimal(row["Amount"]) if row["Amount"] else Decimal(row["Quantity"]) * Decimal(row["Unit Price"])


def vendor_rows(month: Month, client: str, name: str | None = None, rows: Iterable[Row] | None = None) -> list[Row]:
    """Vendor lines of a client found by id, and of a product where one is named."""
    ids = set(customer(month, client)["Vendor Customer Ids"].split("; ")) - {""}
    names = {_plain(name) for name in (client, *customer(month, client)["Aliases"].split("; "))}
    offers = [row for row in month.mapping["Products"] if row["Billing Product"] == name]
    return [
        row
        for row in (rows if rows is not None else (row for found in month.vendor_files.values() for row in found))
        if (row["CustomerId"] in ids or _plain(row["CustomerName"]) in names)
        and (name is None or any(_is(row, offer) for offer in offers))
    ]


def _is(row: Row, offer: Row) -> bool:
    """The vendor's product, in the term and plan that Products names."""
    term = {"P1Y": "One-Year", "P1M": "One-Month", "": ""}[offer["Term"]]
    return (
        (row["ProductId"], row["SkuId"]) == (offer["Product Id"], offer["Sku Id"])
        and row["TermAndBillingCycle"].startswith(term)
        and offer["Plan"] in ("", row["BillingFrequency"])
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def earlier_rows(month: Month, fault: PlantedFault) -> list[Row]:
    """Vendor lines of earlier invoices for the fault's client and product."""
    return vendor_rows(
        month, fault.customer, fault.product, [row for _, _, rows in month.earlier_files for row in rows]
    )


def daily_rows(month: Month) -> list[Row]:
    """All rows of the daily usage files."""
    return [row for rows in month.daily_files.values() for row in rows]


def in_force(rows: Iterable[Row], day: str) -> list[Row]:
    """The rows that hold on that day."""
    return [row for row in rows if (row["Start"] or "0") <= day <= (row["End"] or "9")]


def tax_due(month: Month, client: str, name: str, row: Row) -> Decimal:
    """Tax on a billed line by the client's region and the product's class."""
    found = {
        row["Product Class"]: row
        for row in month.mapping["Tax"]
        if row["Tax Region"] == customer(month, client)["Tax Region"]
    }
    rate = found.get(product(month, name)["Product Class"] or "*") or found["*"]
    return half_up(net(row) * Decimal(rate["Rate"]) / 100)
