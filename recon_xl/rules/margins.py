"""The hits of both margin rules: what should be billed against what the vendor charges, just as the Margin tab has it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from recon_xl.core.finding import WE_LOSE, Hit
from recon_xl.core.margin import NEGATIVE, KeyMargin
from recon_xl.core.money import money_text, quantity_text
from recon_xl.core.price import margin_of
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.matches import known_margins
from recon_xl.engine.session import Session


def margin_hits(session: Session, inputs: Inputs, check: str) -> Iterator[Hit]:
    """One hit for each client, product and currency that the Margin tab marks so; not for timing, counts and credits."""
    floor, tolerance = inputs.settings.margin_floor, inputs.settings.billed_tolerance
    for row, cost in session.made_once(_judged, session):
        # Sold below cost, or not: only one of the two rules need look closer.
        if (row.sell < cost) == (check == NEGATIVE) and row.check(floor, tolerance) == check:
            yield _hit(row, cost, floor)


def _judged(session: Session) -> list[tuple[KeyMargin, Decimal]]:
    """The margins that both rules judge, each with its cost."""
    known = session.made_once(known_margins, session)
    return [(row, row.cost) for row in known if row.is_known and row.cost is not None and row.cost > 0]


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
