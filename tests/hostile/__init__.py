"""Workbooks made to do harm, each with its one outcome: read right, or refused with these words. `all_cases()` gives them all.

They are made by code, never stored: no scanner will find a bomb in this repository.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from .model import Case

_SHARED = {"model", "watch"}


def all_cases() -> list[Case]:
    """Every case, by module and in its order; names are unique."""
    modules = [found.name for found in iter_modules(__path__) if not found.name.startswith("test_")]
    cases = [case for name in modules if name not in _SHARED for case in import_module(f"{__name__}.{name}").CASES]
    assert len({case.name for case in cases}) == len(cases)
    return cases
