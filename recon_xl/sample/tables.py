"""The mapping tabs that go with the month: customers, products, agreements, orders, subscriptions, tax."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from recon_xl.sample.catalogue import PRODUCTS, Product
from recon_xl.sample.clients import REVERSE_CHARGE, TAX_ROWS, Client, Paper
from recon_xl.sample.cycles import ONE_DAY, shift
from recon_xl.sample.deals import BilledLine, Deal
from recon_xl.sample.money import number_text
from recon_xl.sample.month import Row
from recon_xl.sample.reckoning import ZERO, seats_at_end
from recon_xl.sample.workshop import Workshop


def iso(day: date | None) -> str:
    """A date as text, blank for none."""
    return day.isoformat() if day else ""


def number(value: Fraction | int | None) -> str:
    """A number as text, blank for none."""
    return "" if value is None else number_text(Fraction(value))


def customer_row(client: Client, year: int) -> Row:
    """One row of Customers."""
    exempt = client.exempt or bool(client.certificate)
    return {
        "Customer": client.name,
        "Code": client.code,
        "Vendor Customer Ids": "; ".join(tenant.id for tenant in client.tenants) if client.match == "id" else "",
        "Aliases": "; ".join(client.aliases),
        "Reseller": client.reseller,
        "Tax Region": client.region,
        "Country": client.country,
        "Tax Id": client.tax_id,
        "Exempt": "Yes" if exempt else "",
        "Certificate": client.certificate,
        "Certificate Expiry": iso(client.expiry or date(year + 1, 12, 31)) if client.certificate else "",
        "Currency": client.currency,
        "Contact": client.contact,
        "E-mail": client.email,
        "Terms Days": client.terms,
        "Tracking": client.tracking,
        "PO Required": "Yes" if client.order_required else "",
        "Draft Tab": client.draft_tab,
    }


def product_rows(product: Product) -> list[Row]:
    """The rows of Products for one product: one for each vendor SKU, or one without."""
    included, minimum, maximum = product.limits
    common = {
        "Term": product.term,
        "Plan": product.plan,
        "Stock Item": "",
        "Aliases": "; ".join(product.aliases),
        "Quantity Source": product.quantity,
        "Price Basis": product.basis,
        "Profile": product.profile,
        "Count Source": product.count_source,
        "Included": included,
        "Minimum": minimum,
        "Maximum": maximum,
        "Item Code": product.item,
        "Account Code": product.account,
        "Product Class": product.tax_class,
    }
    skus = [(offer.product_id, offer.sku_id) for offer in product.offers] or [("", "")]
    return [{"Billing Product": product.name, "Product Id": vendor, "Sku Id": sku, **common} for vendor, sku in skus]


def agreement_rows(shop: Workshop) -> list[Row]:
    """The rows of Agreements: a price, an override, a limit, for each deal that has one; earlier and announced prices."""
    start = shop.first.replace(month=1, day=1)
    rows = [_paper(client, paper) for client in shop.clients for paper in client.papers]
    for deal in shop.deals.values():
        if not deal.agreement:
            continue
        rows.append(_agreement(deal, iso(start)))
        if deal.old_price is not None and deal.basis == "fixed":
            before = {"Start": iso(start.replace(year=start.year - 1)), "End": iso(start - ONE_DAY)}
            rows.append(_repriced(rows[-1], "OLD", deal.old_price) | before)
        if deal.next_price is not None and deal.basis == "fixed":
            rows.append(_repriced(_agreement(deal, ""), "NEXT", deal.next_price) | {"Start": iso(announced(shop))})
    return rows


def announced(shop: Workshop) -> date:
    """The first day of prices that were announced, and do not hold yet."""
    return shift(shop.first, 2)


def _repriced(row: Row, version: str, price: Fraction) -> Row:
    return row | {"Agreement": f"{row['Agreement']}-{version}", "Price": number(price)}


def _paper(client: Client, paper: Paper) -> Row:
    row = dict.fromkeys(
        ("Price", "Currency", "Quantity Source", "Price Basis", "Prorate", "Included", "Minimum", "Maximum"), ""
    )
    return {
        "Agreement": paper.number,
        "Customer": client.name,
        "Billing Product": paper.product,
        "Type": paper.kind,
        "Status": paper.status,
        "Start": iso(paper.start),
        "End": iso(paper.end),
        **row,
    }


def _agreement(deal: Deal, start: str) -> Row:
    limits = zip((deal.included, deal.minimum, deal.maximum), deal.product.limits, strict=True)
    included, minimum, maximum = (number(own) if number(own) != usual else "" for own, usual in limits)
    return {
        "Agreement": deal.agreement,
        "Customer": deal.client.name,
        "Billing Product": deal.product.name,
        "Type": "contract",
        "Status": "Active",
        "Start": start,
        "End": "",
        "Price": number(deal.price) if deal.basis == "fixed" else "",
        "Currency": deal.client.currency,
        "Quantity Source": "",
        "Price Basis": deal.basis if deal.override else "",
        "Prorate": "" if deal.prorate else "No",
        "Included": included,
        "Minimum": minimum,
        "Maximum": maximum,
    }


def order_rows(shop: Workshop) -> list[Row]:
    """The rows of Purchase Orders."""
    start, end = shop.first.replace(month=1, day=1), shop.first.replace(month=12, day=31)
    return [
        {
            "Customer": client.name,
            "PO": client.order,
            "Amount": client.order_amount,
            "Currency": client.currency,
            "Start": iso(start),
            "End": iso(end),
        }
        for client in shop.clients
        if client.order
    ]


def tax_rows() -> list[Row]:
    """The rows of Tax."""
    return [
        {
            "Tax Region": region,
            "Product Class": group,
            "Tax Code": code,
            "Rate": rate,
            "Start": "",
            "End": "",
            "Reverse Charge": "Yes" if region == REVERSE_CHARGE else "",
            "Reason": reason,
        }
        for region, group, code, rate, reason in TAX_ROWS
    ]


def subscription_rows(shop: Workshop) -> list[Row]:
    """The rows of Subscriptions, as the vendor's portal lists them at the end of the month."""
    rows = []
    for deal in shop.deals.values():
        for subscription in deal.subscriptions:
            lines = [line for line in (*deal.earlier, *deal.lines) if line.subscription is subscription]
            if subscription.kind != "licence" or not (lines or subscription.status):
                continue
            gone = subscription.status not in ("", "Active")
            seats = ZERO if gone else seats_at_end([line for line in lines if line.charge != "customerCredit"])
            start, end = (lines[-1].term if lines else None) or (subscription.start, subscription.end)
            rows.append(
                {
                    "Subscription Id": subscription.id,
                    "Customer Id": subscription.tenant.id,
                    "Product Id": subscription.offer.product_id,
                    "Sku Id": subscription.offer.sku_id,
                    "Name": subscription.offer.title,
                    "Status": subscription.status or ("Active" if seats > ZERO else "Deleted"),
                    "Term": subscription.term,
                    "Plan": subscription.plan,
                    "Quantity": number(seats),
                    "Start": iso(start),
                    "End": iso(end),
                    "Auto Renew": "Yes" if seats > ZERO else "No",
                }
            )
    return rows


def billed_row(line: BilledLine) -> Row:
    """One row of Billed Lines."""
    return {
        "Customer": line.customer,
        "Product": line.product,
        "Description": line.description,
        "Quantity": number(line.quantity),
        "Unit Price": number(line.unit),
        "Amount": number(line.amount),
        "Currency": line.currency,
        "Billing Month": line.month,
        "Period Start": iso(line.start),
        "Period End": iso(line.end),
        "Subscription Id": line.subscription,
        "Agreement": line.agreement,
        "PO": line.order,
        "Tax Code": line.tax_code,
        "Tax": number(line.tax),
    }


def all_products() -> list[Row]:
    """The rows of Products."""
    return [row for product in PRODUCTS for row in product_rows(product)]


def previous_day(first: date) -> str:
    """The last day of the month before, as text."""
    return iso(first - ONE_DAY)
