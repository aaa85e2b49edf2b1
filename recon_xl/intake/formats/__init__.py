"""One file a vendor format, found by folder: add a file, and the importer and the catalogue know it.

A format declares `NAME`, `TITLE`, `TABLE`, `LOCALE`, `NATURAL_KEY`, `recognises(headers)` and
`columns(headers)`; a module here without `recognises` is something that formats share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import getdoc
from pkgutil import iter_modules


@dataclass(frozen=True, slots=True)
class Format:
    """A vendor's file: how its header is known, and which column holds what."""

    name: str
    title: str
    table: str
    locale: str
    natural_key: tuple[str, ...]
    doc: str
    recognises: Callable[[Sequence[str]], bool]
    columns: Callable[[Sequence[str]], dict[str, int]]


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format of the folder, by file name."""
    modules = [import_module(f"{__name__}.{entry.name}") for entry in iter_modules(__path__)]
    return tuple(
        Format(
            name=module.NAME,
            title=module.TITLE,
            table=module.TABLE,
            locale=module.LOCALE,
            natural_key=module.NATURAL_KEY,
            doc=getdoc(module) or "",
            recognises=module.recognises,
            columns=module.columns,
        )
        for module in modules
        if hasattr(module, "recognises")
    )


def formats() -> list[dict[str, str]]:
    """The catalogue: name, title, table and documentation of every format."""
    return [
        {"name": found.name, "title": found.title, "table": found.table, "docstring": found.doc}
        for found in all_formats()
    ]
