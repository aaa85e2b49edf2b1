"""Vendor lines as Partner Center writes them: 46 columns in the portal's file, 47 in the API's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from recon_xl.sample.money import half_up, minor_units, money_text, number_text
from recon_xl.sample.month import Row
from recon_xl.sample.names import Ids
from recon_xl.sample.vendor import Subscription, VendorLine

PARTNER_ID = "5f1d2c6e-7b3a-4a90-8c41-9e0d3b7a6f25"
PARTNER_MPN = "5357001"
API_COLUMNS = (
    "PartnerId", "CustomerId", "CustomerName", "CustomerDomainName", "CustomerCountry", "InvoiceNumber", "MpnId",
    "Tier2MpnId", "OrderId", "OrderDate", "ProductId", "SkuId", "AvailabilityId", "SkuName", "ProductName",
    "ChargeType", "UnitPrice", "Quantity", "Subtotal", "TaxTotal", "Total", "Currency",
    "PriceAdjustmentDescription", "PublisherName", "PublisherId", "SubscriptionDescription", "SubscriptionId",
    "ChargeStartDate", "ChargeEndDate", "TermAndBillingCycle", "EffectiveUnitPrice", "UnitType", "AlternateId",
    "BillableQuantity", "BillingFrequency", "PricingCurrency", "PCToBCExchangeRate", "PCToBCExchangeRateDate",
    "MeterDescription", "ReservationOrderId", "CreditReasonCode", "SubscriptionStartDate", "SubscriptionEndDate",
    "ReferenceId", "ProductQualifiers", "PromotionId", "ProductCategory",
)  # fmt: skip
_PORTAL_SPELLING = {
    "MpnId": "MPNID", "Tier2MpnId": "ResellerMpnId", "ReferenceId": "ReferenceID", "PromotionId": "PromotionID",
}  # fmt: skip
_TERM_TEXT = {
    ("P1M", "Monthly"): "One-Month commitment for monthly billing",
    ("P1Y", "Monthly"): "One-Year commitment for monthly/yearly billing",
    ("P1Y", "Annual"): "One-Year commitment for yearly billing",
}
_CATEGORY = {"usage": "Azure plan", "reservation": "Azure reservation", "licence": "License-based"}
_DISCOUNT = '["Price for given billing period","You are getting a discount due to a pre-determined override."]'


@dataclass(frozen=True)
class InvoiceFile:
    """One invoice in one currency, as a file of the portal or of the API."""

    number: str
    currency: str
    portal: bool
    rate_date: date
    tax_percent: int
    ids: Ids

    @property
    def name(self) -> str:
        """File name as downloaded."""
        return f"{'OneTime' if self.portal else 'billed_recon'}_{self.number}_{self.currency}.csv"

    def rows(self, lines: list[VendorLine]) -> list[Row]:
        """The lines as rows, in the order given."""
        return [self.row(line) for line in lines]

    def row(self, line: VendorLine) -> Row:
        """One line under the headers of this file."""
        values = {**self._customer(line), **self._money(line), **self._dates(line), **self._product(line)}
        if self.portal:
            return {_PORTAL_SPELLING.get(name, name): values[name] for name in API_COLUMNS[:-1]}
        return {name: values[name] for name in API_COLUMNS}

    def _date(self, day: date) -> str:
        return f"{day.month}/{day.day}/{day.year}" if self.portal else f"{day.isoformat()}T00:00:00Z"

    def _customer(self, line: VendorLine) -> Row:
        tenant = line.subscription.tenant
        order = line.order = line.order or self.ids.order()
        return {
            "PartnerId": PARTNER_ID, "CustomerId": tenant.id, "CustomerName": tenant.name,
            "CustomerDomainName": tenant.domain, "CustomerCountry": tenant.country, "InvoiceNumber": self.number,
            "MpnId": PARTNER_MPN, "Tier2MpnId": PARTNER_MPN if self.portal else "0", "OrderId": order,
            "AlternateId": order,
        }  # fmt: skip

    def _money(self, line: VendorLine) -> Row:
        subscription, currency = line.subscription, self.currency
        tax = half_up(line.subtotal * self.tax_percent / 100, minor_units(currency))
        quantity = -line.quantity if line.reversed else line.quantity
        effective = abs(line.effective) if line.reversed else line.effective
        return {
            "ChargeType": line.charge, "UnitPrice": number_text(line.unit_price), "Quantity": number_text(quantity),
            "Subtotal": money_text(line.subtotal, currency), "TaxTotal": money_text(tax, currency),
            "Total": money_text(line.subtotal + tax, currency), "Currency": currency,
            "EffectiveUnitPrice": number_text(effective), "BillableQuantity": number_text(quantity),
            "PricingCurrency": subscription.pricing_currency, "PCToBCExchangeRate": number_text(subscription.rate),
            "PriceAdjustmentDescription": line.adjustment or (_DISCOUNT if subscription.promotion else ""),
            "CreditReasonCode": line.credit_reason,
        }  # fmt: skip

    def _dates(self, line: VendorLine) -> Row:
        subscription = line.subscription
        start, end = line.term or (subscription.start, subscription.end)
        ordered = self._date(line.ordered)
        return {
            "OrderDate": ordered if self.portal else ordered.replace("00:00:00Z", "18:30:06.6045692Z"),
            "ChargeStartDate": self._date(line.start), "ChargeEndDate": self._date(line.end),
            "SubscriptionStartDate": "" if subscription.kind == "usage" else self._date(start),
            "SubscriptionEndDate": "" if subscription.kind == "usage" else self._date(end),
            "PCToBCExchangeRateDate": self._date(self.rate_date),
        }  # fmt: skip

    def _product(self, line: VendorLine) -> Row:
        subscription = line.subscription
        offer, usage = subscription.offer, subscription.kind == "usage"
        once = subscription.kind == "reservation" and subscription.plan == "Annual"
        qualifiers = f'["{subscription.qualifiers}"]' if subscription.qualifiers else ""
        return {
            "ProductId": offer.product_id, "SkuId": offer.sku_id,
            "AvailabilityId": f"{offer.product_id[:8]}K{offer.sku_id[-3:]}",
            "SkuName": offer.title, "ProductName": "Azure plan" if usage else offer.title,
            "PublisherName": offer.publisher,
            "PublisherId": "" if offer.publisher.startswith("Microsoft") else "4790215",
            "SubscriptionDescription": "Azure plan" if usage else offer.title, "SubscriptionId": subscription.id,
            "TermAndBillingCycle": term_text(subscription), "UnitType": offer.unit,
            "BillingFrequency": "" if once or usage else subscription.plan, "MeterDescription": line.meter,
            "ReservationOrderId": subscription.reservation, "ReferenceId": line.reference,
            "ProductQualifiers": qualifiers if self.portal else qualifiers or "[]",
            "PromotionId": subscription.promotion, "ProductCategory": _CATEGORY[subscription.kind],
        }  # fmt: skip


def term_text(subscription: Subscription) -> str:
    """TermAndBillingCycle in the words seen in files."""
    if subscription.kind == "usage":
        return ""
    if subscription.kind == "reservation":
        return f"1 Year Reservation, {'one-time' if subscription.plan == 'Annual' else 'monthly'} billing"
    if subscription.qualifiers == "Trial":
        return "One-Month commitment for trial"
    return _TERM_TEXT[subscription.term, subscription.plan]
