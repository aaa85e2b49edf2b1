"""The reference pages of the documentation, written from the code that they describe.

`python -m recon_xl.catalogues docs` writes them all; a test holds the committed pages equal to what it writes.
"""

from __future__ import annotations

from collections.abc import Callable

from recon_xl.catalogues.commands import commands_page
from recon_xl.catalogues.contract import contract_page
from recon_xl.catalogues.formats import formats_page
from recon_xl.catalogues.functions import functions_page
from recon_xl.catalogues.ribbon import ribbon_picture
from recon_xl.catalogues.rules import rules_page

PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "contract.md": contract_page,
    "formats.md": formats_page,
    "functions.md": functions_page,
    "ribbon.svg": ribbon_picture,
    "rules.md": rules_page,
}
"""File name -> what writes it."""

__all__ = ["PAGES"]
