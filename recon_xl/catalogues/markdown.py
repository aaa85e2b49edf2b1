"""Small steps that all pages share: headings, tables, and text that stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CODE_OR_MARK = re.compile(r"(`[^`]+`)|([\\`*_<>\[\]|])")


def plain(text: str) -> str:
    r"""A text as it reads: what Markdown would act on is taken literally, names in backticks stay names.

    >>> print(plain("`unit_price` * unit_price"))
    `unit_price` \* unit\_price
    """
    return _CODE_OR_MARK.sub(lambda found: found[1] or f"\\{found[2]}", text)


def code(text: str) -> str:
    """A name as it is typed; empty stays empty."""
    return f"`{text}`" if text else ""


def codes(names: Iterable[str]) -> str:
    """Several names as they are typed."""
    return ", ".join(code(name) for name in names)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, one line a row; cells hold finished Markdown."""
    lines = [headers, ["---"] * len(headers), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def page(title: str, made_from: str, lines: Iterable[str]) -> str:
    """A whole page: its title, a word on where it comes from, and its lines."""
    note = f"<!-- Written by `python -m recon_xl.catalogues docs` from {made_from}. Do not edit. -->"
    return "\n".join([f"# {title}", "", note, "", *lines]).rstrip() + "\n"
