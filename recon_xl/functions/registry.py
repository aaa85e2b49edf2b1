"""All worksheet functions, found by folder: every module here that declares a `FUNCTION`. No list is edited anywhere."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module

from recon_xl.functions.model import PREFIX, WorksheetFunction

_PACKAGE = "recon_xl.functions"
_EXCEL_NAME = re.compile(re.escape(PREFIX) + "([A-Z]+)")


@cache
def functions() -> tuple[WorksheetFunction, ...]:
    """Every function, by name."""
    modules = (import_module(f"{_PACKAGE}.{name}") for name in _modules())
    found = [module.FUNCTION for module in modules if hasattr(module, "FUNCTION")]
    return tuple(sorted(found, key=lambda one: one.name))


@cache
def function(excel_name: str) -> WorksheetFunction:
    """The function of that name in Excel, in any case; imports its file alone. KeyError for anything not on the whitelist."""
    match = _EXCEL_NAME.fullmatch(excel_name.upper())
    if match is None or match[1].lower() not in _modules():
        raise KeyError(excel_name)
    module = import_module(f"{_PACKAGE}.{match[1].lower()}")
    if not hasattr(module, "FUNCTION"):
        raise KeyError(excel_name)
    found: WorksheetFunction = module.FUNCTION
    return found


@cache
def _modules() -> frozenset[str]:
    return frozenset(found.name for found in pkgutil.iter_modules(import_module(_PACKAGE).__path__))
