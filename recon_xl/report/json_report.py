"""The documented JSON object of a run: stable names, every amount and quantity an exact decimal in text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from recon_xl.core.control import Control, CoverageRow
from recon_xl.core.draft import Draft, DraftLine
from recon_xl.core.finding import Finding
from recon_xl.core.money import ZERO
from recon_xl.report.result import Result
from recon_xl.report.values import money, quantity

Json = dict[str, Any]


def result_json(result: Result) -> Json:
    """Everything that the sheets show, for scripts."""
    return {
        "period": result.period,
        "status": result.status,
        "exit_code": result.exit_code,
        "sources": [_source(row) for row in result.sources],
        "totals": _totals(result),
        "tie_out": [_control(control) for control in result.controls],
        "coverage": _coverage(result),
        "findings": [_finding(finding) for finding in result.exceptions],
        "information": [_finding(finding) for finding in result.information],
        "drafts": [_draft(draft) for draft in result.drafts],
        "usage": [_usage(row) for row in result.usage],
        "warnings": list(result.warnings),
        "run": {
            "id": result.stamp.run_id,
            "started": result.stamp.started.isoformat(),
            "user": result.stamp.user,
            "version": result.stamp.version,
            "inputs": result.stamp.inputs,
        },
    }


def amount_text(amount: Decimal | None, currency: str) -> str | None:
    """An amount at its currency's minor unit, as text."""
    rounded = money(amount, currency)
    return None if rounded is None else f"{rounded:f}"


def quantity_json(amount: Decimal | None) -> str | None:
    """A quantity as text, without needless zeros."""
    return None if amount is None else f"{quantity(amount):f}"


def _source(row: Mapping[str, Any]) -> Json:
    currency = row.get("Currency") or ""
    return {
        "id": row.get("Source"),
        "file": row.get("File"),
        "table": row.get("Table"),
        "format": row.get("Format"),
        "status": row.get("Status"),
        "invoice": row.get("Invoice"),
        "currency": row.get("Currency"),
        "period": row.get("Period"),
        "as_of": None if row.get("As Of") is None else row["As Of"].isoformat(),
        "rows": row.get("Rows"),
        "net": amount_text(row.get("Net"), currency),
        "tax": amount_text(row.get("Tax"), currency),
        "total": amount_text(row.get("Total"), currency),
        "control_total": amount_text(row.get("Control Total"), currency),
        "hash": row.get("Hash"),
    }


def _totals(result: Result) -> Json:
    currencies = sorted({match["currency"] for match in result.matches})
    return {
        "rows_read": dict(result.rows_read),
        "expected_and_billed": [_both_sides(result, currency) for currency in currencies],
        "at_stake": [
            {"currency": currency, "direction": direction, "findings": count, "at_stake": amount_text(amount, currency)}
            for (currency, direction), (count, amount) in result.at_stake().items()
        ],
        "drafts": [_draft_totals(result, currency) for currency in sorted({draft.currency for draft in result.drafts})],
        "controls": {
            "hold": sum(1 for control in result.controls if control.ok is True),
            "fail": len(result.failed_controls),
            "not_checked": sum(1 for control in result.controls if control.ok is None),
        },
    }


def _both_sides(result: Result, currency: str) -> Json:
    mine = [match for match in result.matches if match["currency"] == currency]
    sums = {side: sum((match[side] for match in mine), ZERO) for side in ("expected", "billed")}
    return {"currency": currency, **{side: amount_text(amount, currency) for side, amount in sums.items()}}


def _draft_totals(result: Result, currency: str) -> Json:
    mine = [draft for draft in result.drafts if draft.currency == currency]
    sums = {name: sum((getattr(draft, name) for draft in mine), ZERO) for name in ("net", "tax", "total")}
    counts = {"drafts": len(mine), "held": sum(1 for draft in mine if draft.is_held)}
    return {"currency": currency, **counts, **{name: amount_text(amount, currency) for name, amount in sums.items()}}


def _control(control: Control) -> Json:
    return {
        "control": control.name,
        "invoice": control.invoice or None,
        "currency": control.currency,
        "expected": amount_text(control.expected, control.currency),
        "actual": amount_text(control.actual, control.currency),
        "difference": amount_text(control.difference, control.currency),
        "ok": control.ok,
        "note": control.note,
    }


def _coverage(result: Result) -> Json:
    return {
        "status": "CHECKED" if result.reconcilable else "NOT RECONCILABLE",
        "reason": result.not_reconcilable_reason or None,
        "sentence": result.coverage_sentence,
        "keys": result.keys,
        "checked_keys": result.checked_keys,
        "rows": [_coverage_row(row) for row in result.coverage],
    }


def _coverage_row(row: CoverageRow) -> Json:
    return {
        "area": row.area,
        "item": row.item,
        "status": row.status,
        "rows": row.rows,
        "amount": amount_text(row.amount, row.currency),
        "currency": row.currency or None,
        "reason": row.reason or None,
    }


def _finding(finding: Finding) -> Json:
    hit = finding.hit
    return {
        "key": finding.key,
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity,
        "customer": hit.customer or None,
        "product": hit.product or None,
        "subscription": hit.subscription or None,
        "period": finding.period,
        "expected_quantity": quantity_json(hit.expected_quantity),
        "billed_quantity": quantity_json(hit.billed_quantity),
        "expected": amount_text(hit.expected, hit.currency),
        "billed": amount_text(hit.billed, hit.currency),
        "variance": amount_text(finding.variance, hit.currency),
        "at_stake": amount_text(hit.at_stake, hit.currency),
        "direction": hit.direction,
        "currency": hit.currency,
        "basis": hit.basis,
        "why": hit.why,
        "action": hit.action,
        "confidence": f"{hit.confidence.normalize():f}",
        "primary": finding.is_primary,
        "cause": finding.cause,
        "source_rows": list(finding.source_rows),
    }


def _usage(row: Mapping[str, Any]) -> Json:
    currency = row["currency"]
    names = ("customer", "product", "invoice", "subscription", "entitlement", "entitlement_name", "meter_group")
    counts = ("days", "rows", "stated_rows", "without_pec_rows", "benefit_rows", "late_rows")
    amounts = ("retail", "cost", "pec", "benefit_cost", "credited", "late_cost", "baseline")
    return {
        **{name: row[name] or None for name in names},
        "currency": currency,
        "detail": row["detail"],
        **{name: None if row[name] is None else row[name].isoformat() for name in ("first_day", "last_day")},
        **{name: None if row[name] is None else int(row[name]) for name in counts},
        **{name: amount_text(row[name], currency) for name in amounts},
        "status": row["status"],
    }


def _draft(draft: Draft) -> Json:
    return {
        "number": draft.number,
        "type": "credit memo" if draft.is_credit_memo else "invoice",
        "customer": draft.customer,
        "currency": draft.currency,
        "po": draft.po or None,
        "date": draft.date.isoformat(),
        "due": draft.due.isoformat(),
        "status": draft.status,
        "hold_reasons": list(draft.hold_reasons),
        "net": amount_text(draft.net, draft.currency),
        "tax": amount_text(draft.tax, draft.currency),
        "total": amount_text(draft.total, draft.currency),
        "lines": [_draft_line(line, draft.currency) for line in draft.billed_lines],
        "held_lines": [_draft_line(line, draft.currency) for line in draft.held_lines],
    }


def _draft_line(line: DraftLine, currency: str) -> Json:
    return {
        "product": line.product,
        "subscription": line.subscription or None,
        "description": line.description,
        "kind": line.kind,
        "quantity": quantity_json(line.quantity),
        "unit": quantity_json(line.unit),
        "net": amount_text(line.net, currency),
        "tax_code": line.tax_code or None,
        "tax_rate": quantity_json(line.tax_rate),
        "tax": amount_text(line.tax, currency),
        "tax_reason": line.tax_reason or None,
        "item_code": line.item_code or None,
        "account_code": line.account_code or None,
        "why": line.why,
        "hold_reason": line.hold_reason or None,
        "source_rows": list(line.source_rows),
    }
