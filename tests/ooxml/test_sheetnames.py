"""Tab names made from customer names are legal, unique and the same every time."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon_xl.ooxml.sheetnames import SheetNames, fits, is_legal, safe_sheet_name

names = st.text() | st.text("[]:*?/\\'hHistory 漢😀ßİ", max_size=40)


@given(wanted=names, taken=st.lists(names, max_size=5))
def test_legal_and_unique(wanted: str, taken: list[str]) -> None:
    """Any name becomes a legal one that no taken name equals under letter case and composition."""
    name = safe_sheet_name(wanted, taken)
    folded = {unicodedata.normalize("NFC", unicodedata.normalize("NFC", other).casefold()) for other in taken}
    assert is_legal(name)
    assert unicodedata.normalize("NFC", name.casefold()) not in folded
    assert name == safe_sheet_name(wanted, taken)


@pytest.mark.parametrize(
    ("wanted", "taken", "expected"),
    [
        ("Contoso", [], "Contoso"),
        ("Contoso", ["CONTOSO"], "Contoso (2)"),
        ("Contoso", ["contoso", "Contoso (2)"], "Contoso (3)"),
        ("A/B: [C]*?", [], "A B C"),
        ("'quoted'", [], "quoted"),
        ("History", [], "History (2)"),
        ("", [], "Sheet"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["x" * 31], "x" * 27 + " (2)"),
        ("😀" * 16, [], "😀" * 15),
        ("Cafe\u0301", ["Café"], "Café (2)"),
    ],
)
def test_examples(wanted: str, taken: list[str], expected: str) -> None:
    """The name stays as close to the wanted one as Excel allows."""
    assert expected == safe_sheet_name(wanted, taken)


@pytest.mark.parametrize("name", ["", "x" * 32, "a:b", "'a", "a'", "HISTORY", "a\nb"])
def test_illegal(name: str) -> None:
    """What Excel refuses is not legal."""
    assert not is_legal(name)


def test_three_hundred_of_one_beginning() -> None:
    """Customers whose first 31 characters are the same, half an emoji at the cut: legal, unique, the same each time."""
    wanted = [f"Draft The same beginning, 😀😀😀 and {number}" for number in range(300)]
    names = SheetNames()
    first = [names.claim(name) for name in wanted]
    assert 300 == len({name.casefold() for name in first})
    assert all(is_legal(name) for name in first)
    again = SheetNames()
    assert first == [again.claim(name) for name in wanted]
    assert all(fits(name, one) for name, one in zip(first, wanted, strict=True))


def test_a_name_of_the_last_run_is_taken_first() -> None:
    """It fits its customer, numbered or not, and no other; nobody gets it a second time."""
    assert fits("Draft Contoso", "Draft Contoso")
    assert fits("Draft Contoso (12)", "Draft Contoso")
    assert not fits("Draft Contoso (12)", "Draft Contoso Europe")
    names = SheetNames()
    assert names.take("Draft Contoso (2)")
    assert not names.take("draft contoso (2)")
    assert ["Draft Contoso", "Draft Contoso (3)"] == [names.claim("Draft Contoso") for _ in range(2)]
