"""All ribbon commands, found by folder: every module here that declares a `COMMAND`. No list is edited anywhere."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module

from recon_xl.commands.model import Command, Group

_PACKAGE = "recon_xl.commands"
_CONTROL_ID = re.compile(r"recon_([a-z]+(?:_[a-z]+)*)")


@cache
def commands() -> tuple[Command, ...]:
    """Every command: by group, then by position in it."""
    package = import_module(_PACKAGE)
    modules = (import_module(f"{_PACKAGE}.{found.name}") for found in pkgutil.iter_modules(package.__path__))
    found = [module.COMMAND for module in modules if hasattr(module, "COMMAND")]
    groups = list(Group)
    return tuple(sorted(found, key=lambda one: (groups.index(one.group), one.position, one.id)))


def command(control_id: str) -> Command:
    """The command of a ribbon control; imports that command's file alone. KeyError for anything not on the whitelist."""
    match = _CONTROL_ID.fullmatch(control_id)
    package = import_module(_PACKAGE)
    names = {found.name for found in pkgutil.iter_modules(package.__path__)}
    if match is None or match[1] not in names:
        raise KeyError(control_id)
    module = import_module(f"{_PACKAGE}.{match[1]}")
    if not hasattr(module, "COMMAND"):
        raise KeyError(control_id)
    found: Command = module.COMMAND
    return found
