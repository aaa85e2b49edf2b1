"""The doctor: each thing that can be wrong is found, named, and has something to do; a healthy add-in is ready."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from recon_xl import __version__
from recon_xl.addin.doctor import examine
from recon_xl.addin.install import install
from recon_xl.addin.log import leave_message
from recon_xl.addin.machine import Machine, excel_version, this_machine
from recon_xl.addin.places import Places, System
from recon_xl.addin.settings import AddinSettings, read_settings, write_settings
from recon_xl.addin.verdict import Check, Status
from recon_xl.addin.verified import signatures, verified_sentence
from recon_xl.addin.versions import LIBRARY_64, XLWINGS
from recon_xl.core.terminal import typed

from .test_install import SYSTEMS, program, user

SMOKE = Path(__file__).parents[2] / "docs" / "excel-smoke-test.md"
SECURITY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"


def machine(registry: dict[tuple[str, str], object] | None = None, **versions: str) -> Machine:
    """A healthy computer, but for what is said."""
    installed = {"xlwings": XLWINGS, "pywin32": "311", "appscript": "1.4", "psutil": "7"} | versions
    known = registry or {}
    return Machine(
        registry=lambda hive, key, name: known.get((key, name)),
        start=lambda interpreter: installed.get("started", __version__),
        installed=lambda package: installed[package],
        mac_excel=Path("/nowhere"),
    )


@pytest.fixture(params=SYSTEMS)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """An installed add-in on each system."""
    made = user(request.param, tmp_path)
    install(made, program(tmp_path))
    return made


def problems(own: Places, computer: Machine) -> dict[str, Check]:
    return {check.name: check for check in examine(own, computer) if check.status is Status.PROBLEM}


def test_a_healthy_add_in_has_no_problem(own: Places) -> None:
    """And says honestly that nobody has looked at it in Excel yet, or who has."""
    checks = examine(own, machine())
    assert [] == [check for check in checks if check.status is Status.PROBLEM]
    assert "Seen in Excel" == checks[-1].name
    assert verified_sentence(__version__, "") == checks[-1].found


def test_nothing_installed_is_a_problem_with_one_remedy(tmp_path: Path) -> None:
    """Install."""
    for system in SYSTEMS:
        found = problems(user(system, tmp_path / system), machine())
        assert {"Add-in", "Program"} == set(found)
        assert {f"Close Excel and run {typed('addin install')}."} == {check.todo for check in found.values()}


DAMAGE: dict[str, tuple[Callable[[Places], object], Machine]] = {
    "Add-in": (lambda own: own.addin.write_bytes(b"old"), machine()),
    "Program": (lambda own: None, machine(started="")),
    "Protocol": (lambda own: spoil(own, protocol="0"), machine()),
    "xlwings": (lambda own: None, machine(xlwings="0.36.0")),
    "Path of the program": (lambda own: spoil(own, interpreter=__file__ + "$("), machine()),
}


def spoil(own: Places, **changes: str) -> None:
    """Change the installed settings."""
    settings = read_settings(own)
    assert settings is not None
    write_settings(own, replace(settings, **changes))


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damage_is_found_by_its_own_check(own: Places, name: str) -> None:
    """With something to do."""
    damage, computer = DAMAGE[name]
    damage(own)
    found = problems(own, computer)
    assert name in found
    assert found[name].todo


def test_the_bridge_of_each_system_is_checked(own: Places, tmp_path: Path) -> None:
    """Library or AppleScript, and the packages that xlwings needs there."""
    if own.system is System.WINDOWS:
        (program(tmp_path).prefix / LIBRARY_64).unlink()
        assert {"Library, 64-bit Excel", "pywin32"} == set(problems(own, machine(pywin32="")))
    else:
        assert own.applescript is not None
        own.applescript.write_text("another", encoding="utf-8")
        assert {"AppleScript", "appscript", "psutil"} == set(problems(own, machine(appscript="", psutil="")))


@pytest.mark.parametrize(
    ("key", "value", "number", "words"),
    [
        (SECURITY, "VBAWarnings", 4, "all macros are switched off by your company's policy"),
        (SECURITY, "RequireAddinSig", 1, "signed by a trusted publisher"),
        (
            SECURITY.replace(r"\Policies", ""),
            "DisableAllAddins",
            1,
            "all add-ins are switched off by Excel's Trust Center",
        ),
        (SECURITY + r"\Trusted Locations", "AllLocationsDisabled", 1, "all trusted locations"),
    ],
)
def test_settings_that_stop_the_add_in_are_named(tmp_path: Path, key: str, value: str, number: int, words: str) -> None:
    """On Windows, where they stand in the registry: the company's and the user's."""
    own = user("win32", tmp_path)
    install(own, program(tmp_path))
    found = problems(own, machine({(key, value): number}))
    assert {"Trust"} == set(found)
    assert words in found["Trust"].found


def test_what_is_worth_knowing_is_a_note(own: Places) -> None:
    """OneDrive, a message that was not shown, faults."""
    settings = AddinSettings(str(own.settings.parent / "OneDrive - Company" / "python.exe"))
    write_settings(own, settings)
    leave_message(own, "The run\nfailed.")
    own.log.write_text("x", encoding="utf-8")
    computer = replace(machine(), code_page="utf-8")
    notes = {check.name: check.found for check in examine(own, computer) if check.status is Status.NOTE}
    assert {"Path of the program", "Message not shown yet", "Faults", "Seen in Excel"} <= set(notes)
    assert "The run failed." == notes["Message not shown yet"]


def test_why_the_resident_program_did_not_start_is_shown(own: Places) -> None:
    """As VBA has kept it, with the time; install begins anew."""
    own.failure.parent.mkdir(parents=True, exist_ok=True)
    own.failure.write_text("Could not activate Python COM server", encoding="utf-16-le")
    notes = {check.name: check.found for check in examine(own, machine()) if check.status is Status.NOTE}
    assert notes["Resident program"].endswith(" UTC: Could not activate Python COM server")


@pytest.mark.parametrize(("code_page", "is_problem"), [("cp1250", False), ("cp1252", True), ("utf-8", False)])
def test_a_path_that_the_code_page_cannot_hold_is_a_problem(tmp_path: Path, code_page: str, is_problem: bool) -> None:
    """Xlwings' library is called with the letters of the computer's code page: a Polish one has what a Western lacks."""
    own = user("win32", tmp_path)
    install(own, program(tmp_path / "\u0141\u00f3d\u017a"))
    found = problems(own, replace(machine(), code_page=code_page))
    assert is_problem == ("Path of the program" in found)


def test_the_program_is_started_as_the_add_in_starts_it() -> None:
    """For real: this Python has this version when isolated; another program has none."""
    import sys  # noqa: PLC0415 - only here

    computer = this_machine()
    assert __version__ == computer.start(sys.executable)
    assert "" == computer.start("/nowhere/python")
    assert XLWINGS == computer.installed("xlwings")
    assert "" == computer.installed("no-such-package")
    assert computer.registry("HKCU", SECURITY, "VBAWarnings") is None


def test_the_excel_of_this_computer_is_named_where_it_can_be(tmp_path: Path) -> None:
    """From its own records."""
    plist = tmp_path / "Info.plist"
    plist.write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.101"}))
    key = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
    assert "16.0.19127" == excel_version(machine({(key, "VersionToReport"): "16.0.19127"}))
    assert "16.101" == excel_version(replace(machine(), mac_excel=plist))
    assert "" == excel_version(machine())


def test_the_smoke_test_is_signed_where_the_program_says_so() -> None:
    """One signature is one column of the page's block; without any it is blank, and the sentence says so."""
    block = SMOKE.read_text(encoding="utf-8").partition("| | Signed |")[2]
    rows = dict(re.findall(r"^\| ([A-Za-z][\w -]+?) \|([^\n]*)\|$", block, re.MULTILINE))
    assert ["recon-xl version", "Excel version and build", "Operating system", "Date", "Name", "Remarks"] == list(rows)
    names = [cell.strip() for cell in rows["Name"].split("|") if cell.strip()]
    assert [one.name for one in signatures()] == names
    if not names:
        assert (
            f"not yet verified in Excel 16.0: docs/excel-smoke-test.md is unsigned for {__version__}"
            == verified_sentence(__version__, "16.0")
        )
