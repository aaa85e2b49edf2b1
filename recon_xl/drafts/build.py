"""Draft lines -> drafts: numbers, dates, terms, purchase orders, tax and holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from recon_xl.contract import Settings
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.core.terms import Terms
from recon_xl.drafts.lines import Groundwork, draft_lines
from recon_xl.drafts.taxes import TaxRate, TaxTable, tax_of, taxed_by_invoice
from recon_xl.engine.inputs import Inputs

Record = Mapping[str, Any]


class DraftBuilder:
    """Makes the drafts of one run. `red_rows` are source lines of invoices that differ from their control total."""

    def __init__(self, inputs: Inputs, terms: Callable[[str, str], Terms], red_rows: Mapping[str, str]) -> None:
        self._settings: Settings = inputs.settings
        self._terms = terms
        self._red_rows = red_rows
        self._customers = {row["Customer"]: row for row in reversed(inputs.records("Customers")) if row["Customer"]}
        self._unreadable = _unreadable_customers(inputs)
        self._orders = inputs.records("Purchase Orders")
        self._date = self._settings.invoice_date or self._settings.period_end
        self._tax = TaxTable(inputs.records("Tax"), self._date)
        self._products = {row["Billing Product"] for row in inputs.records("Products")}
        self._codes: dict[str, str] = {}

    def drafts(self, ground: Groundwork) -> list[Draft]:
        """One draft a client and currency, by client."""
        grouped: dict[tuple[str, str], list[DraftLine]] = {}
        for client, currency, line in draft_lines(ground, self._terms):
            grouped.setdefault((client, currency), []).append(line)
        return [self._draft(client, currency, lines) for (client, currency), lines in sorted(grouped.items())]

    def _draft(self, client: str, currency: str, lines: Sequence[DraftLine]) -> Draft:
        customer = self._customers[client]
        done, problems = self._taxed(customer, lines, currency)
        if self._settings.tax_rounding == "invoice":
            done = taxed_by_invoice(done, currency)
        terms_days = customer.get("Terms Days")
        days = self._settings.payment_terms if terms_days is None else int(terms_days)
        draft = Draft(
            number="", customer=client, currency=currency, contact=customer.get("Contact") or "",
            email=customer.get("E-mail") or "", date=self._date, due=self._date + timedelta(days=days), terms_days=days,
            po=self._po(client, currency), tracking=customer.get("Tracking") or "",
            has_tab=self._has_tab(customer), lines=tuple(done),
            hold_reasons=(*problems, *self._red(done), *self._unreadable.get(client, ())),
        )  # fmt: skip
        return replace(draft, number=self._number(customer, draft))

    def _taxed(self, customer: Record, lines: Iterable[DraftLine], currency: str) -> tuple[list[DraftLine], list[str]]:
        """The lines with tax rounded on each, and the reasons for which some have no rate."""
        done: list[DraftLine] = []
        problems: dict[str, None] = {}
        rates: dict[str, TaxRate] = {}
        for line in lines:
            rate = rates.get(line.product)
            if rate is None:
                rate = rates[line.product] = self._tax.of(customer, self._class_of(customer["Customer"], line.product))
            if rate.problem and not line.is_held:
                problems[rate.problem] = None
            tax = tax_of(line.net, rate.rate, currency)
            done.append(line._replace(tax_code=rate.code, tax_rate=rate.rate, tax=tax))
        return done, list(problems)

    def _class_of(self, client: str, product: str) -> str:
        return self._terms(client, product).product_class if product in self._products else ""

    def _red(self, lines: Iterable[DraftLine]) -> list[str]:
        red = {self._red_rows[row] for line in lines for row in line.source_rows if row in self._red_rows}
        return [f"invoice {invoice} differs from the vendor's control total" for invoice in sorted(red)]

    def _has_tab(self, customer: Record) -> bool:
        choice = self._settings.draft_tabs
        return choice == "all" or (choice == "selected" and customer.get("Draft Tab") is True)

    def _po(self, client: str, currency: str) -> str:
        fitting = [
            (row.get("Start"), row["PO"])
            for row in self._orders
            if row["Customer"] == client
            and (row.get("Currency") or currency) == currency
            and (row.get("Start") is None or row["Start"] <= self._settings.period_end)
            and (row.get("End") is None or row["End"] >= self._settings.period_start)
        ]
        latest = sorted(fitting, key=lambda item: (item[0] is not None, item[0], item[1]))
        return latest[-1][1] if latest else ""

    def _number(self, customer: Record, draft: Draft) -> str:
        """At most 21 characters, which every accounting system takes; the same in every run of the period."""
        name = customer["Customer"]
        code = re.sub(r"[^A-Z0-9]", "", (customer.get("Code") or "").upper())[:11]
        if not code or self._codes.setdefault(code, name) != name:
            code = hashlib.sha256(name.encode()).hexdigest()[:8].upper()
        return f"{'CM' if draft.is_credit_memo else 'DR'}-{self._settings.period.replace('-', '')}-{code}"


def _unreadable_customers(inputs: Inputs) -> dict[str, list[str]]:
    """Customer -> cells of its row that cannot be read: tax, terms or currency may hang on them, so the draft waits."""
    found: dict[str, list[str]] = {}
    typed = inputs.tables["Customers"]
    for problem in typed.problems:
        name = typed.columns["Customer"][typed.row_numbers.index(problem.row)]
        if name:
            found.setdefault(str(name), []).append(f"Customers > row {problem.row} > {problem.column} cannot be read")
    return found
