"""The reference pages are what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.pages import ROOT
from recon_xl.catalogues import PAGES
from recon_xl.catalogues.__main__ import main
from recon_xl.catalogues.markdown import plain


@pytest.mark.parametrize("page", PAGES)
def test_the_committed_page_is_the_written_one(page: str) -> None:
    """After a change of rules, formats, tables or commands: `python -m recon_xl.catalogues docs`."""
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == PAGES[page]()


def test_all_pages_are_written(tmp_path: Path) -> None:
    """The command writes every page into the folder given, and says how it is used."""
    assert main([str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(PAGES)
    assert main([]) == 2


def test_text_stays_text() -> None:
    """Nothing in a help text becomes markup, but names in backticks stay names."""
    assert plain("a * b | `unit_price` <c>") == r"a \* b \| `unit_price` \<c\>"
