"""Untidy files of the project's own, each with its expected outcome in literals. `all_cases()` gives them all."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from .model import Case

_SHARED = {"__main__", "model", "csvs", "workbooks"}


def all_cases() -> list[Case]:
    """Every case, by module and in its order; names are unique, because they are file names."""
    cases = list(_cases())
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, twice
    return cases


def _cases() -> Iterator[Case]:
    for found in iter_modules(__path__):
        if found.name not in _SHARED:
            yield from import_module(f"{__name__}.{found.name}").CASES
