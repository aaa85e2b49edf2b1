"""The hits of both margin rules: what should be billed against what the vendor charges, just as the Margin tab has it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recon_xl.core.finding import WE_LOSE, Hit
from recon_xl.core.margin import KeyMargin, margins
from recon_xl.core.money import money_text, quantity_text
from recon_xl.core.price import margin_of
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

_MATCHES = """
    SELECT client, product, currency, status, has_source, is_spread, is_count, expected, billed, expected_cost, confidence
    FROM key_match
    WHERE has_source OR is_spread OR status = 'timing'
"""


def margin_hits(session: Session, inputs: Inputs, check: str) -> Iterator[Hit]:
    """One hit for each client, product and currency that the Margin tab marks so; not for timing, counts and credits."""
    floor, tolerance = inputs.settings.margin_floor, inputs.settings.billed_tolerance
    for row in margins(session.once(_MATCHES)):
        if row.is_known and row.cost is not None and row.cost > 0 and row.check(floor, tolerance) == check:
            yield _hit(row, row.cost, floor)


def _hit(row: KeyMargin, cost: Decimal, floor: Decimal) -> Hit:
    margin = margin_of(row.sell, cost)
    share = "" if margin is None else f", a margin of {quantity_text(margin)} %"
    return Hit(
        identity=(row.client, row.product, row.currency),
        customer=row.client,
        product=row.product,
        currency=row.currency,
        at_stake=row.missing(floor),
        direction=WE_LOSE,
        why=(
            f"{money_text(row.sell, row.currency)} to be billed for {money_text(cost, row.currency)} of vendor cost{share}; "
            f"{quantity_text(floor)} % need {money_text(row.needed(floor), row.currency)}."
        ),
        action=f"Raise the price of {row.product} for {row.client}, or accept the margin.",
        expected=row.sell,
        confidence=row.confidence,
    )
