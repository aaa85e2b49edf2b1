"""The VBA as text: what it reads, what it starts, and that no text of a person or a workbook gets there."""

from __future__ import annotations

import re

from recon_xl.addin.build import modules
from recon_xl.addin.install import applescript
from recon_xl.commands.registry import commands as registered
from recon_xl.functions.registry import functions as all_functions

from .registries import COMMANDS, FUNCTIONS

SOURCES = modules(registered(), all_functions()) | {"ReconControls": modules(COMMANDS, FUNCTIONS)["ReconControls"]}


def code_lines(name: str) -> list[str]:
    """Without comments, continued lines joined."""
    joined = re.sub(r" _\n\s*", " ", SOURCES[name])
    return [line for line in joined.splitlines() if not line.strip().startswith("'")]


def lines_with(word: str) -> dict[str, list[str]]:
    """Module -> its lines that hold a word."""
    found = {name: [line.strip() for line in code_lines(name) if re.search(word, line)] for name in SOURCES}
    return {name: lines for name, lines in found.items() if lines}


def test_the_active_workbook_only_decides_which_buttons_are_grey() -> None:
    """ReconButtons alone looks at it; no other module knows a workbook, a sheet or a path of one."""
    assert {"ReconButtons"} == set(lines_with(r"ActiveWorkbook|ActiveSheet|Workbooks\("))
    assert {} == lines_with(r"ThisWorkbook|\.FullName|CurDir|ChDir|\.Path\b|CustomDocumentProperties|GetSetting")
    assert {"ReconSettings"} == set(lines_with(r"Environ"))
    assert {"ReconSettings": [r'Environ$("HOME") & "/recon-xl/"', r'Environ$("LOCALAPPDATA") & "\recon-xl\"']} == {
        name: [line.partition(" = ")[2] for line in lines] for name, lines in lines_with("Environ").items()
    }


COLD = (
    'command = """" & interpreter & """ -I -B -m recon_xl.addin.click " & controlId & " " '
    '& CLng(Application.Hwnd) & " " & RECON_PROTOCOL'
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
    'ReconStartOnMac = AppleScriptTask("recon-xl.applescript", "ReconClick", controlId & " " & RECON_PROTOCOL)'
)


def test_a_press_hands_over_constants_alone() -> None:
    """Each button's Sub passes its own id as a literal; what the ribbon hands in is not looked at."""
    stubs = re.findall(
        r"Public Sub ReconAddin_(recon_\w+)_pressed\(control As IRibbonControl\)\n(.*?)End Sub",
        SOURCES["ReconControls"],
        re.S,
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


def test_why_the_resident_program_did_not_start_is_kept() -> None:
    """For the doctor; and a message that was shown is not shown again."""
    source = SOURCES["ReconServer"]
    refused = source.partition("START_AND_KEEP) <> 0 Then")[2].splitlines()[1].strip()
    assert "ReconKeepFailure found" == refused
    after = source.partition('ReconColdStart = ReconTextOf(ReconUserFolder() & "message.txt")')[2]
    assert 'Kill ReconUserFolder() & "message.txt"' == after.splitlines()[2].strip()


def test_nothing_of_xlwings_that_reads_a_workbooks_configuration_is_called() -> None:
    """CallUDF and get_udf_module put the workbook's folder on the path; Exec and Eval take text."""
    assert {} == lines_with(r"CallUDF|get_udf_module|\.Exec\b|\.Eval\b|prepare_sys_path|GetConfig|import_udfs")
    assert {'server.Module("recon_xl.addin.server")'} == {
        found
        for lines in lines_with(r"\.Module\(").values()
        for line in lines
        for found in re.findall(r"server\.Module\([^)]*\)", line)
    }


def test_the_applescript_quotes_what_it_hands_to_the_shell() -> None:
    """Every variable of a command line is quoted, the control is checked letter by letter, nothing else is run."""
    lines = [line.strip() for line in applescript().decode().splitlines()]
    started = [line for line in lines if "do shell script" in line]
    built = [line for line in lines if line.startswith("set command to")]
    assert 3 == len(started)
    assert 1 == len(built)
    for line in [*started, *built]:
        bare = re.sub(
            r'"[^"]*"|quoted form of \w+|do shell script|set command to|set settingLines to paragraphs of', "", line
        )
        assert set() == set(re.findall(r"\w+", bare)) - {"command"}, line
    checked = 'if controlId does not start with "recon_" or not isMadeOf(controlId, allowedCharacters) then'
    assert [] != [line for line in lines if line.startswith(checked)]
    assert 'property allowedCharacters : "abcdefghijklmnopqrstuvwxyz_"' in lines
    assert 'property versionCharacters : "0123456789.abcdevrc+"' in lines
