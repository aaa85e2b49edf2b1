"""Nothing that a workbook brings along changes what runs: each trap by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from recon_xl.addin.package import addin_parts, packed
from recon_xl.addin.project import addin_project
from recon_xl.addin.versions import PROTOCOL

from . import office

SHIM = [sys.executable, "-I", "-B", "-m", "recon_xl.addin.click", "recon_run", "0", PROTOCOL]
_ALL = (
    "import os; from recon_xl.addin.click import click; from recon_xl.addin.places import places;"
    f"print(click('recon_reconcile', 0, '{PROTOCOL}', places('win32', os.environ)));"
    f"print(click('recon_run', 0, '{PROTOCOL}', places('win32', os.environ)));"
    "from recon_xl.addin.lean import keep_lean; keep_lean(); import xlwings, duckdb, recon_xl.commands.reconcile;"
    "print(xlwings.__file__, duckdb.__file__)"
)
DEEP = [sys.executable, "-I", "-B", "-c", _ALL]
"""The same way in as far as it goes without Excel, and every library that a click can load."""
MODULES = (
    "recon_xl",
    "xlwings",
    "duckdb",
    "openpyxl",
    "pydantic",
    "sitecustomize",
    "usercustomize",
    "encodings",
    "json",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a received workbook lies; it is Excel's current folder too."""
    path = tmp_path / "received & opened"
    path.mkdir()
    Workbook().save(path / "october.xlsx")
    return path


def trap(folder: Path, name: str) -> str:
    """Python that leaves a mark beside the workbook."""
    return f"from pathlib import Path\nPath({str(folder / f'{name}.ran')!r}).touch()\n"


def run_in(folder: Path, command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    """A click with that folder as the current one; returns what happened."""
    home = folder.parent / "home"
    user = {"LOCALAPPDATA": str(home), "APPDATA": str(home), "HOME": str(home)}
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **user, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def assert_untouched(folder: Path, **more: str) -> None:
    """Neither the shim as VBA starts it nor anything that a click loads has run a trap."""
    assert 2 == run_in(folder, SHIM, **more).returncode  # there is no Excel on the machine of these tests
    done = run_in(folder, DEEP, **more)
    assert 0 == done.returncode, done.stderr
    assert str(folder) not in done.stdout
    assert [] == sorted(path.name for path in folder.rglob("*.ran"))


def test_modules_named_like_ours_beside_the_workbook(folder: Path) -> None:
    """Python would take them from the current folder if it were not isolated."""
    for name in MODULES:
        (folder / f"{name}.py").write_text(trap(folder, name), encoding="utf-8")
    assert_untouched(folder)


def test_the_same_modules_do_run_without_isolation(folder: Path) -> None:
    """So the trap is a real one."""
    (folder / "recon_xl.py").write_text(trap(folder, "recon_xl"), encoding="utf-8")
    command = [part for part in SHIM if part != "-I"]
    run_in(folder, command)
    assert (folder / "recon_xl.ran").exists()


def test_the_shim_refuses_to_run_unless_isolated(tmp_path: Path) -> None:
    """Whoever starts it by hand, or an add-in of another make."""
    command = [sys.executable, "-B", "-c", _UNISOLATED]
    done = run_in(tmp_path, command)
    assert "1\n" == done.stdout, done.stderr


_UNISOLATED = (
    "from recon_xl.addin.click import main\n"
    "import recon_xl.addin.click as click, recon_xl.addin.places as places, os\n"
    "click.places = lambda: places.places('win32', os.environ)\n"
    f"print(main(['recon_run', '0', '{PROTOCOL}']))"
)


def test_a_zip_of_the_workbooks_name_beside_it(folder: Path) -> None:
    """The stock add-in puts such a file first on its path unless told otherwise."""
    for name in ("october.zip", "october.xlsx.zip", "recon-xl.zip"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            for module in MODULES:
                archive.writestr(f"{module}.py", trap(folder, module))
    assert_untouched(folder)


@pytest.mark.parametrize("name", ["recon-xl.conf", "xlwings.conf", "myaddin.conf", "october.conf", "addin.txt"])
def test_a_configuration_file_beside_the_workbook(folder: Path, name: str) -> None:
    """It names another interpreter and another path; nobody reads it."""
    (folder / "elsewhere").mkdir()
    for module in MODULES:
        (folder / "elsewhere" / f"{module}.py").write_text(trap(folder, module), encoding="utf-8")
    lines = f'"INTERPRETER_WIN","{folder / "evil.exe"}"\n"PYTHONPATH","{folder / "elsewhere"}"\ninterpreter={folder / "evil.exe"}\n'
    (folder / name).write_text(lines, encoding="utf-8")
    assert_untouched(folder)


def test_variables_of_the_environment(folder: Path) -> None:
    """PYTHONPATH and its kin do not reach an isolated Python."""
    for module in MODULES:
        (folder / f"{module}.py").write_text(trap(folder, module), encoding="utf-8")
    assert_untouched(folder, PYTHONPATH=str(folder), PYTHONSTARTUP=str(folder / "recon_xl.py"), PYTHONINSPECT="")


@pytest.mark.office
@pytest.mark.parametrize("sheet", ["recon-xl.conf", "xlwings.conf", "_xlwings.conf", "myaddin.conf"])
def test_a_configuration_sheet_in_the_active_workbook(addin: Path, folder: Path, sheet: str) -> None:
    """Run in LibreOffice: the same answer as without it, so the sheet was not asked."""
    book = Workbook()
    conf = book.active
    assert conf is not None
    conf.title = sheet
    for row in (
        ("interpreter", r"C:\evil\python.exe"),
        ("INTERPRETER_WIN", r"C:\evil\python.exe"),
        ("protocol", PROTOCOL),
    ):
        conf.append(row)
    book.save(folder / "conf.xlsx")
    _, alone, _, _, beside = office.run(
        folder / "office",
        ("open", str(addin)),
        ("call", "ReconPress.ReconAnswerTo", ["recon_compare"]),
        ("open_plain", str(folder / "conf.xlsx")),
        ("activate", 1),
        ("call_of", 0, "ReconPress.ReconAnswerTo", ["recon_compare"]),
        environment={"LOCALAPPDATA": str(folder)},
    )
    assert alone == beside
    assert "does not know yet where recon-xl is installed" in beside


@pytest.mark.office
def test_vba_modules_named_like_ours_in_the_active_workbook(addin: Path, folder: Path) -> None:
    """Run in LibreOffice: the add-in's Subs call the add-in's."""
    source = (
        'Attribute VB_Name = "{name}"\nOption Explicit\n'
        'Public Function ReconAnswerTo(ByVal c As String) As String\n    ReconAnswerTo = "evil"\nEnd Function\n'
        'Public Function ReconStart(ByVal c As String) As String\n    ReconStart = "evil"\nEnd Function\n'
        'Public Function ReconProgram(a, b) As String\n    ReconProgram = "evil"\nEnd Function\n'
        "Public Function ReconNeeds(ByVal c As String) As Long\n    ReconNeeds = 0\nEnd Function\n"
    )
    names = ("ReconPress", "ReconServer", "ReconSettings", "ReconControls", "ReconAllowed")
    evil = folder / "evil.xlam"
    evil.write_bytes(packed(addin_parts(addin_project({name: source.format(name=name) for name in names}))))
    *_, theirs, ours, unknown = office.run(
        folder / "office",
        ("open", str(addin)),
        ("open", str(evil)),
        ("call", "ReconPress.ReconAnswerTo", ["recon_compare"]),
        ("call_of", 0, "ReconPress.ReconAnswerTo", ["recon_compare"]),
        ("call_of", 0, "ReconPress.ReconAnswerTo", ["recon_evil"]),
        environment={"LOCALAPPDATA": str(folder)},
    )
    assert "evil" == theirs
    assert "does not know yet where recon-xl is installed" in ours
    assert "The add-in has no such button. Nothing was done." == unknown
