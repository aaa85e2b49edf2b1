"""Pieces -> draft lines: one a key, charge kind and unit price."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from recon_xl.core.draft import DraftLine
from recon_xl.core.margin import KeyMargin
from recon_xl.core.money import EXACT, ZERO, money_text, product, shown_price, to_minor_unit, total
from recon_xl.core.piece import Piece
from recon_xl.core.terms import Terms
from recon_xl.drafts.words import KIND_WORDS, described, reasoned
from recon_xl.engine.matches import known_margins, matches
from recon_xl.engine.session import Session

Key = tuple[str, str, str, str]
"""Client, product, currency, subscription (blank where the key is not compared by it)."""

_KINDS = ("cycle", "instalment", "count", "usage", "one-time", "change", "credit")


@dataclass(frozen=True, slots=True)
class Groundwork:
    """What draft lines are made of: pieces, how each key was matched, and with which margin."""

    pieces: list[Piece]
    matches: list[dict[str, Any]]
    margins: list[KeyMargin]
    by_subscription: Collection[Key]
    unreadable: list[dict[str, Any]]
    billed_rows: dict[Key, tuple[str, ...]]


def groundwork(session: Session, pieces: list[Piece]) -> Groundwork:
    """Read the matched keys from the ledger: the last that asks what rules asked before, so that it can go."""
    splits = set(session.rows_once("SELECT client, product, currency, subscription_id FROM by_subscription"))
    billed: dict[Key, list[str]] = {}
    for client, name, currency, subscription, line_id in session.rows(
        "SELECT client, product, client_currency, subscription_id, line_id FROM billed_line WHERE state = 'mapped' ORDER BY line_id"
    ):
        whole = (client, name, currency, subscription)
        key = whole if whole in splits else (client, name, currency, "")
        billed.setdefault(key, []).append(line_id)
    ground = Groundwork(
        pieces=pieces,
        matches=matches(session),
        margins=session.made_once(known_margins, session),
        by_subscription=splits,
        unreadable=session.records(
            "SELECT client, product, client_currency, line_id, invoice, currency, subtotal FROM mapped_line "
            "WHERE state = 'unreadable' AND in_period AND client IS NOT NULL ORDER BY line_id"
        ),
        billed_rows={key: tuple(ids) for key, ids in billed.items()},
    )
    session.forget()
    return ground


def draft_lines(ground: Groundwork, terms: Callable[[str, str], Terms]) -> Iterator[tuple[str, str, DraftLine]]:
    """(client, currency, line), untaxed, sorted by client, product, subscription and kind."""
    replaced = {_key_of(match) for match in ground.matches if match["is_spread"] or _is_covered(match)}
    groups: dict[tuple[Key, str, Decimal | None, str | None], list[Piece]] = {}
    rows: dict[Key, list[str]] = {}
    for piece in ground.pieces:
        key = _piece_key(piece, ground.by_subscription)
        if key in replaced:
            rows.setdefault(key, []).extend(piece.line_ids)
        elif not piece.is_earlier:
            # A meter has no unit price worth showing: the usage of a key is one line.
            unit = None if piece.kind == "usage" else piece.unit
            groups.setdefault((key, piece.kind, unit, piece.problem), []).append(piece)
    found = [
        (key, _line(key, kind, part, terms))
        for (key, kind, _, _), pieces in groups.items()
        for part in _parts(kind, pieces)
    ]
    found += _instalments(ground, replaced, rows, terms)
    found += _held_keys(ground, terms)
    found += _held_rows(ground, terms)
    for (client, _, currency, _), line in sorted(
        found, key=lambda item: (item[0], _KINDS.index(item[1].kind), item[1].unit)
    ):
        yield client, currency, line


def _parts(kind: str, pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces at one unit price: one line, but one each where each was rounded and their sum is no longer units x price."""
    if kind == "usage" or len(pieces) == 1:
        return [pieces]
    quantity, amount, _, _ = _sums(pieces)
    first = pieces[0]
    if _is_product(quantity, shown_price(first.unit), amount, first.currency):
        return [pieces]
    return [[piece] for piece in pieces]


def _is_covered(match: dict[str, Any]) -> bool:
    """An instalment of an annual charge of an earlier period."""
    return bool(match["status"] == "timing" and not match["has_source"])


def _key_of(match: dict[str, Any]) -> Key:
    return match["client"], match["product"], match["currency"], match["subscription_id"]


def _piece_key(piece: Piece, splits: Collection[Key]) -> Key:
    key = (piece.client, piece.product, piece.currency, piece.subscription_id)
    return key if key in splits else (*key[:3], "")


def _line(key: Key, kind: str, pieces: list[Piece], terms: Callable[[str, str], Terms]) -> DraftLine:
    client, name, currency, subscription = key
    first = pieces[0]
    unit = shown_price(first.unit)
    quantity, amount, exact, cost = _sums(pieces)
    if kind == "usage" or not _is_product(quantity, unit, amount, currency):
        quantity, unit = Decimal(1), amount
    mine = terms(client, name)
    rows = first.line_ids if len(pieces) == 1 else tuple(chain.from_iterable([piece.line_ids for piece in pieces]))
    return DraftLine._make((  # in order, because names cost as much again as the line itself
        name, subscription, described(name, kind, pieces), kind, quantity, unit, amount, "", ZERO, ZERO, reasoned(pieces), rows,
        cost, EXACT.subtract(exact, amount), mine.item_code, mine.account_code, first.problem or "", "",
    ))  # fmt: skip


def _is_product(quantity: Decimal, unit: Decimal, amount: Decimal, currency: str) -> bool:
    """Whether a line is its quantity times its unit price, which has more decimals than the line where that is rounded."""
    return to_minor_unit(product(quantity, unit), currency) == amount


def _sums(pieces: Sequence[Piece]) -> tuple[Decimal, Decimal, Decimal, Decimal | None]:
    """Quantity, amount, exact amount and cost of pieces together; no cost where one of them has none."""
    if len(pieces) == 1:
        only = pieces[0]
        return only.quantity, only.amount, only.exact, only.cost
    costs = [piece.cost for piece in pieces if piece.cost is not None]
    return (
        total([piece.quantity for piece in pieces]), total([piece.amount for piece in pieces]),
        total([piece.exact for piece in pieces]), total(costs) if len(costs) == len(pieces) else None,
    )  # fmt: skip


def _instalments(
    ground: Groundwork, replaced: set[Key], rows: dict[Key, list[str]], terms: Callable[[str, str], Terms]
) -> Iterator[tuple[Key, DraftLine]]:
    for match in ground.matches:
        key = _key_of(match)
        if key in replaced:
            amount = match["expected"] if match["is_spread"] else match["billed"]
            why = (
                f"monthly instalment of an annual charge still in term; {money_text(amount, key[2])} planned by the PSA"
            )
            yield key, _flat(key, "instalment", amount, why, tuple(rows.get(key, ())), terms)


def _held_keys(ground: Groundwork, terms: Callable[[str, str], Terms]) -> Iterator[tuple[Key, DraftLine]]:
    for match in ground.matches:
        if match["status"] == "not reconcilable":
            key = _key_of(match)
            reason = "NOT RECONCILABLE: sold on annual terms, and the upfront charge is not loaded"
            yield key, _flat(key, "instalment", match["billed"], reason, ground.billed_rows.get(key, ()), terms, reason)


def _held_rows(ground: Groundwork, terms: Callable[[str, str], Terms]) -> Iterator[tuple[Key, DraftLine]]:
    for row in ground.unreadable:
        name = row["product"] or "(product not mapped)"
        key = (row["client"], name, row["client_currency"], "")
        cost = money_text(row["subtotal"], row["currency"])
        reason = f"a cell of this line cannot be read, see Exceptions; vendor cost {cost}"
        known = terms if row["product"] else None
        yield key, _flat(key, "change", ZERO, reason, (row["line_id"],), known, reason)


def _flat(
    key: Key,
    kind: str,
    amount: Decimal,
    why: str,
    rows: tuple[str, ...],
    terms: Callable[[str, str], Terms] | None,
    hold_reason: str = "",
) -> DraftLine:
    client, name, currency, subscription = key
    mine = terms(client, name) if terms else None
    amount = to_minor_unit(amount, currency)
    return DraftLine(
        product=name, subscription=subscription, description=f"{name}, {KIND_WORDS.get(kind, kind)}", kind=kind,
        quantity=Decimal(1), unit=amount, net=amount, tax_code="", tax_rate=ZERO, tax=ZERO, why=why, source_rows=rows,
        item_code=mine.item_code if mine else "", account_code=mine.account_code if mine else "", hold_reason=hold_reason,
    )  # fmt: skip
