"""What a click must not wait for: heavy libraries that xlwings loads where they are installed, and its paid part."""

from __future__ import annotations

import sys

KEPT_OUT = ("pandas", "polars", "numpy", "matplotlib", "PIL", "xlwings.pro")
"""A click computes in Decimal and SQL. `xlwings.pro` is under another licence; xlwings does without all of these."""


def keep_lean() -> None:
    """From here on importing one of them fails, which xlwings takes for "not installed". One that is loaded stays."""
    for name in KEPT_OUT:
        # None is how Python marks a module that is not to be had.
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
