"""A seeded share of the corpus; `python -m tests.soak --only lossless` takes all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak.lossless import check, soak

from lossless import corpus
from lossless.story import closed


def test_a_share_of_the_corpus_loses_nothing() -> None:
    """Upgraded, imported into, run and run again: every part that is not ours is as it was."""
    assert soak(seed=5, scale=0.12)["lost"] == 0


@pytest.mark.parametrize("name", ["pivot", "prefixed"])
def test_the_hardest_lose_nothing(name: str, tmp_path: Path) -> None:
    """Slicers and pivots, prefixes."""
    book = corpus.make(name, tmp_path)
    check(book, closed(book, tmp_path / "after"))
