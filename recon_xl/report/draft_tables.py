"""Drafts and Draft Lines: the index and the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.core.money import to_minor_unit
from recon_xl.report.result import Result
from recon_xl.report.values import (
    columns_change,
    money,
    quantity,
    ref,
    rows_change,
    source_link,
    tab_link,
    tables_by_source,
    this_row,
)
from recon_xl.rules.words import capital

DRAFTED, HELD = "Drafted", "Held"


def draft_index(result: Result, tabs: Mapping[str, str]) -> ReplaceRows:
    """One row a draft; amounts are live sums of Draft Lines. `tabs`: draft number -> its tab."""
    return rows_change("Drafts", [_index_row(draft, tabs.get(draft.number)) for draft in result.drafts])


def _index_row(draft: Draft, tab: str | None) -> dict[str, Value]:
    total = f"{this_row('Drafts', 'Net')}+{this_row('Drafts', 'Tax')}"
    return {
        "Number": draft.number,
        "Type": "Credit memo" if draft.is_credit_memo else "Invoice",
        "Customer": draft.customer,
        "Currency": draft.currency,
        "Date": draft.date,
        "Due": draft.due,
        "PO": draft.po or None,
        "Status": draft.status,
        "Hold Reason": capital("; ".join(draft.hold_reasons)) or None,
        "Lines": Formula(f"COUNTIFS({_mine()})", len(draft.billed_lines)),
        "Net": Formula(f"SUMIFS({ref('Draft Lines', 'Net')},{_mine()})", money(draft.net, draft.currency)),
        "Tax": Formula(f"SUMIFS({ref('Draft Lines', 'Tax')},{_mine()})", money(draft.tax, draft.currency)),
        "Total": Formula(total, money(draft.total, draft.currency)),
        "Tab": tab_link(tab) if tab else None,
    }


def _mine() -> str:
    number = f"{ref('Draft Lines', 'Number')},{this_row('Drafts', 'Number')}"
    return f'{number},{ref("Draft Lines", "Status")},"{DRAFTED}"'


def draft_record(result: Result) -> ReplaceRows:
    """One row a draft line, held ones included."""
    tables = tables_by_source(result.sources)
    drafts = [draft for draft in result.drafts for _ in draft.lines]
    lines = [line for draft in result.drafts for line in draft.lines]
    columns = _of_drafts(drafts, result) | _of_lines(lines) | _amounts(lines, [draft.currency for draft in drafts])
    links = [source_link(line.source_rows[0], tables) if line.source_rows else None for line in lines]
    return columns_change("Draft Lines", {**columns, "Link": links})


def _of_drafts(drafts: Sequence[Draft], result: Result) -> dict[str, Sequence[Value]]:
    """What the lines of a draft have in common, and their numbers within it."""
    return {
        "Line": [f"{draft.number}-{place:03d}" for draft in result.drafts for place in range(1, len(draft.lines) + 1)],
        "Number": [draft.number for draft in drafts],
        "Customer": [draft.customer for draft in drafts],
        "Currency": [draft.currency for draft in drafts],
        "Tracking": [draft.tracking or None for draft in drafts],
    }


def _of_lines(lines: Sequence[DraftLine]) -> dict[str, Sequence[Value]]:
    """The words of each line."""
    return {
        "Product": [line.product for line in lines],
        "Subscription": [line.subscription or None for line in lines],
        "Description": [line.description for line in lines],
        "Kind": [line.kind for line in lines],
        "Tax Code": [line.tax_code or None for line in lines],
        "Tax Reason": [line.tax_reason or None for line in lines],
        "Status": [HELD if line.hold_reason else DRAFTED for line in lines],
        "Hold Reason": [capital(line.hold_reason) if line.hold_reason else None for line in lines],
        "Item Code": [line.item_code or None for line in lines],
        "Account Code": [line.account_code or None for line in lines],
        "Why": [line.why for line in lines],
        "Source Rows": [shortened(line.source_rows) for line in lines],
    }


def _amounts(lines: Sequence[DraftLine], currencies: Sequence[str]) -> dict[str, Sequence[Value]]:
    """The figures of each line; those that are money in the currency of its draft."""
    rates = {rate: quantity(rate) for rate in {line.tax_rate for line in lines}}
    return {
        "Quantity": [quantity(line.quantity) for line in lines],
        "Unit Price": [quantity(line.unit) for line in lines],
        "Net": list(map(to_minor_unit, [line.net for line in lines], currencies)),
        "Tax Rate": [rates[line.tax_rate] for line in lines],
        "Tax": list(map(to_minor_unit, [line.tax for line in lines], currencies)),
        "Cost": list(map(money, [line.cost for line in lines], currencies)),
        "Residual": [round(line.residual, 6) if line.residual else None for line in lines],
    }


def shortened(rows: tuple[str, ...], most: int = 12) -> str:
    """The first source rows, and how many more there are; Exceptions and the JSON have them all."""
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return ", ".join(rows[:most]) + more
