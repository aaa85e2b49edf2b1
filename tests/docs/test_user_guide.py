"""The user guide speaks of everything that a user meets."""

from __future__ import annotations

from docs.pages import ROOT
from recon_xl.contract import ALL_TABLES
from recon_xl.contract.results import BASES, DIRECTIONS
from recon_xl.contract.shared_columns import PRICE_BASES, QUANTITY_SOURCES
from recon_xl.rules import catalogue
from recon_xl.tieout import controls

GUIDE = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_tab_is_introduced() -> None:
    """README's tour names every tab."""
    assert [table.name for table in ALL_TABLES if table.name not in README] == []


def test_every_control_is_explained() -> None:
    """Each control of Tie-out stands in the guide under its own name."""
    names = [value for key, value in vars(controls).items() if key.isupper() and isinstance(value, str)]
    assert names
    assert [name for name in names if name not in GUIDE] == []


def test_every_word_of_a_choice_is_explained() -> None:
    """Quantity sources, price bases, directions and bases are told."""
    words = (*QUANTITY_SOURCES, *PRICE_BASES, *DIRECTIONS, *BASES)
    told = " ".join(GUIDE.split())
    assert [word for word in words if word not in told] == []


def test_every_finding_has_its_money_told() -> None:
    """The titles of all rules stand in the table of what is at stake, or are told as information."""
    told = GUIDE.casefold()
    words = {"unmapped-client": "customer or product not mapped", "unmapped-product": "customer or product not mapped"}
    titles = [words.get(rule.code, rule.title.casefold()) for rule in catalogue() if rule.code != "timing"]
    assert [title for title in titles if title not in told] == []
