"""Tab names made from customer names are legal, unique and the same every time."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon_xl.ooxml import safe_sheet_name
from recon_xl.ooxml.sheetnames import is_legal

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
