"""Which states the lines of the month are in: rules about states that do not occur need not ask for their lines."""

from __future__ import annotations

from recon_xl.engine.session import Session

VENDOR, BILLED, COUNTED = "mapped_line", "billed_line", "count_line"
_STATES = """
    SELECT DISTINCT 'mapped_line' AS source, state FROM mapped_line
    UNION ALL SELECT DISTINCT 'billed_line', state FROM billed_line
    UNION ALL SELECT DISTINCT 'count_line', state FROM count_line
"""


def occurs(session: Session, source: str, *states: str) -> bool:
    """Whether any line of a source (of whatever period) is in one of these states; asked of the ledger once a run."""
    return any(row["source"] == source and row["state"] in states for row in session.once(_STATES))
