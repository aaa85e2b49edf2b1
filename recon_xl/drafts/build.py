"""Draft lines -> drafts: numbers, dates, terms, purchase orders, tax and holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from recon_xl.contract import Settings
from recon_xl.core.agreement import order_to_quote
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.core.money import total
from recon_xl.core.tax import tax_of
from recon_xl.core.terms import Terms
from recon_xl.drafts.lines import Groundwork, draft_lines
from recon_xl.drafts.taxes import taxed_by_invoice
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.taxes import Taxes

Record = Mapping[str, Any]


class DraftBuilder:
    """Makes the drafts of one run.

    `red_rows` are source lines of invoices that differ from their control total; `holds` are findings for which all drafts
    of a client wait, in words.
    """

    def __init__(
        self,
        inputs: Inputs,
        taxes: Taxes,
        terms: Callable[[str, str], Terms],
        red_rows: Mapping[str, str],
        holds: Mapping[str, Sequence[str]],
    ) -> None:
        self._settings: Settings = inputs.settings
        self._terms = terms
        self._red_rows = red_rows
        self._holds = holds
        self._taxes = taxes
        self._date = taxes.on
        self._customers = taxes.customers
        self._unreadable = _unreadable_customers(inputs)
        self._orders: dict[str, list[Record]] = {}
        for row in inputs.records("Purchase Orders"):
            self._orders.setdefault(row["Customer"] or "", []).append(row)
        self._codes: dict[str, str] = {}

    def drafts(self, ground: Groundwork) -> list[Draft]:
        """One draft a client and currency, by client."""
        grouped: dict[tuple[str, str], list[DraftLine]] = {}
        for client, currency, line in draft_lines(ground, self._terms):
            grouped.setdefault((client, currency), []).append(line)
        return [self._draft(client, currency, lines) for (client, currency), lines in sorted(grouped.items())]

    def _draft(self, client: str, currency: str, lines: Sequence[DraftLine]) -> Draft:
        customer = self._customers[client]
        done, problems = self._taxed(client, lines, currency)
        if self._settings.tax_rounding == "invoice":
            done = taxed_by_invoice(done, currency)
        terms_days = customer.get("Terms Days")
        days = self._settings.payment_terms if terms_days is None else int(terms_days)
        billed = [line for line in done if not line.is_held]
        net = total([line.net for line in billed])
        is_credit_memo = net + total([line.tax for line in billed]) < 0
        return Draft(
            number=self._number(customer, "CM" if is_credit_memo else "DR"),
            customer=client, currency=currency, contact=customer.get("Contact") or "",
            email=customer.get("E-mail") or "", date=self._date, due=self._date + timedelta(days=days), terms_days=days,
            po=self._po(client, currency, net), tracking=customer.get("Tracking") or "",
            has_tab=self._has_tab(customer), lines=tuple(done),
            hold_reasons=(*problems, *self._red(done), *self._unreadable.get(client, ()), *self._holds.get(client, ())),
        )  # fmt: skip

    def _taxed(self, client: str, lines: Iterable[DraftLine], currency: str) -> tuple[list[DraftLine], list[str]]:
        """The lines with tax rounded on each, and the reasons for which some have no rate."""
        done: list[DraftLine] = []
        problems: dict[str, None] = {}
        for line in lines:
            due = self._taxes.due(client, line.product)
            if due.problem and not line.is_held:
                problems[due.problem] = None
            tax = tax_of(line.net, due.rate, currency)
            done.append(line.taxed(due.code, due.rate, tax, due.reason))
        return done, list(problems)

    def _red(self, lines: Iterable[DraftLine]) -> list[str]:
        if not self._red_rows:
            return []
        red = {self._red_rows[row] for line in lines for row in line.source_rows if row in self._red_rows}
        return [f"invoice {invoice} differs from the vendor's control total" for invoice in sorted(red)]

    def _has_tab(self, customer: Record) -> bool:
        choice = self._settings.draft_tabs
        return choice == "all" or (choice == "selected" and customer.get("Draft Tab") is True)

    def _po(self, client: str, currency: str, net: Decimal) -> str:
        orders = self._orders.get(client, ())
        order = order_to_quote(orders, currency, self._settings.period_end, net)
        return "" if order is None else order["PO"]

    def _number(self, customer: Record, prefix: str) -> str:
        """At most 21 characters, which every accounting system takes; the same in every run of the period."""
        name = customer["Customer"]
        code = re.sub(r"[^A-Z0-9]", "", (customer.get("Code") or "").upper())[:11]
        if not code or self._codes.setdefault(code, name) != name:
            code = hashlib.sha256(name.encode()).hexdigest()[:8].upper()
        return f"{prefix}-{self._settings.period.replace('-', '')}-{code}"


def _unreadable_customers(inputs: Inputs) -> dict[str, list[str]]:
    """Customer -> cells of its row that cannot be read: tax, terms or currency may hang on them, so the draft waits."""
    found: dict[str, list[str]] = {}
    typed = inputs.tables["Customers"]
    for problem in typed.problems:
        name = typed.columns["Customer"][typed.row_numbers.index(problem.row)]
        if name:
            found.setdefault(str(name), []).append(f"Customers > row {problem.row} > {problem.column} cannot be read")
    return found
