"""Nothing that a workbook brings along changes what runs: each trap by itself, then the VBA as text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from recon_xl import __version__
from recon_xl.addin.build import modules, worksheet_functions
from recon_xl.addin.package import addin_parts, packed
from recon_xl.addin.project import addin_project
from recon_xl.commands.registry import commands as registered

from . import office
from .registries import COMMANDS, FUNCTIONS

SHIM = [sys.executable, "-I", "-B", "-m", "recon_xl.addin.click", "recon_run", "0", __version__]
_ALL = (
    "import os; from recon_xl.addin.click import click; from recon_xl.addin.places import places;"
    f"print(click('recon_reconcile', 0, '{__version__}', places('win32', os.environ)));"
    f"print(click('recon_run', 0, '{__version__}', places('win32', os.environ)));"
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
SOURCES = modules(registered(), worksheet_functions()) | {
    "ReconControls": modules(COMMANDS, FUNCTIONS)["ReconControls"]
}


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
    f"print(main(['recon_run', '0', '{__version__}']))"
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
        ("program", __version__),
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
    names = ("ReconPress", "ReconServer", "ReconSettings", "ReconControls")
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


def code_lines(name: str) -> list[str]:
    """Without comments, continued lines joined."""
    joined = re.sub(r" _\n\s*", " ", SOURCES[name])
    return [line for line in joined.splitlines() if not line.strip().startswith("'")]


def lines_with(word: str) -> dict[str, list[str]]:
    """Module -> its lines that hold a word."""
    found = {name: [line.strip() for line in code_lines(name) if re.search(word, line)] for name in SOURCES}
    return {name: lines for name, lines in found.items() if lines}


def test_the_active_workbook_only_decides_which_buttons_are_grey() -> None:
    """ReconRibbon alone looks at it; no other module knows a workbook, a sheet or a path of one."""
    assert {"ReconRibbon"} == set(lines_with(r"ActiveWorkbook|ActiveSheet|Workbooks\("))
    assert {} == lines_with(r"ThisWorkbook|\.FullName|CurDir|ChDir|\.Path\b|CustomDocumentProperties|GetSetting")
    assert {"ReconSettings"} == set(lines_with(r"Environ"))
    assert {"ReconSettings": [r'Environ$("HOME") & "/recon-xl/"', r'Environ$("LOCALAPPDATA") & "\recon-xl\"']} == {
        name: [line.partition(" = ")[2] for line in lines] for name, lines in lines_with("Environ").items()
    }


COLD = (
    'command = """" & interpreter & """ -I -B -m recon_xl.addin.click " & controlId & " " '
    '& CLng(Application.Hwnd) & " " & RECON_VERSION'
)


def test_the_only_command_lines_are_made_of_constants_the_interpreter_and_the_control() -> None:
    """Both of them, word for word; the control is one of the whitelist by then."""
    assert {
        "ReconServer": [
            'ReconServerCommand = """" & interpreter & """ -I -B -m recon_xl.addin.server $(CLSID)"',
            COLD,
        ]
    } == lines_with('interpreter & """')
    assert {"ReconServer": ['code = CreateObject("WScript.Shell").Run(command, 0, True)']} == lines_with(
        r"CreateObject|Shell"
    )
    assert {"ReconServer": [APPLESCRIPT_CALL]} == lines_with("AppleScriptTask|MacScript")
    assert {} == lines_with(r"Evaluate|Application\.Run\b|ExecuteExcel4Macro|\bSendKeys|GetObject")


APPLESCRIPT_CALL = (
    'ReconStartOnMac = AppleScriptTask("recon-xl.applescript", "ReconClick", controlId & " " & RECON_VERSION)'
)


def test_a_press_hands_over_constants_alone() -> None:
    """Each button's Sub passes its own id as a literal; what the ribbon hands in is not looked at."""
    stubs = re.findall(
        r"Public Sub (recon_\w+)_pressed\(control As IRibbonControl\)\n(.*?)End Sub", SOURCES["ReconControls"], re.S
    )
    assert len(COMMANDS) == len(stubs)
    assert [f'    ReconPressControl "{name}"\n' for name, _ in stubs] == [body for _, body in stubs]


def test_the_library_is_called_only_once_it_is_loaded_from_its_own_place() -> None:
    """Windows looks into the current folder for a library that it knows by name alone."""
    body = SOURCES["ReconServer"].partition("Function ReconIsServerUp(")[2].partition("End Function")[0]
    loaded, called = (
        body.index("If LoadLibraryW(StrPtr(library)) = 0 Then Exit Function"),
        body.index("XLPyDLLActivateAuto("),
    )
    assert body.index("ReconIsUsable(library)") < loaded < called


def test_nothing_of_xlwings_that_reads_a_workbooks_configuration_is_called() -> None:
    """CallUDF and get_udf_module put the workbook's folder on the path; Exec and Eval take text."""
    assert {} == lines_with(r"CallUDF|get_udf_module|\.Exec\b|\.Eval\b|prepare_sys_path|GetConfig|import_udfs")
    assert {'server.Module("recon_xl.addin.server")'} == {
        found
        for lines in lines_with(r"\.Module\(").values()
        for line in lines
        for found in re.findall(r"server\.Module\([^)]*\)", line)
    }
