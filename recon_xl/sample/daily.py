"""Daily rated usage: each month's meter line split over days and resources, in the 55 columns of Partner Center."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from recon_xl.sample.cycles import Cycle
from recon_xl.sample.files import PARTNER_ID, PARTNER_MPN, InvoiceFile
from recon_xl.sample.money import number_text, round_down
from recon_xl.sample.month import Row
from recon_xl.sample.vendor import VendorLine
from recon_xl.sample.workshop import Workshop

COLUMNS = (
    "PartnerId", "PartnerName", "CustomerId", "CustomerName", "CustomerDomainName", "CustomerCountry", "MpnId",
    "Tier2MpnId", "InvoiceNumber", "ProductId", "SkuId", "AvailabilityId", "SkuName", "ProductName", "PublisherName",
    "PublisherId", "SubscriptionDescription", "SubscriptionId", "ChargeStartDate", "ChargeEndDate", "UsageDate",
    "MeterType", "MeterCategory", "MeterId", "MeterSubCategory", "MeterName", "MeterRegion", "Unit",
    "ResourceLocation", "ConsumedService", "ResourceGroup", "ResourceURI", "ChargeType", "UnitPrice", "Quantity",
    "UnitType", "BillingPreTaxTotal", "BillingCurrency", "PricingPreTaxTotal", "PricingCurrency", "ServiceInfo1",
    "ServiceInfo2", "Tags", "AdditionalInfo", "EffectiveUnitPrice", "PCToBCExchangeRate", "PCToBCExchangeRateDate",
    "EntitlementId", "EntitlementDescription", "PartnerEarnedCreditPercentage", "CreditPercentage", "CreditType",
    "BenefitOrderId", "BenefitId", "BenefitType",
)  # fmt: skip
_CATEGORIES = (  # first words of a meter, meter category, consumed service
    ("Virtual Machines", "Virtual Machines", "Microsoft.Compute"),
    ("Standard SSD", "Storage", "Microsoft.Compute"),
    ("Blob Storage", "Storage", "Microsoft.Storage"),
    ("SQL Database", "SQL Database", "Microsoft.Sql"),
    ("Log Analytics", "Log Analytics", "Microsoft.OperationalInsights"),
    ("Functions", "Functions", "Microsoft.Web"),
    ("App Service", "Azure App Service", "Microsoft.Web"),
    ("Bandwidth", "Bandwidth", "Microsoft.Network"),
    ("VPN Gateway", "VPN Gateway", "Microsoft.Network"),
    ("Public IP", "Virtual Network", "Microsoft.Network"),
    ("Load Balancer", "Load Balancer", "Microsoft.Network"),
)
_DIGITS = 10


@dataclass(eq=False, slots=True)
class UsedDay:
    """What one resource used of one meter on one day; `total` is unrounded, in billing currency."""

    line: VendorLine
    day: date
    quantity: Fraction
    total: Fraction
    entitlement: str
    resource: str
    benefit: str = ""

    @property
    def category(self) -> str:
        """Meter category."""
        return _category(self.line)[0]


def used_days(shop: Workshop, currency: str) -> list[UsedDay]:
    """Every meter line of the invoice, split; every fourth line's days add up to it exactly, the others within a cent or two."""
    found: list[UsedDay] = []
    for deal in shop.deals.values():
        for line in deal.lines:
            subscription = line.subscription
            if subscription.kind == "usage" and subscription.tenant.currency == currency:
                found.extend(split(shop, line, exact=len(found) % 4 == 0))
    return found


def split(shop: Workshop, line: VendorLine, *, exact: bool) -> list[UsedDay]:
    """The line's quantity over a few days; a virtual machine also has a day that a reservation paid for."""
    rng = shop.rng
    days = sorted(rng.sample(range(shop.last.day), rng.randint(2, 4)))
    owned = shop.entitlements(line.subscription.tenant.id)
    part = round_down(line.quantity / len(days), 6)
    quantities = [part] * (len(days) - 1) + [line.quantity - part * (len(days) - 1)]
    net_price = line.unit_price * _net_share(line) * line.subscription.rate
    used = []
    for day, quantity in zip(days, quantities, strict=True):
        entitlement, total = rng.choice(owned), round_down(quantity * net_price, _DIGITS)
        resource = f"{_category(line)[1].split('.')[-1].lower()}-{rng.randint(1, 9):02d}"
        used.append(UsedDay(line, shop.first + timedelta(days=day), quantity, total, entitlement, resource))
    if exact:
        used[-1].total += line.subtotal - daily_sum(used)
    if line.meter.startswith("Virtual Machines") and rng.random() < 0.3:
        used.append(UsedDay(line, shop.last, Fraction(24), Fraction(0), owned[0], "reserved-01", "Reservation"))
    return used


def daily_sum(used: Sequence[UsedDay]) -> Fraction:
    """Unrounded cost of these days, in billing currency."""
    return sum((row.total for row in used), Fraction(0))


def _net_share(line: VendorLine) -> Fraction:
    return Fraction(85, 100) if line.adjustment else Fraction(1)


def daily_row(invoice: InvoiceFile, used: UsedDay, month: Cycle) -> Row:
    """One row of the file."""
    line, subscription = used.line, used.line.subscription
    tenant, offer = subscription.tenant, subscription.offer
    row = dict.fromkeys(COLUMNS, "")
    row |= _money(used, invoice)
    category, service = _category(line)
    group = f"rg-{used.resource}"
    row |= {
        "PartnerId": PARTNER_ID, "PartnerName": "Brightside Managed IT", "CustomerId": tenant.id,
        "CustomerName": tenant.name, "CustomerDomainName": tenant.domain, "CustomerCountry": tenant.country,
        "MpnId": PARTNER_MPN, "Tier2MpnId": "0", "InvoiceNumber": invoice.number, "ProductId": offer.product_id,
        "SkuId": offer.sku_id, "AvailabilityId": f"{offer.product_id[:8]}K{offer.sku_id[-3:]}", "SkuName": offer.title,
        "ProductName": "Azure plan", "PublisherName": offer.publisher, "SubscriptionDescription": "Azure plan",
        "SubscriptionId": subscription.id, "ChargeStartDate": _us(month.start), "ChargeEndDate": _us(month.end),
        "UsageDate": _us(used.day), "MeterType": offer.unit, "MeterCategory": category,
        "MeterId": f"{offer.product_id.lower()}-{offer.sku_id.lower()}", "MeterSubCategory": offer.title.split(" - ")[0],
        "MeterName": offer.title, "MeterRegion": "US East", "Unit": offer.unit, "ResourceLocation": "EASTUS",
        "ConsumedService": service, "ResourceGroup": group,
        "ResourceURI": f"/subscriptions/{used.entitlement}/resourceGroups/{group}/providers/{service}/{used.resource}",
        "ChargeType": "new", "EntitlementId": used.entitlement, "EntitlementDescription": "Production",
        "CreditType": "Credit Not Applied", "BenefitType": used.benefit,
        "BenefitOrderId": f"order-{used.resource}" if used.benefit else "",
        "BenefitId": f"benefit-{used.resource}" if used.benefit else "",
    }  # fmt: skip
    return row


def _money(used: UsedDay, invoice: InvoiceFile) -> Row:
    line, subscription = used.line, used.line.subscription
    earned = bool(line.adjustment) and not used.benefit
    effective = Fraction(0) if used.benefit else line.unit_price * _net_share(line)
    return {
        "UnitPrice": number_text(line.unit_price), "Quantity": number_text(used.quantity),
        "UnitType": subscription.offer.unit, "BillingPreTaxTotal": number_text(used.total),
        "BillingCurrency": invoice.currency,
        "PricingPreTaxTotal": number_text(round_down(used.total / subscription.rate, _DIGITS)),
        "PricingCurrency": subscription.pricing_currency, "EffectiveUnitPrice": number_text(effective),
        "PCToBCExchangeRate": number_text(subscription.rate), "PCToBCExchangeRateDate": _us(invoice.rate_date),
        "PartnerEarnedCreditPercentage": "15" if earned else "0", "CreditPercentage": "0",
    }  # fmt: skip


def _category(line: VendorLine) -> tuple[str, str]:
    title = line.subscription.offer.title
    return next((category, service) for words, category, service in _CATEGORIES if title.startswith(words))


def _us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"
