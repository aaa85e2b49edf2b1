"""The built add-in and workbooks that ship with the product."""

from __future__ import annotations

from pathlib import Path

from recon_xl.core.errors import WorkbookError

_PACKAGE = Path(__file__).parent.parent


def artefact(name: str) -> Path:
    """A file of workbook_templates, in the repository or as installed."""
    for folder in (_PACKAGE / "workbook_templates", _PACKAGE.parent / "workbook_templates"):
        if (folder / name).is_file():
            return folder / name
    raise WorkbookError(
        where="recon-xl", found=f"no {name}", expected=f"workbook_templates/{name} beside the program",
        todo="Install recon-xl again.",
    )  # fmt: skip
