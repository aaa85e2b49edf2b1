"""Drafts and Draft Lines: the index and the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recon_xl.core.cells import Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.report.result import Result
from recon_xl.report.values import money, quantity, ref, rows_change, source_link, tab_link, tables_by_source, this_row
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
    return rows_change("Draft Lines", _line_rows(result, tables))


def _line_rows(result: Result, tables: Mapping[str, str]) -> Iterator[dict[str, Value]]:
    for draft in result.drafts:
        for place, line in enumerate(draft.lines, 1):
            yield _line_row(draft, place, line, tables)


def _line_row(draft: Draft, place: int, line: DraftLine, tables: Mapping[str, str]) -> dict[str, Value]:
    currency = draft.currency
    return {
        "Line": f"{draft.number}-{place:03d}",
        "Number": draft.number,
        "Customer": draft.customer,
        "Currency": currency,
        "Product": line.product,
        "Subscription": line.subscription or None,
        "Description": line.description,
        "Kind": line.kind,
        "Quantity": quantity(line.quantity),
        "Unit Price": quantity(line.unit),
        "Net": money(line.net, currency),
        "Tax Code": line.tax_code or None,
        "Tax Rate": quantity(line.tax_rate),
        "Tax": money(line.tax, currency),
        "Tax Reason": line.tax_reason or None,
        "Status": HELD if line.is_held else DRAFTED,
        "Hold Reason": capital(line.hold_reason) or None,
        "Item Code": line.item_code or None,
        "Account Code": line.account_code or None,
        "Tracking": draft.tracking or None,
        "Cost": money(line.cost, currency),
        "Residual": round(line.residual, 6) if line.residual else None,
        "Why": line.why,
        "Source Rows": shortened(line.source_rows),
        "Link": source_link(line.source_rows[0], tables) if line.source_rows else None,
    }


def shortened(rows: tuple[str, ...], most: int = 12) -> str:
    """The first source rows, and how many more there are; Exceptions and the JSON have them all."""
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return ", ".join(rows[:most]) + more
