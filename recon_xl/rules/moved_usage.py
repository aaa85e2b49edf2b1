"""What the rules about a spike and a drop of usage share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recon_xl.core.finding import REVIEW, Hit
from recon_xl.core.money import EXACT, money_text, quantity_text
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

_SQL = "SELECT * FROM usage_series WHERE is_told AND verdict = ? ORDER BY client, plan, entitlement_id, group_key, currency"


def moved_hits(session: Session, inputs: Inputs, verdict: str, action: str) -> Iterator[Hit]:
    """One hit a series of Usage History that moved that way; at stake is its cost against the baseline."""
    if not inputs.rows("Usage History"):
        return
    names = (
        "client",
        "subscription",
        "meter_group",
        "group_key",
        "currency",
        "product",
        "months",
        "baseline",
        "cost",
        "note",
    )
    query = _SQL.replace("*", ", ".join((*names, "line_ids")))
    for values in session.rows(query, [verdict]):
        row: dict[str, Any] = dict(zip((*names, "line_ids"), values, strict=True))
        yield Hit(
            identity=(row["client"], row["subscription"].casefold(), row["group_key"], row["currency"]),
            customer=row["client"],
            product=row["product"],
            currency=row["currency"],
            at_stake=abs(EXACT.subtract(row["cost"], row["baseline"])),
            direction=REVIEW,
            why=_why(row, inputs),
            action=action,
            subscription=row["subscription"],
            lines=tuple(row["line_ids"]),
        )


def _why(row: dict[str, Any], inputs: Inputs) -> str:
    what = f"{row['meter_group']} of subscription" if row["meter_group"] else "Subscription"
    months = "month" if row["months"] == 1 else f"{row['months']} months"
    cost, baseline = (money_text(row[name], row["currency"]) for name in ("cost", "baseline"))
    settings = inputs.settings
    limit = f"more than {quantity_text(settings.usage_factor)} times"
    side = f"{limit} its baseline" if row["cost"] > row["baseline"] else f"its baseline is {limit} that"
    note = f" ({row['note']})" if row["note"] else ""
    return f"{what} {row['subscription']}: {cost} in {settings.period}, {baseline} on average of the last {months}; {side}{note}."
