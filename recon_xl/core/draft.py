"""What a draft and its lines are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from recon_xl.core.money import total


class DraftLine(NamedTuple):
    """One (key, charge kind, unit price) of a draft, in its currency. A held line stands outside the net."""

    product: str
    subscription: str
    description: str
    kind: str
    quantity: Decimal
    unit: Decimal
    net: Decimal
    tax_code: str
    tax_rate: Decimal
    tax: Decimal
    why: str
    source_rows: tuple[str, ...]
    cost: Decimal | None = None
    residual: Decimal = Decimal(0)
    item_code: str = ""
    account_code: str = ""
    hold_reason: str = ""
    tax_reason: str = ""

    @property
    def is_held(self) -> bool:
        """True where the line is listed outside the net."""
        return bool(self.hold_reason)

    @property
    def is_shown(self) -> bool:
        """True where a draft tab shows the line: lines of 0.00 stand on Draft Lines only."""
        return not self.hold_reason and bool(self.net or self.tax)

    def taxed(self, code: str, rate: Decimal, tax: Decimal, reason: str) -> DraftLine:
        """The line with its tax: as `_replace` makes it, in a third of the time."""
        return DraftLine._make((*self[:7], code, rate, tax, *self[10:17], reason))


@dataclass(frozen=True)  # no slots: its sums are worked out once, when first asked for
class Draft:
    """A proposal; final only in the accounting system. Held drafts keep lines and totals but cannot be exported."""

    number: str
    customer: str
    currency: str
    contact: str
    email: str
    date: datetime.date
    due: datetime.date
    terms_days: int
    po: str
    tracking: str
    has_tab: bool
    lines: tuple[DraftLine, ...]
    hold_reasons: tuple[str, ...] = ()

    @cached_property
    def billed_lines(self) -> tuple[DraftLine, ...]:
        """The lines inside the net."""
        return tuple(line for line in self.lines if not line.is_held)

    @property
    def shown_lines(self) -> tuple[DraftLine, ...]:
        """The lines that a draft tab shows."""
        return tuple([line for line in self.lines if line.is_shown])

    @property
    def held_lines(self) -> tuple[DraftLine, ...]:
        """The lines outside the net, with their reasons."""
        return tuple(line for line in self.lines if line.is_held)

    @cached_property
    def net(self) -> Decimal:
        """Sum of the lines inside the net."""
        return total(line.net for line in self.billed_lines)

    @cached_property
    def tax(self) -> Decimal:
        """Tax of the lines inside the net."""
        return total(line.tax for line in self.billed_lines)

    @property
    def total(self) -> Decimal:
        """Net + tax."""
        return self.net + self.tax

    @property
    def is_held(self) -> bool:
        """True where the draft as a whole cannot go out."""
        return bool(self.hold_reasons)

    @property
    def status(self) -> str:
        """Draft or Held."""
        return "Held" if self.is_held else "Draft"

    @property
    def is_credit_memo(self) -> bool:
        """True for a negative total."""
        return self.total < 0
