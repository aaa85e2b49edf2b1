"""Draft tabs: views of Draft Lines that look like an invoice, with live totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from recon_xl.contract.catalogue import DRAFT_TAB_PREFIX
from recon_xl.contract.layout import CREDIT_MEMO, DRAFT, INVOICE
from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import DraftRow, DraftTab, RemoveTab, ReplaceRows
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.core.money import quantity_text, total
from recon_xl.core.rows import columns_of
from recon_xl.core.snapshot import Snapshot
from recon_xl.ooxml.sheetnames import SheetNames, fits
from recon_xl.report.result import Result
from recon_xl.report.values import money
from recon_xl.rules.words import capital

_AT = DRAFT.columns
_SHOWN = {
    "Product": _AT.product, "Description": _AT.description, "Quantity": _AT.quantity, "Unit Price": _AT.unit_price, "Net": _AT.net,
    "Tax Code": _AT.tax_code, "Tax": _AT.tax, "Why": _AT.why, "Link": _AT.source,
}  # fmt: skip
"""Column of Draft Lines -> column letter of a draft tab."""


def tab_names(result: Result, snapshot: Snapshot) -> dict[str, str]:
    """Draft number -> tab name: legal, unique, the same in every run; never a tab of the user's.

    A draft keeps the tab of the last run, so that one more customer of a like name changes nobody else's.
    """
    taken = SheetNames(set(snapshot.sheets) - set(snapshot.draft_tabs))
    wanted = {draft.number: f"{DRAFT_TAB_PREFIX}{draft.customer}" for draft in result.drafts if draft.has_tab}
    kept = {number: tab for number, tab in _tabs_before(snapshot) if number in wanted and fits(tab, wanted[number])}
    names = {number: tab for number, tab in kept.items() if taken.take(tab)}
    return {number: names.get(number) or taken.claim(name) for number, name in wanted.items()}


def _tabs_before(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Number and tab of each draft of the last run whose tab is still there."""
    raw = snapshot.tables["Drafts"]
    if "Number" in raw.columns and "Tab" in raw.columns:
        number, tab = raw.columns.index("Number"), raw.columns.index("Tab")
        there = set(snapshot.draft_tabs)
        found = ((str(cells[number]), str(cells[tab])) for _, cells in raw.rows)
        yield from ((one, name) for one, name in found if name in there)


def draft_tabs(
    result: Result, snapshot: Snapshot, names: Mapping[str, str], record: ReplaceRows, check: Formula
) -> Iterator[DraftTab | RemoveTab]:
    """A tab for each draft, and the removal of those that are drafts no more. `record` is Draft Lines: a tab is a view of its rows."""
    columns = dict(zip(record.columns, columns_of(record.rows), strict=False))
    recorded = zip(*[columns.get(name, ()) for name in _SHOWN], strict=True)
    for draft in result.drafts:
        mine = list(islice(recorded, len(draft.lines)))
        if draft.number in names:
            rows = list(_rows(draft, [dict(zip(_SHOWN.values(), row, strict=True)) for row in mine]))
            yield DraftTab(names[draft.number], _cells(draft, result) | {DRAFT.check: check}, rows)
    kept = set(names.values())
    for name in snapshot.draft_tabs:
        if name not in kept:
            yield RemoveTab(name)


def _cells(draft: Draft, result: Result) -> dict[str, Value]:
    return {
        DRAFT.company: result.settings.company,
        DRAFT.heading: CREDIT_MEMO if draft.is_credit_memo else INVOICE,
        DRAFT.customer: draft.customer,
        DRAFT.contact: draft.contact or None,
        DRAFT.email: draft.email or None,
        DRAFT.number: draft.number,
        DRAFT.date: draft.date,
        DRAFT.due: draft.due,
        DRAFT.terms: f"{draft.terms_days} days",
        DRAFT.po: draft.po or None,
        DRAFT.period: result.period,
        DRAFT.currency: draft.currency,
        DRAFT.status: draft.status,
        DRAFT.hold_reason: capital("; ".join(draft.hold_reasons)) or None,
    }


def _rows(draft: Draft, cells: Sequence[dict[str, Value]]) -> Iterator[DraftRow]:
    """Lines, net total, tax by code, total; then what is held, outside the net. Lines of 0.00 stay on Draft Lines only."""
    shown = draft.shown_lines
    first = DRAFT.first_row
    last = first + len(shown) - 1
    for line, values in zip(draft.lines, cells, strict=True):
        if line.is_shown:
            yield DraftRow(DRAFT.line, values)
    net_row = last + 1
    taxes = list(_taxes(shown))
    net = f"SUM({_AT.net}{first}:{_AT.net}{last})" if shown else "0"
    yield DraftRow(
        DRAFT.net_total, {_AT.description: "Net total", _AT.net: Formula(net, money(draft.net, draft.currency))}
    )
    for tax in taxes:
        yield DraftRow(DRAFT.tax_total, _tax_cells(tax, first, last, draft.currency, by_code=_is_only(tax, taxes)))
    whole = f"SUM({_AT.net}{net_row}:{_AT.net}{net_row + len(taxes)})"
    label = f"Total {draft.currency}"
    yield DraftRow(DRAFT.total, {_AT.description: label, _AT.net: Formula(whole, money(draft.total, draft.currency))})
    yield from _held(draft, cells)
    yield DraftRow(
        DRAFT.footer,
        {_AT.product: "DRAFT - not a tax invoice. Prepared with recon-xl from vendor and billing records."},
    )


def _held(draft: Draft, cells: Sequence[dict[str, Value]]) -> Iterator[DraftRow]:
    if draft.held_lines:
        yield DraftRow(DRAFT.held_heading, {_AT.product: "Held, outside the net"})
    for line, values in zip(draft.lines, cells, strict=True):
        if line.is_held:
            yield DraftRow(DRAFT.held_line, values | {_AT.description: capital(line.hold_reason)})


@dataclass(frozen=True, slots=True)
class _Tax:
    """One tax code and rate of a draft, and the places of its lines among those shown."""

    code: str
    rate: Decimal
    places: list[int]
    lines: list[DraftLine]

    @property
    def label(self) -> str:
        """Code and rate; for a rate of 0 its reason, because an invoice without tax must say why."""
        if not self.code:
            return "Tax not known"
        reasons = "; ".join(dict.fromkeys(line.tax_reason for line in self.lines if line.tax_reason))
        return f"Tax {self.code} {quantity_text(self.rate)} %{': ' if reasons else ''}{reasons}"


def _taxes(lines: Iterable[DraftLine]) -> Iterator[_Tax]:
    """The VAT summary: one for each tax code and rate, by code."""
    groups: dict[tuple[str, Decimal], list[tuple[int, DraftLine]]] = {}
    for place, line in enumerate(lines):
        groups.setdefault((line.tax_code, line.tax_rate), []).append((place, line))
    for (code, rate), members in sorted(groups.items()):
        yield _Tax(code, rate, [place for place, _ in members], [line for _, line in members])


def _is_only(tax: _Tax, taxes: Iterable[_Tax]) -> bool:
    """Excel compares texts without case: two codes that differ by it alone are one to a formula."""
    return sum(1 for other in taxes if other.code.casefold() == tax.code.casefold()) == 1


def _tax_cells(tax: _Tax, first: int, last: int, currency: str, *, by_code: bool) -> dict[str, Value]:
    """Label, taxable net and tax."""

    def formula(column: str) -> str:
        """Lines of the code: compared with its own cell, because a code written into a formula could act in it."""
        if not by_code:
            return "+".join(f"{column}{first + place}" for place in tax.places)
        codes = f"{_AT.tax_code}{first}:{_AT.tax_code}{last}"
        return f"SUMPRODUCT(--({codes}={_AT.tax_code}{first + tax.places[0]}),{column}{first}:{column}{last})"

    taxable, due = (total(getattr(line, name) for line in tax.lines) for name in ("net", "tax"))
    return {
        _AT.description: tax.label,
        _AT.quantity: "on net of",
        _AT.unit_price: Formula(formula(_AT.net), money(taxable, currency)),
        _AT.net: Formula(formula(_AT.tax), money(due, currency)),
    }
