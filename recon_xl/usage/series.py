"""Each series of Usage History against this month: a spike, a drop, or neither; loads the relation `usage_series`.

Both readings are compared by cross-multiplying, so that no third of a cent decides. Of a plan, its entitlements and their
meter categories only the widest that moved is told: the narrower ones moved with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.contract import Settings
from recon_xl.core.money import EXACT, product, ratio, to_minor_unit
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.ledger import relate_usage
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.usage.current import Current, Found
from recon_xl.usage.history import Past, read_history

SPIKE, DROP, STEADY, UNKNOWN = "SPIKE", "DROP", "OK", "NOT CHECKED"

ToBase = Callable[[Decimal, str], Decimal | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One series with its verdict; `is_told` is False where a wider series already says it."""

    past: Past
    found: Found
    baseline: Decimal
    verdict: str
    note: str = ""
    is_told: bool = True


def relate_series(session: Session, inputs: Inputs, to_base: ToBase) -> None:
    """Load usage by the month and the day, and each series of the history with its verdict: what rules, Coverage and the tab read."""
    relate_usage(session, inputs)
    if not inputs.rows("Usage History"):
        return
    history = read_history(session, inputs)
    current = Current(session, [past.key for past in history], has_daily=inputs.rows("Daily Usage") > 0)
    series = [_compare(past, current.of(past.key), inputs.settings, to_base) for past in history]
    _load(session, [_told(one, series) for one in series])


def _compare(past: Past, found: Found, settings: Settings, to_base: ToBase) -> Series:
    baseline = to_minor_unit(ratio(past.cost, Decimal(past.months)), past.key.currency)
    if found.cost is None:
        return Series(past, found, baseline, UNKNOWN, found.note)
    months, factor = Decimal(past.months), settings.usage_factor
    change = EXACT.subtract(product(found.cost, months), past.cost)  # of all months together
    is_spike = product(found.cost, months) > product(past.cost, factor)
    is_drop = product(found.cost, months, factor) < past.cost
    in_base = to_base(ratio(abs(change), months), past.key.currency)
    is_large = (ratio(abs(change), months) if in_base is None else in_base) > settings.usage_floor
    if not is_large or not (is_spike or is_drop):
        return Series(past, found, baseline, STEADY)
    note = (
        ""
        if in_base is not None
        else f"no rate to {settings.base_currency}: Usage Floor was taken in {past.key.currency}"
    )
    return Series(past, found, baseline, SPIKE if is_spike else DROP, note)


def _told(one: Series, every: Sequence[Series]) -> Series:
    wider = (other for other in every if other is not one and _covers(other, one))
    if one.verdict in (SPIKE, DROP) and any(other.verdict == one.verdict for other in wider):
        return Series(one.past, one.found, one.baseline, one.verdict, one.note, is_told=False)
    return one


def _covers(wide: Series, narrow: Series) -> bool:
    """The same plan, and at each level everything or the same."""
    same = (wide.past.key.client, wide.past.key.currency, wide.found.plan) == (
        narrow.past.key.client, narrow.past.key.currency, narrow.found.plan,
    )  # fmt: skip
    levels = (
        (wide.found.entitlement, narrow.found.entitlement),
        (wide.past.key.meter_group, narrow.past.key.meter_group),
    )
    return same and all(mine in ("", its) for mine, its in levels) and levels[0] + levels[1] != ("", "", "", "")


def _load(session: Session, series: Sequence[Series]) -> None:
    texts = ("client", "subscription", "plan", "entitlement_id", "meter_group", "group_key", "currency", "product")
    rows = [
        (
            one.past.key.client, one.past.subscription, one.found.plan, one.found.entitlement, one.past.meter_group,
            one.past.key.meter_group, one.past.key.currency, one.found.product, one.past.months, one.baseline,
            one.found.cost, one.verdict, one.note, one.is_told, list(one.found.line_ids),
        )
        for one in series
    ]  # fmt: skip
    types = {
        **dict.fromkeys(texts, "VARCHAR"), "months": "INTEGER", "baseline": AMOUNT, "cost": AMOUNT, "verdict": "VARCHAR",
        "note": "VARCHAR", "is_told": "BOOLEAN", "line_ids": "VARCHAR[]",
    }  # fmt: skip
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    session.load("usage_series", types, dict(zip(types, columns, strict=True)))
