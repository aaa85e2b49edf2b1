"""Links, pictures and names in the documentation lead somewhere."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, anchors, links, name, prose

PICTURES = ROOT / "docs" / "pictures"
LARGEST_PICTURE = 250_000


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_resolves(page: Path) -> None:
    """A link leads to a file of the repository, and to a heading that the file has."""
    for _, target in links(page):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{name(page)}: {target}"
        assert not anchor or anchor in anchors(file), f"{name(page)}: {target}"


def test_every_picture_is_there_and_used() -> None:
    """A picture that is shown exists, one that exists is shown, and none is too large to load."""
    shown = {(page.parent / target).resolve() for page in PAGES for is_picture, target in links(page) if is_picture}
    there = {*PICTURES.glob("*.png"), *PICTURES.parent.glob("*.svg")}
    assert there == shown
    assert not [picture.name for picture in there if picture.stat().st_size > LARGEST_PICTURE]


def test_every_file_that_the_architecture_names_exists() -> None:
    """`engine/load.py` and `pricing.line.Pricing` are in the package."""
    text = prose(ROOT / "docs" / "architecture.md")
    for path in re.findall(r"`([a-z_]+/(?:[a-z_]+/)*[a-z_]+\.py)`", text):
        assert (ROOT / "recon_xl" / path.removeprefix("recon_xl/")).exists(), path
    for dotted in re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+)`", text):
        if not dotted.endswith((".py", ".toml")):
            assert _resolves(dotted), dotted


def _resolves(dotted: str) -> bool:
    module, _, last = dotted.rpartition(".")
    if not (ROOT / "recon_xl" / module.split(".")[0]).exists():
        return False
    try:
        return hasattr(import_module(f"recon_xl.{module}"), last) or bool(import_module(f"recon_xl.{dotted}"))
    except ModuleNotFoundError:
        owner, _, method = module.rpartition(".")
        return hasattr(getattr(import_module(f"recon_xl.{owner}"), method), last)
