"""The add-in and the macro-enabled workbook, made from the registries: the same bytes every time, on any system."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from recon_xl.addin.carrier import Carrier
from recon_xl.addin.package import addin_parts, as_macro_book, packed, with_ribbon
from recon_xl.addin.project import addin_project, book_with_project
from recon_xl.addin.ribbon import Schema, ribbon_xml
from recon_xl.addin.vba import controls_module, fixed_modules, functions_module, help_module, whitelist_module
from recon_xl.addin.versions import ADDIN, MACRO_BOOK
from recon_xl.commands.model import Command
from recon_xl.commands.registry import commands as registered_commands
from recon_xl.functions.model import WorksheetFunction
from recon_xl.functions.registry import functions as registered_functions


def build(folder: Path, template: Path) -> tuple[Path, Path]:
    """Write the add-in and the macro-enabled twin of the blank workbook into a folder; returns their paths."""
    commands, functions = registered_commands(), registered_functions()
    folder.mkdir(parents=True, exist_ok=True)
    addin, book = folder / ADDIN, folder / MACRO_BOOK
    addin.write_bytes(addin_file(commands, functions))
    book.write_bytes(macro_book(template.read_bytes(), commands, functions))
    return addin, book


def modules(
    commands: Iterable[Command], functions: Iterable[WorksheetFunction], carrier: Carrier = Carrier.ADDIN
) -> dict[str, str]:
    """Every VBA module, by name: written by hand, and made from the registries."""
    made = {
        "ReconControls": controls_module(commands, carrier),
        "ReconFunctions": functions_module(functions),
        "ReconHelp": help_module(functions),
        "ReconAllowed": whitelist_module(commands),
    }
    return dict(sorted((fixed_modules(carrier) | made).items()))


def addin_file(commands: Iterable[Command], functions: Iterable[WorksheetFunction]) -> bytes:
    """The .xlam."""
    known = list(commands)
    parts = addin_parts(addin_project(modules(known, functions)))
    return packed(with_ribbon(parts, *(ribbon_xml(known, schema) for schema in Schema)))


def macro_book(template: bytes, commands: Iterable[Command], functions: Iterable[WorksheetFunction]) -> bytes:
    """The blank workbook with the program's VBA and a ribbon that steps back while the add-in is loaded."""
    known = list(commands)
    with zipfile.ZipFile(BytesIO(template)) as archive:
        plain = {name: archive.read(name) for name in archive.namelist()}
    parts = book_with_project(
        packed(as_macro_book(plain)), modules(known, functions, Carrier.BOOK), Carrier.BOOK.project
    )
    ribbons = (ribbon_xml(known, schema, Carrier.BOOK) for schema in Schema)
    return packed(with_ribbon(parts, *ribbons))
