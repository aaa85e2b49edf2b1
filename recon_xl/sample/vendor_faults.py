"""Faults on the vendor's invoice: sums that are wrong, half an event, an unknown charge, a price raised too early."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from recon_xl.sample.assemble import Assembly
from recon_xl.sample.catalogue import BUSINESS_BASIC, BUSINESS_PREMIUM, M365_E3
from recon_xl.sample.cycles import period_text
from recon_xl.sample.deals import Deal
from recon_xl.sample.money import half_up, minor_units, money, money_text
from recon_xl.sample.month import PlantedFault, Row
from recon_xl.sample.planting import Planter
from recon_xl.sample.seats import load_opening, run_month
from recon_xl.sample.staging import StagedFault, by_name, folded, host
from recon_xl.sample.stories import steady
from recon_xl.sample.term_faults import grown
from recon_xl.sample.vendor import VendorLine
from recon_xl.sample.verdicts import REVIEW, VENDOR, about
from recon_xl.sample.workshop import Purchase, Workshop

_RISE = Fraction(105, 100)


def rows_of(assembly: Assembly, deal: Deal) -> list[Row]:
    """The rows of a deal on this month's invoices."""
    ids = {subscription.id for subscription in deal.subscriptions}
    return [row for rows in assembly.vendor.values() for row in rows if row["SubscriptionId"] in ids]


def row_of(assembly: Assembly, line: VendorLine) -> Row:
    """The row of one line: its reference tells the event, its subtotal the side."""
    subtotal = money_text(line.subtotal, line.subscription.tenant.currency)
    rows = [row for rows in assembly.vendor.values() for row in rows]
    return next(row for row in rows if line.reference in row.values() and row["Subtotal"] == subtotal)


def _on_list(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_BASIC), BUSINESS_BASIC, seats=shop.rng.randint(8, 60)))


def _on_markup(shop: Workshop) -> Deal:
    return folded(steady(shop, host(shop, BUSINESS_PREMIUM), BUSINESS_PREMIUM))


def _misprint(rule: str, columns: tuple[str, ...], off: int) -> Callable[[Planter, Deal], PlantedFault]:
    """So much too high or too low in some columns of a line; the invoice's own total follows."""

    def spoil(planter: Planter, deal: Deal) -> PlantedFault:
        line, currency = deal.lines[0], deal.client.home.currency
        row = row_of(planter.assembly, line)
        for column in columns:
            row[column] = str(Decimal(row[column]) + off)
        return about(
            rule, deal, Fraction(abs(off)), currency, VENDOR if off > 0 else REVIEW, product=deal.product.name,
            subscription=line.subscription.id,
        )  # fmt: skip

    return spoil


def _half_an_event(planter: Planter, deal: Deal) -> PlantedFault:
    """The old seats are taken off, the new ones never come."""
    _, taken, recreated = deal.lines
    row = row_of(planter.assembly, recreated)
    for rows in planter.assembly.vendor.values():
        rows[:] = [kept for kept in rows if kept is not row]
    currency, subscription = deal.client.home.currency, taken.subscription.id
    return about(
        "broken-pair", deal, abs(taken.subtotal), currency, product=deal.product.name, subscription=subscription
    )


def _unknown_type(planter: Planter, deal: Deal) -> PlantedFault:
    line = deal.lines[0]
    row_of(planter.assembly, line)["ChargeType"] = "transferIn"
    return about("unknown-charge-type", deal, abs(line.subtotal), deal.client.home.currency, product=deal.product.name)


def _raised(shop: Workshop) -> Deal:
    """Last month's charge at the term's price, this month's five per cent above; the bill follows."""
    deal = shop.deal(host(shop, M365_E3), M365_E3)
    subscription = shop.subscribe(deal, Purchase(), deal.client.home)
    seats = shop.rng.randint(5, 40)
    load_opening(shop, deal, subscription, seats)
    subscription.unit_price = half_up(subscription.unit_price * _RISE, minor_units(deal.client.currency))
    run_month(shop, deal, subscription, seats)
    return folded(deal)


def _mid_term(planter: Planter, deal: Deal) -> PlantedFault:
    before, now = deal.earlier[0], deal.lines[0]
    currency = deal.client.home.currency
    fair = now.subtotal * before.unit_price / now.unit_price
    at_stake = half_up(now.subtotal - fair, minor_units(currency))
    return about(
        "vendor-price-mid-term", deal, at_stake, currency, VENDOR, product=deal.product.name,
        subscription=now.subscription.id,
    )  # fmt: skip


def _red_control(planter: Planter, deal: Deal) -> PlantedFault:
    """The deal on an invoice of its own, whose printed total has an adjustment that the file lacks."""
    adjustment = Fraction(planter.rng.randint(1000, 9000), 100)
    return red_invoice(planter.assembly, [deal], adjustment)


def red_invoice(assembly: Assembly, deals: list[Deal], adjustment: Fraction) -> PlantedFault:
    """Move the deals to an invoice of their own, whose printed total is higher by an adjustment."""
    currency = deals[0].client.home.currency
    adjustment = half_up(adjustment, minor_units(currency))
    invoice = assembly.invoice(currency, period_text(assembly.shop.first))
    moved = [row for deal in deals for row in rows_of(assembly, deal)]
    assembly.vendor[currency] = [row for row in assembly.vendor[currency] if not any(row is other for other in moved)]
    for row in moved:
        row["InvoiceNumber"] = invoice.number
    assembly.more_invoices.append((invoice, moved))
    assembly.adjustments[invoice.number] = money(adjustment, currency)
    return about("invoice-control-difference", None, abs(adjustment), currency, invoice=invoice.number)


VENDOR_FAULTS = by_name(
    StagedFault("vendor-arithmetic", _on_list, _misprint("vendor-arithmetic", ("Subtotal", "Total"), 5)),
    StagedFault("vendor-arithmetic-low", _on_list, _misprint("vendor-arithmetic", ("Subtotal", "Total"), -5)),
    StagedFault("vendor-total", _on_list, _misprint("vendor-total", ("Total",), 3)),
    StagedFault("broken-pair", grown, _half_an_event),
    StagedFault("unknown-charge-type", _on_markup, _unknown_type),
    StagedFault("invoice-control-difference", _on_markup, _red_control),
    StagedFault("vendor-price-mid-term", _raised, _mid_term),
)
