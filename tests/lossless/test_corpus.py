"""A seeded share of the corpus; `python -m tests.soak --only lossless` takes all of it."""

from __future__ import annotations

from pathlib import Path

from soak.lossless import check, opened, soak, validated

from lossless import corpus
from lossless.story import closed


def test_a_share_of_the_corpus_loses_nothing() -> None:
    """Upgraded, imported into, run and run again: every part that is not ours is as it was."""
    assert soak(seed=5, scale=0.08)["lost"] == 0


def test_the_hardest_lose_nothing_and_open(tmp_path: Path) -> None:
    """Slicers and pivots, prefixes: Microsoft's validator finds nothing new, LibreOffice shows our tabs beside theirs."""
    before = [corpus.make(name, tmp_path) for name in ("pivot", "prefixed")]
    pairs = [(book, closed(book, tmp_path / "after")) for book in before]
    for pair in pairs:
        check(*pair)
    assert validated(pairs)["validated"] in {2, "not installed"}
    assert opened([pairs[0][1]], tmp_path / "opened")["opened by LibreOffice"] in {1, "not installed"}
