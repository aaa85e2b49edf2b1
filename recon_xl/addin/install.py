"""Put the add-in where Excel loads it by itself, and say which program it runs; take both away again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from recon_xl.addin.artefact import artefact
from recon_xl.addin.places import Places
from recon_xl.addin.settings import path_problem, settings_for, write_settings, write_whole
from recon_xl.addin.versions import ADDIN, APPLESCRIPT, XLWINGS
from recon_xl.core.errors import ContractError, WorkbookError
from recon_xl.core.terminal import python


@dataclass(frozen=True, slots=True)
class Program:
    """The Python that the add-in is to run; `xlwings` is the version found there, empty for none."""

    interpreter: Path
    prefix: Path
    xlwings: str


def this_program() -> Program:
    """The Python that runs now."""
    try:
        found = version("xlwings")
    except PackageNotFoundError:
        found = ""
    return Program(Path(sys.executable), Path(sys.prefix), found)


def install(places: Places, program: Program) -> list[Path]:
    """Write the add-in, the settings and, on macOS, the AppleScript; returns what was written. Again does no harm."""
    _check(program)
    written = {places.addin: artefact(ADDIN).read_bytes()}
    if places.applescript is not None:
        written[places.applescript] = applescript()
    for path, content in written.items():
        _write(path, content)
    settings = settings_for(places, program.interpreter, program.prefix)
    try:
        write_settings(places, settings)
    except OSError as error:
        raise _refused(places.settings, error) from error
    places.message.unlink(missing_ok=True)
    places.failure.unlink(missing_ok=True)
    return [*written, places.settings]


def uninstall(places: Places) -> list[Path]:
    """Remove what install and the add-in wrote; returns what was there. Workbooks keep their results."""
    removed = []
    for path in _all(places):
        try:
            if path.exists():
                path.unlink()
                removed.append(path)
        except OSError as error:
            raise _refused(path, error) from error
    for folder in (places.settings.parent, places.message.parent):
        try:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        except OSError as error:
            raise _refused(folder, error) from error
    return removed


def applescript() -> bytes:
    """The script through which Excel for Mac reaches a program outside its sandbox."""
    return files("recon_xl.addin").joinpath(APPLESCRIPT).read_bytes()


def _all(places: Places) -> Iterator[Path]:
    yield places.addin
    if places.applescript is not None:
        yield places.applescript
    yield from (places.settings, places.message, places.failure, places.log)


def _check(program: Program) -> None:
    problem = path_problem(str(program.interpreter))
    if problem or not program.interpreter.is_absolute():
        raise ContractError(
            where=str(program.interpreter), found=f"a path the add-in cannot use: {problem or 'it is not absolute'}",
            expected="Python in a folder of this computer",
            todo="Install Python from python.org, make a virtual environment with it, and install recon-xl there.",
        )  # fmt: skip
    if program.xlwings != XLWINGS:
        raise ContractError(
            where=str(program.interpreter), found=f"xlwings {program.xlwings or 'is not installed'}",
            expected=f"xlwings {XLWINGS}, for which the add-in was built",
            todo=f"Run: {python()} -m pip install xlwings=={XLWINGS}",
        )  # fmt: skip


def _write(path: Path, content: bytes) -> None:
    try:
        if not (path.exists() and path.read_bytes() == content):
            write_whole(path, content)
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> WorkbookError:
    return WorkbookError(
        where=str(path), found=f"it cannot be written ({error.strerror or error})", expected="a file that is not in use",
        todo="Close Excel on this computer, all windows of it, and run the same command again.",
    )  # fmt: skip
