"""The matched keys, as rules, drafts and reports read them."""

from __future__ import annotations

from typing import Any

from recon_xl.core.margin import KeyMargin, margins
from recon_xl.engine.session import Session

_MATCHES = """
    SELECT client, product, currency, subscription_id, status, has_source, is_spread, is_count, expected, billed, cost,
        expected_cost, expected_quantity, billed_quantity, confidence
    FROM key_match
    ORDER BY client, product, currency, subscription_id
"""


def matches(session: Session) -> list[dict[str, Any]]:
    """Every row of `key_match` with what more than one station asks of it; read once a run."""
    return session.once(_MATCHES)


def known_margins(session: Session) -> list[KeyMargin]:
    """The margin of each client, product and currency, for the rules and the Margin tab."""
    return margins(matches(session))
