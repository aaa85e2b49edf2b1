"""The VBA executed: by LibreOffice, and by an interpreter with a model of Excel's ranges and tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication

from recon_xl import __version__
from recon_xl.addin.build import modules
from recon_xl.addin.package import addin_parts, packed
from recon_xl.addin.project import addin_project

from . import office
from .registries import COMMANDS, FUNCTIONS

NOT_INSTALLED = (
    "The add-in does not know yet where recon-xl is installed. Run recon-xl addin install, then start Excel again."
)
PROBE = """Attribute VB_Name = "Probe"
Option Explicit
Public Function FromOne(ByVal word As String) As String
    Dim answer As Variant
    answer = ReconFromPython(ChrW$(57344) & word)
    FromOne = TypeName(answer) & " " & CLng(answer)
End Function
Public Function FromMany() As String
    Dim cells(1 To 2, 1 To 2) As Variant, answer As Variant
    cells(1, 1) = 1.5
    cells(1, 2) = ChrW$(57344) & "#DIV/0!"
    cells(2, 1) = Null
    cells(2, 2) = "plain"
    answer = ReconFromPython(cells)
    FromMany = answer(1, 1) & " " & CLng(answer(1, 2)) & " [" & answer(2, 1) & "] " & answer(2, 2)
End Function
Public Function ToPython() As String
    Dim answer As Variant
    answer = ReconToPython(Array(7.5, Empty, CVErr(2042), CVErr(2036), "x"))
    ToPython = answer(0) & " " & TypeName(answer(1)) & " " & answer(2) & " " & answer(3) & " " & answer(4)
End Function
Public Function OfOneRow() As String
    Dim answer As Variant
    answer = ReconToPython(Array(Array(1.5, CVErr(2042), "x")))(0)
    OfOneRow = UBound(answer, 1) - LBound(answer, 1) & " " & answer(1, 0) & " " & answer(1, 1) & " " & answer(1, 2)
End Function
Public Function Calculated() As String
    Dim answer As Variant
    answer = RECON_ADDUP(3)
    Calculated = TypeName(answer) & " " & CLng(answer)
End Function
Public Function OfRanges() As String
    Dim answer As Variant, sheet As Object
    Set sheet = Worksheets("Settings")
    answer = ReconToPython(Array(sheet.Range("B:B"), sheet.Range("A5:B6"), sheet.Range("A5")))
    OfRanges = UBound(answer(0), 1) & "x" & UBound(answer(0), 2) & " " & UBound(answer(1), 1) & "x" & UBound(answer(1), 2)
    OfRanges = OfRanges & " " & TypeName(answer(2)) & " " & sheet.UsedRange.Rows.Count
End Function
"""
PROBED = modules(COMMANDS, FUNCTIONS) | {"Probe": PROBE}
pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in with a module of questions."""
    path = tmp_path_factory.mktemp("probed") / "recon-xl.xlam"
    path.write_bytes(packed(addin_parts(addin_project(PROBED))))
    return path


def test_libreoffice_runs_the_stub_and_the_dispatcher(addin: Path, tmp_path: Path) -> None:
    """The button's Sub runs through; without an installed program the answer says what to do."""
    loaded, pressed, known, unknown = office.run(
        tmp_path,
        ("open", str(addin)),
        ("call", "ReconControls.ReconAddin_recon_compare_pressed", [None]),
        ("call", "ReconPress.ReconAnswerTo", ["recon_compare"]),
        ("call", "ReconPress.ReconAnswerTo", ['recon_compare" & calc & "']),
        environment={"LOCALAPPDATA": str(tmp_path)},
    )
    assert {"ReconControls", "ReconFunctions", "ReconGrid", "ReconPress", "ReconServer"} <= set(loaded)
    assert pressed is None  # a Sub that ran to its end; a failure is told apart
    assert NOT_INSTALLED == known
    assert "The add-in has no such button. Nothing was done." == unknown


def test_libreoffice_runs_the_error_path_of_a_function(probed: Path, tmp_path: Path) -> None:
    """Without the resident program #NAME?, as an error value; a cell that counts on with it is an error too."""
    _, calculated, _, text, _, error = office.run(
        tmp_path,
        ("open", str(probed)),
        ("call", "Probe.Calculated", []),
        ("formula", "B1", "=RECON_ADDUP(3)"),
        ("value", "B1"),
        ("formula", "B2", "=B1+1"),
        ("error", "B2"),
        environment={"LOCALAPPDATA": str(tmp_path)},
    )
    assert "Error 2029" == calculated
    assert "Error 2029" == text  # how LibreOffice writes an error that VBA returned; Excel shows #NAME?
    assert 0 != error


def test_libreoffice_converts_marks_and_errors(probed: Path, tmp_path: Path) -> None:
    """In single values and in arrays, both ways."""
    words = {
        "#NULL!": 2000,
        "#DIV/0!": 2007,
        "#VALUE!": 2015,
        "#REF!": 2023,
        "#NAME?": 2029,
        "#NUM!": 2036,
        "#N/A": 2042,
    }
    _, many, to_python, one_row, *singles = office.run(
        tmp_path,
        ("open", str(probed)),
        ("call", "Probe.FromMany", []),
        ("call", "Probe.ToPython", []),
        ("call", "Probe.OfOneRow", []),
        *(("call", "Probe.FromOne", [word]) for word in (*words, "#SOMETHING!")),
    )
    assert "1.5 2007 [] plain" == many
    assert "7.5 Empty \ue000#N/A \ue000#NUM! x" == to_python
    assert "0 1.5 \ue000#N/A x" == one_row
    assert [f"Error {number}" for number in (*words.values(), 2015)] == singles


def test_libreoffice_reads_the_settings_and_says_where_versions_differ(addin: Path, tmp_path: Path) -> None:
    """UTF-16, so that a path keeps its letters."""
    # To LibreOffice on Linux the Windows path is one long file name.
    path = Path(f"{tmp_path}/home\\recon-xl\\addin.txt")
    path.write_bytes(
        "interpreter=C:\\J\u00fcrgen \u0141\u00f3d\u017a & Co\\python.exe\r\nprogram=9.9\r\nprotocol=0\r\n".encode(
            "utf-16-le"
        )
    )
    _, text, answer = office.run(
        tmp_path / "office",
        ("open", str(addin)),
        ("call", "ReconSettings.ReconTextOf", [str(path)]),
        ("call", "ReconPress.ReconAnswerTo", ["recon_compare"]),
        environment={"LOCALAPPDATA": f"{tmp_path}/home"},
    )
    assert path.read_bytes().decode("utf-16-le") == text
    told = f"The add-in is {__version__}, the program 9.9; they do not fit together. Run "
    command = '"C:\\J\u00fcrgen \u0141\u00f3d\u017a & Co\\python.exe" -m recon_xl addin install'
    assert f"{told}{command}, then start Excel again." == answer


def test_libreoffice_keeps_why_the_resident_program_did_not_start(addin: Path, tmp_path: Path) -> None:
    """The newest reason alone, as the doctor reads it, with its letters."""
    (tmp_path / "home").mkdir()
    office.run(
        tmp_path / "office",
        ("open", str(addin)),
        ("call", "ReconServer.ReconKeepFailure", ["A longer reason from the time before"]),
        ("call", "ReconServer.ReconKeepFailure", ["Zugriff verweigert: \u0141\u00f3d\u017a"]),
        environment={"LOCALAPPDATA": f"{tmp_path}/home"},
    )
    # To LibreOffice on Linux the Windows path is one long file name.
    kept = Path(f"{tmp_path}/home\\recon-xl\\server.txt")
    assert "Zugriff verweigert: \u0141\u00f3d\u017a" == kept.read_bytes().decode("utf-16-le")


def test_libreoffice_tells_our_workbook_from_others(
    addin: Path, macro_books: tuple[Path, Path], tmp_path: Path
) -> None:
    """Buttons of a month-end workbook go off elsewhere; the one that is always on stays."""
    answers = office.run(
        tmp_path,
        ("open", str(addin)),
        ("call", "ReconButtons.ReconCanPress", ["recon_compare"]),
        ("call", "ReconButtons.ReconCanPress", ["recon_new_month"]),
        ("open", str(macro_books[0])),
        ("call", "ReconButtons.ReconCanPress", ["recon_compare"]),
        ("call", "ReconButtons.ReconCanPress", ["recon_sign"]),
    )
    assert [False, True] == answers[1:3]
    assert [True, False] == answers[4:]


def test_a_month_that_has_been_run_enables_what_needs_results(macro_books: tuple[Path, Path]) -> None:
    """By the first row of the table of runs, which only the second interpreter knows as a range."""
    blank, sample = (ExcelApplication.open(path) for path in macro_books)
    assert [True, False] == [blank.run("ReconButtons.ReconCanPress", name) for name in ("recon_compare", "recon_sign")]
    assert [True, True] == [sample.run("ReconButtons.ReconCanPress", name) for name in ("recon_compare", "recon_sign")]


def test_whole_columns_are_cut_to_what_is_used(macro_books: tuple[Path, Path]) -> None:
    """From the top, so that columns side by side stay side by side; a block is handed over whole, one cell as a value."""
    excel = ExcelApplication.open(macro_books[1])
    excel.add_module(PROBE.partition("\n")[2], name="Probe")
    column, block, single, used = str(excel.run("OfRanges")).split()
    assert [f"{used}x1", "2x2", "String"] == [column, block, single]


def test_a_sum_over_a_failed_function_is_an_error(macro_books: tuple[Path, Path]) -> None:
    """A text would drop out of the total without a word."""
    excel = ExcelApplication.open(macro_books[0])
    excel.add_module(
        "Public Function Total() As String\n"
        'Range("H1").Value = ReconFromPython(ChrW$(57344) & "#N/A")\n'
        'Range("H2").Value = 5\n'
        'Range("H3").Formula = "=SUM(H1:H2)"\n'
        'Total = TypeName(Range("H3").Value)\n'
        "End Function\n",
        name="Probe",
    )
    assert "Error" == excel.run("Total")
