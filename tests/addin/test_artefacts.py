"""The built files: reproducible, committed as built, readable by others' tools, free of what runs by itself."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import olefile
import pytest
from pyopenvba.vba import decompress
from workbook.office import sdk_errors

from recon_xl.addin.build import addin_file, macro_book, modules
from recon_xl.addin.carrier import Carrier
from recon_xl.commands.registry import commands as registered
from recon_xl.functions.registry import functions as all_functions
from recon_xl.ooxml.lint import lint

from .conftest import TEMPLATES
from .registries import COMMANDS, FUNCTIONS

ADDIN, BOOK = TEMPLATES / "recon-xl.xlam", TEMPLATES / "month_end.xlsm"
CARRIERS = {ADDIN: Carrier.ADDIN, BOOK: Carrier.BOOK}
OF_ITSELF = ("Auto_Open", "Workbook_Open", "AutoExec", "Workbook_Activate", "Workbook_BeforeClose", "Document_Open")


@cache
def olevba(path: Path) -> dict[str, Any]:
    """What olevba says of a file, as its own program prints it; skips where it is not installed."""
    if find_spec("oletools") is None:
        pytest.skip("NOT CHECKED: olevba is not installed; pip install --no-deps oletools==0.60.2")
    command = [sys.executable, "-W", "ignore", "-m", "oletools.olevba", "--json", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    found: dict[str, Any] = next(part for part in json.loads(done.stdout) if "macros" in part)
    return found


def source_texts(path: Path) -> dict[str, str]:
    """Module -> source."""
    return {macro["vba_filename"].partition(".")[0]: macro["code"] for macro in olevba(path)["macros"]}


def code(source: str) -> str:
    """Without the attributes at its head, which the class's file form and the stored form write differently."""
    lines = source.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(lines[lines.index("Option Explicit") :]) if "Option Explicit" in lines else ""


def test_building_twice_gives_the_same_bytes() -> None:
    """No dates, no order by chance."""
    template = (TEMPLATES / "month_end.xlsx").read_bytes()
    assert addin_file(COMMANDS, FUNCTIONS) == addin_file(COMMANDS, FUNCTIONS)
    assert macro_book(template, COMMANDS, FUNCTIONS) == macro_book(template, COMMANDS, FUNCTIONS)


def test_the_committed_files_are_what_is_built() -> None:
    """After a change of a command, a function, a version or the template: recon-xl addin build --out workbook_templates."""
    commands, functions = registered(), all_functions()
    assert ADDIN.read_bytes() == addin_file(commands, functions)
    assert BOOK.read_bytes() == macro_book((TEMPLATES / "month_end.xlsx").read_bytes(), commands, functions)


@pytest.mark.parametrize("path", [ADDIN, BOOK], ids=lambda path: path.name)
def test_olevba_reads_the_sources_back(path: Path) -> None:
    """Module by module; documents carry no code."""
    wanted = modules(registered(), all_functions(), CARRIERS[path])
    found = {name: code(source) for name, source in source_texts(path).items()}
    assert {name: code(source) for name, source in wanted.items()} == {name: found[name] for name in wanted}
    assert {""} == {text for name, text in found.items() if name not in wanted}


@pytest.mark.parametrize("path", [ADDIN, BOOK], ids=lambda path: path.name)
def test_buttons_subs_and_commands_are_one_set(path: Path) -> None:
    """As the file holds them: what its ribbons call, what olevba finds, what the registry has; no orphan either way."""
    commands = {command.control_id for command in registered()}
    with zipfile.ZipFile(path) as archive:
        ribbons = [archive.read(f"customUI/{name}.xml").decode() for name in ("customUI14", "customUI")]
    source = "\n".join(source_texts(path).values())
    for ribbon in ribbons:
        assert commands == set(re.findall(r'<button id="(\w+)"', ribbon))
        assert commands == set(re.findall(rf'onAction="ReconControls\.{CARRIERS[path]}_(\w+)_pressed"', ribbon))
    assert commands == set(re.findall(rf"(?m)^Public Sub {CARRIERS[path]}_(\w+)_pressed\(", source))
    assert commands == set(re.findall(r'ReconPressControl "(\w+)"', source))
    assert commands == set(re.findall(r'Case "(\w+)": ReconNeeds = \d', source))
    names = {function.excel_name for function in all_functions()}
    assert names == set(re.findall(r"(?m)^Public Function (RECON_\w+)\(", source))


@pytest.mark.parametrize("path", [ADDIN, BOOK], ids=lambda path: path.name)
def test_olevba_finds_nothing_that_runs_by_itself(path: Path) -> None:
    """The ribbon's onLoad is the only way in."""
    assert [] == [entry["keyword"] for entry in olevba(path)["analysis"] if entry["type"] == "AutoExec"]
    everything = "\n".join(source_texts(path).values()).casefold()
    assert [] == [name for name in OF_ITSELF if f"sub {name.casefold()}" in everything]


@pytest.mark.parametrize("path", [ADDIN, BOOK], ids=lambda path: path.name)
def test_the_project_holds_source_alone(path: Path) -> None:
    """Excel compiles it anew: no compiled code can say anything but the sources."""
    with zipfile.ZipFile(path) as archive:
        project = olefile.OleFileIO(io.BytesIO(archive.read("xl/vbaProject.bin")))
    assert bytes.fromhex("cc61ffff000000") == project.openstream("VBA/_VBA_PROJECT").read()
    streams = [entry[1] for entry in project.listdir() if entry[0] == "VBA"]
    assert [] == [name for name in streams if name.startswith("__SRP_")]
    texts = [name for name in streams if name not in {"_VBA_PROJECT", "dir"}]
    assert {b"\x01"} == {project.openstream(f"VBA/{name}").read(1) for name in texts}  # compressed text begins at once


@pytest.mark.parametrize("path", [ADDIN, BOOK], ids=lambda path: path.name)
def test_each_project_has_its_own_name(path: Path) -> None:
    """In both places; two open projects of one name are hard to tell apart, for Excel and for a person."""
    with zipfile.ZipFile(path) as archive:
        project = olefile.OleFileIO(io.BytesIO(archive.read("xl/vbaProject.bin")))
    name = CARRIERS[path].project.encode()
    assert [name] == re.findall(rb'(?m)^Name="(\w+)"', project.openstream("PROJECT").read())
    record = decompress(project.openstream("VBA/dir").read())
    assert b"\x04\x00" + len(name).to_bytes(4, "little") + name in record
    assert b"VBAProject" not in record


@pytest.mark.node
@pytest.mark.parametrize("path", [ADDIN, BOOK], ids=lambda path: path.name)
def test_the_files_are_sound(path: Path) -> None:
    """To Microsoft's validator."""
    assert [] == sdk_errors(path)


def test_the_macro_book_is_a_workbook_of_ours() -> None:
    """To our own linter, which a run asks before and after."""
    assert [] == lint(BOOK)
