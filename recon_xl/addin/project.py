"""VBA sources -> vbaProject.bin, with source text alone: Excel compiles it on the machine where it runs."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from recon_xl.addin.carrier import Carrier
from recon_xl.core.errors import ContractError

if TYPE_CHECKING:
    from pyopenvba import ExcelFile

PART = "xl/vbaProject.bin"
_CLASS_MARK = "VERSION 1.0 CLASS"
_BLANK_NAME, _PROJECT_NAME = b"VBAProject", bytes.fromhex("0400")
_SOURCE_ONLY = bytes.fromhex("cc61ffff000000")
"""The `_VBA_PROJECT` stream of a project without compiled code ([MS-OVBA] 2.3.4.1)."""


def addin_project(modules: Mapping[str, str], name: str = Carrier.ADDIN.project) -> bytes:
    """The project of an add-in with one blank sheet."""
    with tempfile.TemporaryDirectory() as folder, _library().create_new(Path(folder) / "new.xlam") as file:
        file.vba_project().delete_module("Module1")
        return _filled(file, modules, Path(folder) / "filled.xlam", name)[PART]


def book_with_project(book: bytes, modules: Mapping[str, str], name: str) -> dict[str, bytes]:
    """The parts of a macro-enabled workbook with a project: every tab gets its document module and code name."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.xlsm"
        source.write_bytes(book)
        with _library()(source) as file:
            file.add_vba_project()
            return _filled(file, modules, Path(folder) / "filled.xlsm", name)


def _library() -> type[ExcelFile]:
    try:
        from pyopenvba import ExcelFile  # noqa: PLC0415 - only who builds the add-in needs it
    except ImportError as error:
        raise ContractError(
            where="recon-xl addin build", found="pyOpenVBA is not installed", expected="the tools of the build",
            todo='Install them with: python -m pip install "recon-xl[build]".',
        ) from error  # fmt: skip
    library: type[ExcelFile] = ExcelFile
    return library


def _filled(file: ExcelFile, modules: Mapping[str, str], target: Path, name: str) -> dict[str, bytes]:
    from pyopenvba import VBAModuleKind  # noqa: PLC0415 - as above

    project = file.vba_project()
    for module in project.modules:  # documents keep the compiled code of the blank file unless they are written anew
        module.body = module.body
    for module_name, source in modules.items():
        kind = VBAModuleKind.other if source.startswith(_CLASS_MARK) else VBAModuleKind.standard
        project.add_module(module_name, source.replace("\n", "\r\n"), kind=kind)
    file.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return parts | {PART: _named(_without_compiled_code(parts[PART]), name)}


def _without_compiled_code(project: bytes) -> bytes:
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - as above

    container = CFB.from_bytes(project)
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _SOURCE_ONLY)
    content: bytes = container.to_bytes()
    return content


def _named(project: bytes, name: str) -> bytes:
    """The project under its own name, in both places that hold it ([MS-OVBA] 2.3.1.9 and 2.3.4.2.1.5)."""
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - as above
    from pyopenvba.vba import compress, decompress  # noqa: PLC0415 - as above

    container = CFB.from_bytes(project)
    old = _PROJECT_NAME + len(_BLANK_NAME).to_bytes(4, "little") + _BLANK_NAME
    new = _PROJECT_NAME + len(name).to_bytes(4, "little") + name.encode("ascii")
    record = decompress(container.get_stream_in_storage("VBA", "dir"))
    container.write_stream_in_storage("VBA", "dir", compress(record.replace(old, new, 1)))
    text = container.get_stream("PROJECT")
    container.write_stream("PROJECT", text.replace(b'Name="' + _BLANK_NAME + b'"', f'Name="{name}"'.encode("ascii"), 1))
    content: bytes = container.to_bytes()
    return content
