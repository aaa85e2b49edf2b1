"""The truth about a planted fault: which money, for whom, in which direction."""

from __future__ import annotations

from fractions import Fraction

from recon_xl.sample.deals import Deal
from recon_xl.sample.money import money, to_decimal
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.reckoning import Expected

LOSE = "we lose"
OVERCHARGED = "customer overcharged"
VENDOR = "vendor overcharged"
REVIEW = "review"


def about_key(
    rule: str, deal: Deal, expected: Expected, direction: str, at_stake: Fraction | None = None
) -> PlantedFault:
    """A fault of billed against expected, for one client and product."""
    currency, billed = deal.client.currency, deal.billed_net()
    amount = abs(billed - expected.amount) if at_stake is None else at_stake
    subscription = deal.billed[0].subscription if len(deal.billed) == 1 else ""
    return PlantedFault(
        rule=rule,
        customer=deal.client.name,
        product=deal.product.name,
        subscription=subscription or None,
        expected=money(expected.amount, currency),
        billed=money(billed, currency),
        at_stake=money(amount, currency),
        direction=direction,
        currency=currency,
        expected_quantity=None if expected.quantity is None else to_decimal(expected.quantity),
        billed_quantity=None if deal.usage else to_decimal(deal.billed_quantity()),
    )


def about_cost(rule: str, deal: Deal, cost: Fraction, direction: str) -> PlantedFault:
    """A fault that is worth what the vendor charged, in the invoice's currency."""
    tenant = deal.lines[0].subscription.tenant
    return PlantedFault(
        rule=rule,
        customer=tenant.name if rule == "unmapped-client" else deal.client.name,
        product=None if rule == "unmapped-client" else deal.product.name,
        subscription=deal.lines[0].subscription.id if rule == "duplicate-vendor-line" else None,
        expected=None,
        billed=None,
        at_stake=money(abs(cost), tenant.currency),
        direction=direction,
        currency=tenant.currency,
    )


def by_sign(deal: Deal, expected: Expected) -> str:
    """Who gains: billed less than expected, we lose; else the customer is overcharged."""
    return LOSE if deal.billed_net() < expected.amount else OVERCHARGED


def about(
    rule: str,
    deal: Deal | None,
    at_stake: Fraction,
    currency: str,
    direction: str = REVIEW,
    *,
    customer: str = "",
    product: str | None = None,
    subscription: str | None = None,
    invoice: str | None = None,
) -> PlantedFault:
    """Any other fault: of a client, a line, a subscription, a product or an invoice."""
    return PlantedFault(
        rule=rule,
        customer=deal.client.name if deal else customer,
        product=product,
        subscription=subscription,
        expected=None,
        billed=None,
        at_stake=money(at_stake, currency),
        direction=direction,
        currency=currency,
        invoice=invoice,
    )
