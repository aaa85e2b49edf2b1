"""docs/rules.md: what is checked, from the docstrings of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recon_xl.catalogues.markdown import code, page, plain, table
from recon_xl.core.finding import INFORMATION
from recon_xl.rules import RuleInfo, catalogue

_INTRODUCTION = (
    "A rule's code stands in the column Rule of the tab Exceptions and in the JSON of a run. It never changes.",
    "",
    "**Severity** is how urgent a finding is. *Information* is no exception: it is totalled on Tie-out and does not",
    "change the exit code. **Compares both sides**: the rule needs billed lines on one side and vendor lines or counts",
    "on the other; where a side is missing it stays silent and the month is NOT RECONCILABLE.",
    "",
)
_HEADING = re.compile(r"(?=^\S.*$)", re.MULTILINE)


def rules_page() -> str:
    """All rules: an overview, then one section each."""
    lines = [*_INTRODUCTION, *_overview(catalogue())]
    for rule in catalogue():
        lines += ["", f"## {rule.code}", "", *_section(rule)]
    return page("Rules", "the docstrings in recon_xl/rules", lines)


def _overview(rules: tuple[RuleInfo, ...]) -> list[str]:
    rows = [
        [f"[{code(rule.code)}](#{rule.code})", plain(rule.title), rule.severity, "yes" if rule.per_key else "no"]
        for rule in rules
    ]
    return table(["Code", "Title", "Severity", "Compares both sides"], rows)


def _section(rule: RuleInfo) -> Iterator[str]:
    kind = "Information, not an exception" if rule.severity == INFORMATION else f"Severity {rule.severity}"
    yield f"**{plain(rule.title)}.** {kind}."
    summary, *parts = _HEADING.split(rule.doc.strip())[1:]
    yield from ("", plain(_flat(summary)))
    for part in parts:
        heading, _, text = part.partition("\n")
        yield from ("", f"*{heading.strip()}.* {plain(_flat(text))}")


def _flat(text: str) -> str:
    return " ".join(text.split())
