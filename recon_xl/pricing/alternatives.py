"""The station that asks why a bill differs: open keys in, the relation `alternative` out. Keys that agree are never touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recon_xl.core.terms import Terms
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.pricing.counted import COUNTED, Counted
from recon_xl.pricing.hypotheses import explain
from recon_xl.pricing.hypotheses.case import Alternative, Case, OpenKey, Tools
from recon_xl.pricing.price_line import PriceLine
from recon_xl.pricing.printed import price_lines

Pair = tuple[str, str]


def load_alternatives(session: Session, inputs: Inputs, tools: Tools, terms: Callable[[str, str], Terms]) -> None:
    """The relation `alternative`: for each open key whose bill a hypothesis gives, its cause, amount and evidence."""
    keys = [OpenKey(*row) for row in session.rows("SELECT * FROM open_key")]
    found = [
        (case.key, told) for case in _cases(session, inputs, tools, terms, keys) if (told := _told(case)) is not None
    ]
    names = ("client", "product", "currency", "subscription_id")
    session.load(
        "alternative",
        {**dict.fromkeys(names, "VARCHAR"), "cause": "VARCHAR", "amount": AMOUNT, "why": "VARCHAR"},
        {
            **{name: [key[place] for key, _ in found] for place, name in enumerate(names)},
            "cause": [told.cause for _, told in found],
            "amount": [told.amount for _, told in found],
            "why": [told.why for _, told in found],
        },
    )


def _told(case: Case) -> Alternative | None:
    """Nothing is claimed about a key that does not price to what is expected of it in the first place."""
    if case.key.has_billed and case.amount() != case.key.expected:
        return None
    return explain(case)


def _cases(
    session: Session, inputs: Inputs, tools: Tools, terms: Callable[[str, str], Terms], keys: Sequence[OpenKey]
) -> list[Case]:
    if not keys:
        return []
    session.relate("past_input")
    current = _lines(
        session, inputs,
        "SELECT * FROM price_input WHERE (client, product) IN (SELECT client, product FROM open_key) ORDER BY rowid",
    )  # fmt: skip
    past = _lines(session, inputs, "SELECT * FROM past_input ORDER BY rowid")
    counts = _counts(session)
    splits = set(session.rows("SELECT client, product, currency, subscription_id FROM by_subscription"))

    def own(key: OpenKey, lines: dict[Pair, list[PriceLine]]) -> list[PriceLine]:
        """The lines of a key: of its subscription, or of all that are not compared on their own."""
        return [
            line
            for line in lines.get(key[:2], [])
            if line.subscription_id == key.subscription_id
            or (not key.subscription_id and (*key[:3], line.subscription_id) not in splits)
        ]

    return [
        Case(key, own(key, current), own(key, past), counts.get(key[:2]), terms(key.client, key.product), tools)
        for key in keys
    ]


def _lines(session: Session, inputs: Inputs, query: str) -> dict[Pair, list[PriceLine]]:
    lines: dict[Pair, list[PriceLine]] = {}
    for line in price_lines(session.rows(query), inputs):
        lines.setdefault((line.client, line.product), []).append(line)
    return lines


def _counts(session: Session) -> dict[Pair, Counted]:
    rows = session.rows(f"{COUNTED} WHERE (n.client, n.product) IN (SELECT client, product FROM open_key)")  # noqa: S608 - our own words
    return {(row[0], row[1]): Counted._make(row) for row in rows}
