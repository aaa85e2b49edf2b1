"""The hits that rules at the grain of the match key make, and the keys that each of them speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import CUSTOMER_OVERCHARGED, WE_LOSE, Hit, by_sign
from recon_xl.engine.session import Session
from recon_xl.rules.words import capital, money_of, source_words

WITHOUT_SOURCE = frozenset({"billed-without-source", "cancelled-still-billed"})
"""Rules about a bill that nothing of the vendor supports: what follows where the vendor's lines are not mapped."""
WITHOUT_BILL = frozenset({"unbilled", "unbilled-usage", "renewal-missed"})
"""Rules about a vendor charge that nobody bills."""


_CAUSED = """
    SELECT k.*, c.cause, c.told, c.by_vendor, c.last_day, c.cancelled_on, c.ends, c.listed_status
    FROM key_match AS k
    INNER JOIN key_cause AS c USING (client, product, currency, subscription_id)
    ORDER BY k.client, k.product, k.currency, k.subscription_id
"""


def caused(session: Session, code: str) -> list[dict[str, Any]]:
    """Records of `key_match` whose one cause is a rule's code, with the evidence of `key_cause`."""
    return [row for row in session.once(_CAUSED) if row["cause"] == code]


def key_hit(row: dict[str, Any], *, at_stake: Decimal, direction: str, why: str, action: str, **more: Any) -> Hit:
    """A hit at the grain of the match key; `row` is a record of the relation `key_match`."""
    values: dict[str, Any] = {
        "subscription": row["subscription_id"],
        "expected_quantity": row["expected_quantity"],
        "billed_quantity": row["billed_quantity"],
        "expected": row["expected"],
        "billed": row["billed"],
        "confidence": Decimal(str(row["confidence"])),
    }
    return Hit(
        identity=(row["client"], row["product"], row["currency"], row["subscription_id"]),
        customer=row["client"],
        product=row["product"],
        currency=row["currency"],
        at_stake=abs(at_stake),
        direction=direction,
        why=why,
        action=action,
        **(values | more),
    )


def explained_hits(session: Session, code: str, action: str) -> Iterator[Hit]:
    """One hit for each key that a hypothesis explains: at stake is the variance, by sign; the reason is its evidence.

    `action` may name `{client}` and `{product}`.
    """
    for row in caused(session, code):
        kept = row["billed"] - row["excess"]
        money = f"{money_of(kept, row)} billed against {money_of(row['expected'], row)} expected"
        yield key_hit(
            row,
            at_stake=row["variance"],
            direction=by_sign(row["variance"]),
            why=f"{capital(row['told'])}: {money}.{source_words(row)}",
            action=action.format(client=row["client"], product=row["product"]),
            billed=kept,
            billed_quantity=row["kept_quantity"],
        )


def unbilled_hit(row: dict[str, Any], source: str, action: str, title: str = "") -> Hit:
    """A key without a billed line: at stake is the expected amount, or the vendor cost where no price is known.

    `source` says what is not billed, and begins the sentence; `title` stands for that of the rule.
    """
    unpriced, amount = row["status"] == "unpriced", unbilled_amount(row)
    reason = f"; {row['problem']}, so the vendor cost is shown" if unpriced else ""
    return key_hit(
        row,
        at_stake=amount,
        direction=WE_LOSE if amount >= 0 else CUSTOMER_OVERCHARGED,
        why=f"{source}: {money_of(amount, row)}{reason}.{'' if unpriced else source_words(row)}",
        action=action,
        basis="estimated" if unpriced else "calculated",
        expected=None if unpriced else row["expected"],
        title=title,
    )


def unbilled_amount(row: dict[str, Any]) -> Decimal:
    """What a key without a billed line should have been billed, or its cost where no price is known; negative for a credit."""
    amount: Decimal = row["cost" if row["status"] == "unpriced" else "expected"]
    return amount
