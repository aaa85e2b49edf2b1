"""The documentation as text, and what can be taken from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def name(page: Path) -> str:
    """A page as the repository names it."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[tuple[bool, str]]:
    """Whether it is a picture, and the target, of every link to another place in the repository."""
    for mark, target in _LINK.findall(prose(page)):
        if "://" not in target:
            yield mark == "!", target


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them: small letters, hyphens for spaces, no other punctuation."""
    plain = (heading.replace("`", "").strip().casefold() for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def commands(page: Path) -> Iterator[str]:
    """Every line of a code block that begins with `recon-xl`."""
    for block in _FENCE.findall(page.read_text(encoding="utf-8")):
        yield from (line for line in block.splitlines() if line.startswith("recon-xl "))
