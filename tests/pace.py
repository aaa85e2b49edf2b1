"""Processor time that says the same on a slow or busy machine, and late in a long process."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

Answer = TypeVar("Answer")

_USUAL = 0.05
"""Seconds that the loop takes on the machine that limits were set on; a slower one is given more time in proportion."""


def paced(work: Callable[[], Answer]) -> tuple[Answer, float]:
    """What the work gives, and its processor seconds; what other tests left in memory is kept out of the collector's way."""
    gc.collect()
    gc.freeze()  # for good: the end of the run undoes it
    before = _loop()
    started = process_time()
    answer = work()
    seconds = process_time() - started
    slowness = max(1.0, (before + _loop()) / 2 / _USUAL)
    return answer, seconds / slowness


def _loop() -> float:
    """Seconds for a fixed piece of work of the kind that the product does: texts, numbers, a dictionary."""
    started = process_time()
    found: dict[str, int] = {}
    for number in range(100_000):
        text = f"S-{number % 5_000}"
        found[text] = found.get(text, 0) + len(text)
    return process_time() - started
