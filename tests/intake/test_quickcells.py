"""The short way of reading plain cells says what the long one says, or nothing."""

from __future__ import annotations

import pytest

from recon_xl.contract import Kind
from recon_xl.core.cells import DateText, ErrorText, NumberText, PercentText
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.quickcells import quick_readers
from recon_xl.intake.values import parse_cell

TEXTS = (
    "", " ", "0", "-0", "-0.00", "007", "12.50", "1.234,50", "1E+15", "1.2e+20", "#N/A", "a", " a", "a ", "a b", "é", "\u200ba",
    "4f-6a", "1-2", "+5", "(5)", "123456789", "1234567890", "0.1234567", "123456789.123456", "9" * 16, "1.5e3", "TRUE", "1\n2", "5\n",
)  # fmt: skip


@pytest.mark.parametrize("locale", sorted(LOCALES))
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHOICE])
def test_the_short_way_agrees_with_the_long_one(kind: Kind, locale: str) -> None:
    readers = quick_readers(kind, locale)
    for spell in (str, NumberText):
        for text in map(spell, TEXTS):
            # Beside another, which is plain: the cells of a column are looked at together.
            quick = readers[spell]([spell("7"), text]).get(text) if spell in readers else None
            if quick is not None:
                value = parse_cell(kind, text, locale)
                assert (quick, type(quick)) == (value, type(value))
                assert str(quick) == str(value)


@pytest.mark.parametrize("kind", list(Kind))
def test_percentages_dates_and_errors_are_looked_at(kind: Kind) -> None:
    assert not {PercentText, DateText, ErrorText, bool} & quick_readers(kind, "en-US").keys()


def test_a_number_stored_as_text_stays_told_from_the_text() -> None:
    with pytest.raises(CellProblem):
        parse_cell(Kind.ID, NumberText("1E+15"), "en-US")
    assert NumberText not in quick_readers(Kind.ID, "en-US")
