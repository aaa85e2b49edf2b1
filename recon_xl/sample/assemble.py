"""From the bench to files: invoices, billed lines, counts and mapping tabs of a finished month."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

from recon_xl.sample.cycles import monthly_cycle, parse_period, period_text
from recon_xl.sample.daily import daily_row, used_days
from recon_xl.sample.files import InvoiceFile
from recon_xl.sample.history import history_rows
from recon_xl.sample.month import Month, PlantedFault, Row
from recon_xl.sample.names import Ids
from recon_xl.sample.price_tables import price_list_rows, profile_rows, rate_rows, rule_rows, sell_price_rows
from recon_xl.sample.standing import REQUIRED
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
from recon_xl.sample.taxes import tax_cells
from recon_xl.sample.vendor import VendorLine
from recon_xl.sample.workshop import Workshop


class Assembly:
    """All tables of the month; faults change them before they are sealed."""

    def __init__(self, shop: Workshop, company: str = "Brightside Managed IT (sample)") -> None:
        self.shop = shop
        self.rng = random.Random(f"{shop.rng.random()}")  # noqa: S311 - sample data
        self.ids = Ids(self.rng)
        self._numbers = {""}
        self.invoices = {currency: self.invoice(currency, period_text(shop.first)) for currency in shop.currencies}
        self.vendor = {currency: self._vendor_rows(currency) for currency in shop.currencies}
        self.earlier = self._earlier()
        self.mapping = self._mapping()
        self.stray_billed: list[Row] = []
        self.daily = used_days(shop, shop.daily_currency)
        self.mapping["Usage History"] = history_rows(shop, self.daily)
        self.more_invoices: list[tuple[InvoiceFile, list[Row]]] = []
        self.adjustments: dict[str, Decimal] = {}
        self.settings = {
            "Company": company,
            "Period": period_text(shop.first),
            "Base Currency": shop.currencies[0],
            "Required Agreements": REQUIRED,
        }

    def invoice(self, currency: str, period: str) -> InvoiceFile:
        """A new invoice in that currency, with a number of its own."""
        first, position = parse_period(period), self.shop.currencies.index(currency)
        number = ""
        while number in self._numbers:
            number = f"G{first.year % 100:02d}{first.month:02d}{self.rng.randint(100, 999)}{position:02d}"
        self._numbers.add(number)
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
            invoice = self.invoice(currency, period)
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
            "Price Rules": rule_rows(shop),
            "Sell Prices": sell_price_rows(shop),
            "Price List": price_list_rows(shop),
            "Tax": tax_rows(),
            "FX Rates": rate_rows(shop),
            "Subscriptions": subscription_rows(shop),
        }

    def seal(self, planted: tuple[PlantedFault, ...] = ()) -> Month:
        """The month as it stands."""
        deals = self.shop.deals.values()
        billed = [billed_row(line) | tax_cells(deal, line) for deal in deals for line in deal.billed]
        billed += self.stray_billed
        vendor = {self.invoices[currency].name: rows for currency, rows in self.vendor.items() if rows}
        vendor |= {invoice.name: rows for invoice, rows in self.more_invoices}
        counts = [row for deal in deals for row in deal.counts]
        self.rng.shuffle(billed)
        return Month(
            period=period_text(self.shop.first),
            vendor_files=vendor,
            earlier_files=self.earlier,
            billed=billed,
            counts=counts,
            mapping=self.mapping,
            settings=self.settings,
            control_totals=self._control_totals([*vendor.values(), *(rows for _, _, rows in self.earlier)]),
            planted=planted,
            daily_files=self._daily_files(),
        )

    def _daily_files(self) -> dict[str, list[Row]]:
        """The daily rated usage of one invoice; a month without Azure has none."""
        invoice, month = self.invoices[self.shop.daily_currency], monthly_cycle(1, self.shop.first)
        rows = [daily_row(invoice, used, month) for used in self.daily]
        return {f"DailyRatedUsage_{invoice.number}_{invoice.currency}.csv": rows} if rows else {}

    def _control_totals(self, invoices: list[list[Row]]) -> dict[str, str]:
        """The total, tax included, that the vendor prints on each invoice, earlier ones too."""
        totals: defaultdict[str, Decimal] = defaultdict(Decimal)
        totals.update(self.adjustments)
        for row in (row for rows in invoices for row in rows):
            totals[row["InvoiceNumber"]] += Decimal(row["Total"])
        return {invoice: str(total) for invoice, total in totals.items()}
