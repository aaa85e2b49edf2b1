"""Packed data: the same again, and nothing that could fill the memory."""

from __future__ import annotations

import base64
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon_xl.contract import Kind
from recon_xl.core.cells import Formula, NumberText, PercentText
from recon_xl.journal.packing import decoded, encoded, pack, pieces, unpack
from recon_xl.journal.spelling import spelled


def test_what_is_packed_comes_back() -> None:
    """Texts of any kind, in pieces that a cell takes."""
    content = {"a": ["'=1+1", "ŁÓDŹ", None, True, ["#", "1.5"]], "b": [f"{number}" for number in range(9_000)]}
    packed = pack(content)
    assert content == unpack(packed)
    assert packed == "".join(pieces(packed))
    assert {8_000} >= {len(piece) for piece in pieces(packed)[:-1]}


@pytest.mark.parametrize("packed", ["", "no base64!", base64.b64encode(b"no zip").decode()])
def test_damaged_data(packed: str) -> None:
    """It is never half read."""
    with pytest.raises(ValueError, match="packed data"):
        unpack(packed)


def test_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few letters that would fill the memory are refused."""
    monkeypatch.setattr("recon_xl.journal.packing.MOST_BYTES", 1_000_000)
    assert " " * 999_998 == unpack(pack(" " * 999_998))
    with pytest.raises(ValueError, match="does not end"):
        unpack(pack(" " * 999_999))


@pytest.mark.parametrize(
    "value", ["text", "", None, True, Decimal("12.50"), Formula("SUM(A1:A2)", Decimal(3)), Formula("A1", None)]
)
def test_cells(value: object) -> None:
    """What a cell holds is the same again; a number keeps its 15 digits."""
    assert value == decoded(encoded(value))  # type: ignore[arg-type]
    assert Decimal("0.1") == decoded(encoded(NumberText("0.10000000000000001")))


def test_one_spelling_before_and_after_a_save() -> None:
    """What is written and what is read back are spelled alike; a number and the same text are not."""
    assert spelled([Decimal("12.50"), 3, None]) == spelled([NumberText("12.5"), NumberText("3.0"), None])
    assert spelled([Decimal("2.5")], Kind.PERCENT) == spelled([PercentText("0.025")], Kind.PERCENT)
    assert spelled([date(2026, 10, 3)]) == spelled([NumberText("46298")])
    assert spelled([datetime(2026, 10, 3, 12)]) == spelled([NumberText("46298.5")])  # noqa: DTZ001 - as a cell holds it
    assert spelled([Decimal("0.1") + Decimal("1E-9")], Kind.MONEY) == spelled([NumberText("0.1")], Kind.MONEY)
    assert spelled(["1"]) != spelled([NumberText("1")])
    assert spelled([Formula("Margin[[#This Row],[Cost]]*2")]) == spelled([Formula("[@Cost] * 2")])


numbers = st.integers(-(10**15) + 1, 10**15 - 1) | st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 20)
)


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.PRICE])
@settings(max_examples=100, deadline=None)
@given(
    column=st.lists(st.none() | numbers | st.sampled_from([Decimal("-0.00"), Decimal("0.0000"), 0, 1, Decimal("1.00")]))
)
def test_numbers_are_spelled_together_as_alone(kind: Kind, column: list[Decimal | int | None]) -> None:
    """By their digits where they need no reckoning, else by what Excel would hold: the same for each of them."""
    alone = ["" if value is None else f"\x01{in_excel(value, kind):.15g}" for value in column]
    assert spelled(column, kind) == alone
    formulas = [Formula(f"[@Cost] * {place}") for place in range(3)]
    assert spelled([*formulas, *column], kind) == ["\x01=[@cost]*0", "\x01=[@cost]*1", "\x01=[@cost]*2", *alone]


def in_excel(value: Decimal | int, kind: Kind) -> float:
    """The number in a cell; a sum of money without the hair that a recalculation may leave."""
    return (round(float(value), 6) if kind is Kind.MONEY else float(value)) or 0.0
