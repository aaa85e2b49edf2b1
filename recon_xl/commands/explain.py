"""Explain: why a finding, draft line or draft is what it is, in one message."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.commands.draft_words import draft_line, explained
from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.commands.places import blocks, places_words
from recon_xl.commands.reading import require_tables
from recon_xl.commands.rows import Row, require_run
from recon_xl.commands.standing import READS, Subject, subject
from recon_xl.core.money import quantity_text
from recon_xl.report.exceptions import CONSEQUENCE
from recon_xl.rules import catalogue

_MOST = 12


def execute(call: Call) -> Reply:
    """Say it all of the selected row; SelectionError where it belongs to no finding and no draft."""
    require_tables(call.snapshot, READS)
    require_run(call.snapshot)
    about = subject(call.snapshot)
    lines = list(_said(about))
    places, missing = blocks(call.snapshot, about.source_rows)
    where = [*places_words(places, _MOST), *(f"{line} (not in the workbook any more)" for line in missing[:_MOST])]
    more = about.source_rows.more + sum(block.size for block in places[_MOST:]) + len(missing[_MOST:])
    if where:
        lines.append(f"Source rows: {'; '.join(where)}{f'; and {more} more' if more else ''}")
    lines += about.also_words()
    data = {
        "about": about.key,
        "rule": about.row.text("Rule") if about.is_finding else None,
        "why": about.row.text("Hold Reason" if about.is_draft else "Why"),
        "action": about.row.text("Suggested Action") if about.is_finding else None,
        "source_rows": list(about.source_rows),
        "places": [block.address for block in places],
    }
    return Reply(message="\n".join(lines), data=data)


def _said(about: Subject) -> Iterator[str]:
    if about.is_finding:
        return _finding(about.row)
    return explained(about) if about.is_draft else _draft_line(about)


def _finding(row: Row) -> Iterator[str]:
    rule = row.text("Rule")
    yield f"{row.text('Title')} ({rule})"
    meaning = _meaning(rule)
    if meaning:
        yield meaning
    about = [row.text(column) for column in ("Customer", "Product", "Subscription", "Period")]
    yield " · ".join(part for part in about if part)
    if row.text("Severity") == CONSEQUENCE:
        yield "Follows from another finding: it is settled with that one and not counted again."
    yield ""
    yield row.text("Why")
    amounts = [f"{column.lower()} {row.money(column)}" for column in _AMOUNTS if row.money(column)]
    if amounts:
        sentence = ", ".join(amounts)
        yield f"{sentence[:1].upper()}{sentence[1:]} ({row.text('Direction')})."
    if row.text("Suggested Action"):
        yield f"To clear it: {row.text('Suggested Action')}"
    confidence = row.amount("Confidence")
    if confidence is not None:
        yield f"Confidence: {quantity_text(confidence)} %, {row.text('Basis')}."


_AMOUNTS = ("Expected", "Billed", "Variance", "At Stake")


def _draft_line(about: Subject) -> Iterator[str]:
    row = about.row
    yield draft_line(about)
    yield ""
    yield f"{row.text('Description')}: {row.text('Why')}"
    tax = row.money("Tax")
    code = "; ".join(text for text in (row.text("Tax Code"), row.text("Tax Reason")) if text)
    yield f"Net {row.money('Net')}" + (f", tax {tax} ({code})." if tax else ".")
    if row.text("Hold Reason"):
        yield f"Held, outside the net: {row.text('Hold Reason')}"


def _meaning(code: str) -> str:
    """What the rule finds, from its page; blank for a rule of a later version."""
    doc = next((rule.doc for rule in catalogue() if rule.code == code), "")
    return " ".join(doc.strip().split("\n\n", maxsplit=1)[0].split())


COMMAND = Command(
    id="explain",
    label="Explain",
    group=Group.REVIEW,
    key_tip="E",
    screentip="Say why, in plain words",
    supertip="On a row of Exceptions, Draft Lines or a draft tab, or on a source row of a finding: the reason, what was "
    "expected and billed, the money at stake, what clears it, and the rows that it rests on. On Drafts: what it is made of.",
    icon="FormulaEvaluate",
    execute=execute,
    reads=READS,
    enabled=Enabled.RESULTS,
    follows_selection=True,
    is_large=True,
    position=3,
)
