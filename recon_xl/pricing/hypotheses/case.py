"""A key that does not agree, and what is needed to price it again under a hypothesis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from recon_xl.contract import Settings
from recon_xl.core.money import money_text, total
from recon_xl.core.piece import Piece
from recon_xl.core.terms import Terms
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.counted import Counted, count_pieces
from recon_xl.pricing.pieces import PieceMaker
from recon_xl.pricing.price_line import PriceLine
from recon_xl.pricing.spoiled import Spoiled
from recon_xl.pricing.terms import TermBook
from recon_xl.pricing.unit_price import BilledUnits
from recon_xl.pricing.vendor import VendorPricer


class OpenKey(NamedTuple):
    """One row of the relation `open_key`: `kept` is the billed amount less excess copies, in the client's currency."""

    client: str
    product: str
    currency: str
    subscription_id: str
    expected: Decimal
    kept: Decimal
    expected_quantity: Decimal | None
    kept_quantity: Decimal | None
    is_spread: bool
    has_billed: bool
    is_priced: bool


class Alternative(NamedTuple):
    """What a key would be billed under a hypothesis, the cause that this would prove, and the evidence in words."""

    cause: str
    amount: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Tools:
    """What every case is priced with: the same look-ups as the expected amount itself."""

    settings: Settings
    book: PriceBook
    term_book: TermBook
    sell_prices: Sequence[Mapping[str, Any]]
    billed: BilledUnits
    spoiled: Spoiled


@dataclass(frozen=True, slots=True)
class Case:
    """One open key with its vendor lines, earlier charges of its subscriptions (latest first), count and terms."""

    key: OpenKey
    lines: Sequence[PriceLine]
    past: Sequence[PriceLine]
    count: Counted | None
    terms: Terms
    tools: Tools

    def amount(
        self, lines: Iterable[PriceLine] | None = None, *, terms: Terms | None = None, book: PriceBook | None = None
    ) -> Decimal | None:
        """The key priced with other lines, terms or prices, by the code that prices the expected bill; None without a price."""
        pieces = self._pieces(self.lines if lines is None else lines, terms or self.terms, book or self.tools.book)
        if any(piece.problem and piece.kind != "credit" for piece in pieces):
            return None
        if self.key.is_spread:
            return total(piece.instalment for piece in pieces)
        return total(piece.amount for piece in pieces if not piece.is_earlier)

    def _pieces(self, lines: Iterable[PriceLine], terms: Terms, book: PriceBook) -> list[Piece]:
        tools = self.tools
        maker = PieceMaker(tools.settings, book)
        pricer = VendorPricer(maker, book, lambda client, name: terms, self._billed(), tools.spoiled)
        counts = [self.count] if self.count is not None else []
        counted = count_pieces(counts, book, lambda client, name: terms, tools.billed, tools.spoiled)
        return [*pricer.pieces(lines), *counted]

    def _billed(self) -> BilledUnits:
        """Where the key is one subscription, its own bill is the whole of it."""
        client, name, _, subscription, *_ = self.key
        own = self.tools.billed.get((client, name, subscription)) if subscription else None
        return self.tools.billed if own is None else {**self.tools.billed, (client, name, ""): own}

    def is_billed(self, amount: Decimal) -> bool:
        """True where an amount is what is billed, and not what is expected (if that is known), within the billed tolerance."""
        tolerance = self.tools.settings.billed_tolerance
        is_other = not self.key.is_priced or abs(amount - self.key.expected) > tolerance
        return is_other and abs(amount - self.key.kept) <= tolerance

    @property
    def quantity_agrees(self) -> bool:
        """False where the quantities tell of a gap by themselves; usage has none to compare."""
        expected, billed = self.key.expected_quantity, self.key.kept_quantity
        return expected is None or billed is None or expected == billed

    @property
    def is_compared(self) -> bool:
        """True for a bill whose quantity agrees: its difference is one of price or days."""
        return self.key.has_billed and self.quantity_agrees

    def money(self, amount: Decimal) -> str:
        """An amount in the key's currency."""
        return money_text(amount, self.key.currency)
