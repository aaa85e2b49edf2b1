"""Months whose every text tries to act, one a seed: nothing in any written part does."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path

from workbook.acting import acting_book, acting_places, texts_of

from recon_xl.ooxml import lint

TITLE = "Text that acts stays text"
_MONTHS = 100


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """Months written and every part scanned; AssertionError with the seed and place of what acts."""
    seeds = random.Random(seed)  # noqa: S311 - to draw the same months again
    months = texts = 0
    for _ in range(max(int(_MONTHS * scale), 1)):
        one = seeds.randrange(10**9)
        with tempfile.TemporaryDirectory(prefix="recon-xl-acting-") as folder:
            book = acting_book(Path(folder), one)
            found = list(acting_places(book))
            assert not found, (one, found[:5])
            assert not lint(book), (one, lint(book)[:5])
            texts += len(texts_of(book))
        months += 1
    return {"months": months, "texts": texts, "acting": 0}
