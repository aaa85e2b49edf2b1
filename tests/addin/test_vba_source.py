"""The VBA as text: what the generators write, and that it parses for every Excel there is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyopenvba.interpreter import parse_module
from pyopenvba.interpreter._preprocess import strip_directives

from recon_xl import __version__
from recon_xl.addin.build import modules
from recon_xl.addin.carrier import Carrier
from recon_xl.addin.vba import controls_module, functions_module, whitelist_module
from recon_xl.addin.vbatext import identifier, text
from recon_xl.addin.versions import PROTOCOL, XLWINGS
from recon_xl.commands.registry import commands as registered
from recon_xl.functions.registry import functions as all_functions

from .registries import COMMANDS, FUNCTIONS

EXCELS = {
    "64-bit": {"VBA7": True, "Win64": True, "Mac": False},
    "32-bit": {"VBA7": True, "Win64": False, "Mac": False},
    "Excel 2007": {"VBA7": False, "Win64": False, "Mac": False},
    "Mac": {"VBA7": True, "Win64": True, "Win32": False, "Mac": True},
}
SETS = {"made up": modules(COMMANDS, FUNCTIONS), "registered": modules(registered(), all_functions())}


def sources() -> Iterator[tuple[str, str]]:
    for name, found in SETS.items():
        yield from ((f"{name} {module}", source) for module, source in found.items())


@pytest.mark.parametrize("excel", EXCELS)
def test_every_module_parses(excel: str) -> None:
    """With the conditions of each Excel resolved; WithEvents is the one word that this parser does not know."""
    for name, source in sources():
        code = re.sub(r"\A.*?(?=Option Explicit)", "", source, flags=re.DOTALL).replace("WithEvents ", "")
        parse_module(strip_directives(code, module=name, constants=EXCELS[excel]))


def test_lines_fit_and_hold_plain_letters() -> None:
    """A module is stored in a code page, and VBA takes 1,023 characters a line."""
    assert [] == [name for name, source in sources() if not source.isascii()]
    assert [] == [name for name, source in sources() for line in source.splitlines() if len(line) > 1000]


def test_the_whitelist_holds_the_commands_and_what_they_need() -> None:
    """0 always, 1 a month-end workbook, 2 one that has been run."""
    found = dict(re.findall(r'Case "(\w+)": ReconNeeds = (\d)', whitelist_module(COMMANDS)))
    assert {"recon_bring_in": "1", "recon_compare": "1", "recon_new_month": "0", "recon_sign": "2"} == found


def test_the_protocol_is_a_constant() -> None:
    """What the handshake compares; the version is for a reader, and a workbook keeps its own."""
    source = controls_module(())
    assert f'RECON_VERSION As String = "{__version__}"' in source
    assert f'RECON_PROTOCOL As String = "{PROTOCOL}"' in source
    compared = [line.strip() for _, text in sources() for line in text.splitlines() if "<> RECON_" in line]
    assert {'ElseIf ReconSetting(settings, "protocol") <> RECON_PROTOCOL Then'} == set(compared)
    assert "RECON_IS_ADDIN As Boolean = True" in source
    assert "RECON_IS_ADDIN As Boolean = False" in controls_module((), Carrier.BOOK)


def test_the_library_of_another_xlwings_is_not_used() -> None:
    """Its name would not be the one that VBA calls, and Windows would look for that one in the current folder."""
    source = SETS["registered"]["ReconServer"]
    assert f'If Not LCase$(library) Like "*\\xlwings??-{XLWINGS}.dll" Then Exit Function' in source


def test_the_project_pins_the_xlwings_that_the_add_in_calls() -> None:
    """Another version has no library of that name."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"xlwings=={XLWINGS}" in project["dependencies"]


def test_a_function_hands_over_its_arguments_and_nothing_else() -> None:
    """Optional arguments that are left out arrive empty; a word of VBA's own gets an underscore."""
    wanted = """\
Public Function RECON_ADDUP(ByVal price As Variant, Optional ByVal currency_ As Variant, Optional ByVal lines As Variant) As Variant
    If IsMissing(currency_) Then currency_ = Empty
    If IsMissing(lines) Then lines = Empty
    RECON_ADDUP = ReconCalculate("RECON_ADDUP", Array(price, currency_, lines))
End Function
"""
    assert wanted in functions_module(FUNCTIONS)


def test_only_our_functions_can_be_typed_into_a_cell() -> None:
    """A public function of a module that is not private shows up among Excel's own."""
    found = modules(registered(), all_functions())
    shown = [
        source for source in found.values() if "Option Private Module" not in source and "VB_Exposed" not in source
    ]
    names = {name for source in shown for name in re.findall(r"(?m)^(?:Public )?Function (\w+)", source)}
    assert {one.excel_name for one in all_functions()} == names


def test_the_help_of_the_arguments_is_tried_until_excel_takes_it() -> None:
    """With the ribbon no workbook may be open yet; the watcher asks again, and a workbook leaves it to the add-in."""
    found = SETS["registered"]
    assert "ReconDescribeOnce" in found["ReconWatcher"].partition("WorkbookActivate")[2].partition("End Sub")[0]
    once = found["ReconRibbon"].partition("Sub ReconDescribeOnce()")[2].partition("End Sub")[0]
    left, leaves, asked = (
        once.index(line)
        for line in (
            "If isDescribed Then Exit",
            "If Not RECON_IS_ADDIN And ReconIsAddinLoaded()",
            "isDescribed = ReconDescribe",
        )
    )
    assert left < leaves < asked


def test_no_function_is_volatile() -> None:
    """A volatile function recalculates the month on every key."""
    assert [] == [name for name, source in sources() if "Volatile" in source]


def test_texts_are_quoted() -> None:
    """Quotes doubled, letters beyond ASCII by their number."""
    assert '"say ""no"""' == text('say "no"')
    assert '"a " & ChrW$(8722) & " b"' == text("a \u2212 b")
    assert "ChrW$(55357) & ChrW$(56832)" == text("\U0001f600")
    assert '""' == text("")
    assert "unit_price" == identifier("unit price")
    with pytest.raises(ValueError, match="cannot name"):
        identifier("1st")
