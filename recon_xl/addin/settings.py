"""The user's own file that says which program the add-in runs. Nothing else is asked: no workbook, no folder of one."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from recon_xl import __version__
from recon_xl.addin.places import Places, System
from recon_xl.addin.versions import LIBRARY_32, LIBRARY_64, PROTOCOL

LONGEST_PATH = 1000
_FORBIDDEN = re.compile(r'["\r\n]|\$\(')


@dataclass(frozen=True, slots=True)
class AddinSettings:
    """Absolute paths of the interpreter and of xlwings' Windows libraries, what was installed, and how it is spoken to.

    `protocol` is compared; `program` is the version, for a reader.
    """

    interpreter: str
    program: str = __version__
    protocol: str = ""
    library64: str = ""
    library32: str = ""


def read_settings(places: Places) -> AddinSettings | None:
    """None where nothing was installed, or what is there has no interpreter."""
    try:
        lines = places.settings.read_text(encoding=places.encoding).splitlines()
    except (OSError, UnicodeError):
        return None
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    known = {name: value for name, value in values.items() if name in AddinSettings.__dataclass_fields__}
    return AddinSettings(**known) if known.get("interpreter") else None


def write_settings(places: Places, settings: AddinSettings) -> None:
    """One `key=value` a line, whole or not at all."""
    text = "".join(f"{name}={value}\r\n" for name, value in asdict(settings).items())
    write_whole(places.settings, text.encode(places.encoding))


def write_whole(path: Path, content: bytes) -> None:
    """The new file or the old one, never half of one. OSError where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def settings_for(places: Places, interpreter: Path, prefix: Path) -> AddinSettings:
    """What to install for an interpreter; pip puts xlwings' libraries at the top of its environment, `prefix`."""
    if places.system is not System.WINDOWS:
        return AddinSettings(str(interpreter), protocol=PROTOCOL)
    return AddinSettings(
        str(interpreter),
        protocol=PROTOCOL,
        library64=str(_library(LIBRARY_64, prefix, interpreter.parent)),
        library32=str(_library(LIBRARY_32, prefix, interpreter.parent)),
    )


def path_problem(path: str) -> str:
    """Why the add-in cannot start a program at this path; empty where it can. Spaces and `&` are no problem."""
    if len(path) > LONGEST_PATH:
        return f"it is longer than {LONGEST_PATH} characters"
    if _FORBIDDEN.search(path):
        return 'it holds a quotation mark, a line break or "$("'
    if "windowsapps" in path.casefold():
        return "it belongs to the Microsoft Store, which hides this user's files from Excel"
    if "://" in path:
        return "it is an address of the web, not a folder of this computer"
    return ""


def is_lost(path: str, code_page: str) -> bool:
    """True where a path has letters beyond the code page of Windows, which xlwings' library is called with."""
    try:
        path.encode(code_page)
    except UnicodeError:
        return True
    return False


def _library(name: str, *folders: Path) -> Path:
    return next((folder / name for folder in folders if (folder / name).is_file()), folders[0] / name)
