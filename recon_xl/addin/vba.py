"""Commands and worksheet functions -> VBA: the whitelist, one Sub a button, one wrapper a function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from recon_xl import __version__
from recon_xl.addin.carrier import Carrier
from recon_xl.addin.ribbon import MODULE, callback
from recon_xl.addin.vbatext import identifier, text
from recon_xl.addin.versions import ADDIN, PROTOCOL, XLWINGS
from recon_xl.commands.model import Command, Enabled
from recon_xl.contract import table
from recon_xl.functions.model import Argument, WorksheetFunction

_NEEDS = {Enabled.ALWAYS: 0, Enabled.BOOK: 1, Enabled.RESULTS: 2}
_RUN_LOG = table("Run Log")
_PLACES = {
    "@XLWINGS@": XLWINGS,
    "@ADDIN@": ADDIN,
    "@BOOK_NAME@": "MasterCheck",
    "@BOOK_SHEET@": "Start",
    "@LOG_SHEET@": _RUN_LOG.sheet,
    "@LOG_TABLE@": _RUN_LOG.excel_name,
}
"""What the fixed modules leave open."""
_MADE = "' Made from the registry of {}: see recon_xl/addin/vba.py. Changes made here are lost."


def fixed_modules(carrier: Carrier = Carrier.ADDIN) -> dict[str, str]:
    """Name -> source of the modules that are written by hand, by name."""
    sources = {}
    for file in sorted(files("recon_xl.addin").joinpath("vba").iterdir(), key=lambda one: one.name):
        source = file.read_text(encoding="ascii")
        for place, value in {**_PLACES, "@CARRIER@": carrier}.items():
            source = source.replace(place, value)
        sources[file.name.partition(".")[0]] = source
    return sources


def controls_module(commands: Iterable[Command], carrier: Carrier = Carrier.ADDIN) -> str:
    """The versions, and the Sub of every button."""
    known = sorted(commands, key=lambda one: one.control_id)
    return _source(
        MODULE,
        [
            _MADE.format("commands"),
            "",
            f'Public Const RECON_VERSION As String = "{__version__}"',
            f'Public Const RECON_PROTOCOL As String = "{PROTOCOL}"',
            f"Public Const RECON_IS_ADDIN As Boolean = {carrier is Carrier.ADDIN}",
            "",
            *(line for command in known for line in _stub(command, carrier)),
        ],
    )


def whitelist_module(commands: Iterable[Command]) -> str:
    """What each control needs; private, because a public function elsewhere could be typed into a cell."""
    known = sorted(commands, key=lambda one: one.control_id)
    return _source("ReconAllowed", ["Option Private Module", _MADE.format("commands"), "", *_whitelist(known)])


def functions_module(functions: Iterable[WorksheetFunction]) -> str:
    """One wrapper a worksheet function; public, because they are what can be typed into a cell."""
    known = sorted(functions, key=lambda one: one.excel_name)
    return _source(
        "ReconFunctions",
        [
            _MADE.format("worksheet functions"),
            "",
            *(line for function in known for line in _wrapper(function)),
        ],
    )


def help_module(functions: Iterable[WorksheetFunction]) -> str:
    """The help that Excel's Function Wizard shows; private for the same reason as the whitelist."""
    known = sorted(functions, key=lambda one: one.excel_name)
    return _source(
        "ReconHelp",
        [
            "Option Private Module",
            _MADE.format("worksheet functions"),
            "",
            "Public Function ReconDescribeFunctions() As Boolean",
            "    ' True once Excel took the first; it refuses while no workbook is open. The functions work without it.",
            "    On Error GoTo Refused",
            *_describers(known),
            "Refused:",
            "End Function",
            "",
            *(line for function in known for line in _description(function)),
        ],
    )


def _describers(known: list[WorksheetFunction]) -> Iterator[str]:
    for place, function in enumerate(known):
        yield f"    {_describer(function)}"
        if not place:
            yield "    ReconDescribeFunctions = True"
            yield "    On Error Resume Next"


def _source(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f'Attribute VB_Name = "{name}"', "Option Explicit", *lines])


def _whitelist(commands: list[Command]) -> Iterator[str]:
    yield "Public Function ReconNeeds(ByVal controlId As String) As Long"
    yield "    ' 0: always, 1: a month-end workbook, 2: one that has been run; -1: no control of this add-in."
    yield "    Select Case controlId"
    for command in commands:
        yield f'        Case "{command.control_id}": ReconNeeds = {_NEEDS[command.enabled]}'
    yield "        Case Else: ReconNeeds = -1"
    yield "    End Select"
    yield "End Function"
    yield ""


def _stub(command: Command, carrier: Carrier) -> Iterator[str]:
    if not re.fullmatch(r"recon_[a-z_]+", command.control_id):
        raise ValueError(f"{command.control_id!r} cannot name a control")
    yield f"Public Sub {callback(command, carrier)}(control As IRibbonControl)"
    yield f'    ReconPressControl "{command.control_id}"'
    yield "End Sub"
    yield ""


def _wrapper(function: WorksheetFunction) -> Iterator[str]:
    names = [identifier(argument.name) for argument in function.arguments]
    pairs = list(zip(function.arguments, names, strict=True))
    yield f"Public Function {function.excel_name}({', '.join(_parameter(one, name) for one, name in pairs)}) As Variant"
    yield from (f"    If IsMissing({name}) Then {name} = Empty" for one, name in pairs if one.is_optional)
    yield f'    {function.excel_name} = ReconCalculate("{function.excel_name}", Array({", ".join(names)}))'
    yield "End Function"
    yield ""


def _parameter(argument: Argument, name: str) -> str:
    return f"{'Optional ' if argument.is_optional else ''}ByVal {name} As Variant"


def _describer(function: WorksheetFunction) -> str:
    return f"ReconDescribe_{function.name}"


def _description(function: WorksheetFunction) -> Iterator[str]:
    """Excel takes up to 255 characters for the function and for each argument."""
    yield f"Private Sub {_describer(function)}()"
    yield "    Dim helps() As Variant"
    yield f"    ReDim helps(0 To {max(len(function.arguments), 1) - 1})"
    for place, argument in enumerate(function.arguments):
        yield f"    helps({place}) = {text(argument.help[:255])}"
    yield f'    Application.MacroOptions Macro:="{function.excel_name}", Description:={text(function.help[:255])}, _'
    yield '        Category:="recon-xl", ArgumentDescriptions:=helps'
    yield "End Sub"
    yield ""
