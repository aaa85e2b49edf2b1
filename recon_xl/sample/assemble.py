"""From the bench to files: invoices, billed lines, counts and mapping tabs of a finished month."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

from recon_xl.sample.cycles import parse_period, period_text
from recon_xl.sample.files import InvoiceFile
from recon_xl.sample.month import Month, PlantedFault, Row
from recon_xl.sample.names import Ids
from recon_xl.sample.price_tables import price_list_rows, profile_rows, rate_rows, rule_row, sell_price_rows
from recon_xl.sample.tables import (
    agreement_rows,
    all_products,
    billed_row,
    customer_row,
    order_rows,
    previous_day,
    subscription_rows,
    tax_rows,
)
from recon_xl.sample.vendor import VendorLine
from recon_xl.sample.workshop import Workshop


class Assembly:
    """All tables of the month; faults change them before they are sealed."""

    def __init__(self, shop: Workshop, company: str = "Brightside Managed IT (sample)") -> None:
        self.shop = shop
        self.rng = random.Random(f"{shop.rng.random()}")  # noqa: S311 - sample data
        self.ids = Ids(self.rng)
        self.invoices = {currency: self._invoice(currency, period_text(shop.first)) for currency in shop.currencies}
        self.vendor = {currency: self._vendor_rows(currency) for currency in shop.currencies}
        self.earlier = self._earlier()
        self.mapping = self._mapping()
        self.stray_billed: list[Row] = []
        self.settings = {
            "Company": company,
            "Period": period_text(shop.first),
            "Base Currency": shop.currencies[0],
        }

    def _invoice(self, currency: str, period: str) -> InvoiceFile:
        first, position = parse_period(period), self.shop.currencies.index(currency)
        number = f"G{first.year % 100:02d}{first.month:02d}{self.rng.randint(100, 999)}{position:02d}"
        rate_date = parse_period(previous_day(first)[:7]).replace(day=28)
        return InvoiceFile(number, currency, position % 2 == 0, rate_date, 19 if position % 2 else 0, self.ids)

    def _vendor_rows(self, currency: str) -> list[Row]:
        lines = [
            line
            for deal in self.shop.deals.values()
            for line in deal.lines
            if line.subscription.tenant.currency == currency
        ]
        self.rng.shuffle(lines)
        return self.invoices[currency].rows(lines)

    def _earlier(self) -> list[tuple[str, str, list[Row]]]:
        groups: defaultdict[tuple[str, str], list[VendorLine]] = defaultdict(list)
        for deal in self.shop.deals.values():
            for line in deal.earlier:
                groups[line.period, line.subscription.tenant.currency].append(line)
        files = []
        for (period, currency), lines in sorted(groups.items(), key=lambda group: group[0]):
            invoice = self._invoice(currency, period)
            files.append((period, invoice.name, invoice.rows(lines)))
        return files

    def _mapping(self) -> dict[str, list[Row]]:
        shop = self.shop
        return {
            "Customers": [customer_row(client, shop.first.year) for client in shop.clients],
            "Products": all_products(),
            "Agreements": agreement_rows(shop),
            "Purchase Orders": order_rows(shop),
            "Profiles": profile_rows(shop),
            "Price Rules": [rule_row(rule) for rule in shop.book.markups],
            "Sell Prices": sell_price_rows(shop),
            "Price List": price_list_rows(shop),
            "Tax": tax_rows(),
            "FX Rates": rate_rows(shop),
            "Subscriptions": subscription_rows(shop),
        }

    def seal(self, planted: tuple[PlantedFault, ...] = ()) -> Month:
        """The month as it stands."""
        deals = self.shop.deals.values()
        billed = [billed_row(line) for deal in deals for line in deal.billed] + self.stray_billed
        counts = [row for deal in deals for row in deal.counts]
        self.rng.shuffle(billed)
        return Month(
            period=period_text(self.shop.first),
            vendor_files={self.invoices[currency].name: rows for currency, rows in self.vendor.items() if rows},
            earlier_files=self.earlier,
            billed=billed,
            counts=counts,
            mapping=self.mapping,
            settings=self.settings,
            control_totals=_control_totals([*self.vendor.values(), *(rows for _, _, rows in self.earlier)]),
            planted=planted,
        )


def _control_totals(invoices: list[list[Row]]) -> dict[str, str]:
    """The total, tax included, that the vendor prints on each invoice, earlier ones too."""
    return {
        rows[0]["InvoiceNumber"]: str(sum((Decimal(row["Total"]) for row in rows), Decimal(0)))
        for rows in invoices
        if rows
    }
