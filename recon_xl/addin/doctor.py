"""Is the add-in ready? Every check with what was found and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from recon_xl import __version__
from recon_xl.addin.artefact import artefact
from recon_xl.addin.install import applescript
from recon_xl.addin.machine import Machine, excel_version
from recon_xl.addin.places import Places, System
from recon_xl.addin.settings import AddinSettings, is_lost, path_problem, read_settings
from recon_xl.addin.trust import trust_checks
from recon_xl.addin.verdict import Check
from recon_xl.addin.verified import verified_sentence
from recon_xl.addin.versions import ADDIN, PROTOCOL, XLWINGS
from recon_xl.core.terminal import python, typed

_INSTALL = f"Close Excel and run {typed('addin install')}."
_NEEDED = {System.WINDOWS: ("pywin32",), System.MACOS: ("appscript", "psutil")}


def examine(places: Places, machine: Machine) -> list[Check]:
    """All checks, in the order in which a person would mend things."""
    settings = read_settings(places)
    checks = [_addin(places), *_program(settings, machine)]
    if settings is not None:
        checks += [*_paths(places, settings, machine), *_bridge(places, settings)]
    checks += [_xlwings(machine), *_packages(places, machine)]
    if places.system is System.WINDOWS:
        checks += trust_checks(machine)
    return [
        *checks,
        *_traces(places),
        Check.note("Seen in Excel", verified_sentence(__version__, excel_version(machine))),
    ]


def _addin(places: Places) -> Check:
    name = "Add-in"
    if not places.addin.is_file():
        return Check.problem(name, f"{places.addin} is not there", _INSTALL)
    if places.addin.read_bytes() != artefact(ADDIN).read_bytes():
        return Check.problem(name, f"{places.addin} is not the one of recon-xl {__version__}", _INSTALL)
    return Check.ok(name, str(places.addin))


def _program(settings: AddinSettings | None, machine: Machine) -> Iterator[Check]:
    if settings is None:
        yield Check.problem("Program", "no program is chosen yet", _INSTALL)
        return
    found = machine.start(settings.interpreter)
    if not Path(settings.interpreter).is_file():
        yield Check.problem("Program", f"{settings.interpreter} is not there any more", _INSTALL)
    elif found != __version__:
        what = f"has recon-xl {found}" if found else "does not start, or has no recon-xl when started on its own (-I)"
        todo = f"Install recon-xl {__version__} for that Python, not with --user. Then: {_INSTALL}"
        yield Check.problem("Program", f"{settings.interpreter} {what}", todo)
    else:
        yield Check.ok("Program", f"{settings.interpreter}, recon-xl {found}")
    if settings.protocol != PROTOCOL:
        told = (
            f"installed by recon-xl {settings.program} with protocol {settings.protocol or 'none'}, this has {PROTOCOL}"
        )
        yield Check.problem("Protocol", told, _INSTALL)


def _paths(places: Places, settings: AddinSettings, machine: Machine) -> Iterator[Check]:
    for name, path in (("Path of the program", settings.interpreter), ("Path of the add-in", str(places.addin))):
        problem = path_problem(path)
        if problem:
            yield Check.problem(name, f"{path}: {problem}", "Install Python and recon-xl in a folder of this computer.")
        elif places.system is System.WINDOWS and path == settings.interpreter and is_lost(path, machine.code_page):
            found = f"{path} has letters that do not reach xlwings' library on this computer: functions show #N/A"
            yield Check.problem(
                name, found, "Install Python and recon-xl in a folder with plain letters, such as C:\\recon."
            )
        elif "onedrive" in path.casefold():
            todo = "If buttons fail, move it out of OneDrive: a file may be only in the cloud when Excel needs it."
            yield Check.note(name, f"{path} lies in OneDrive", todo)
        else:
            yield Check.ok(name, "nothing that Excel stumbles over")


def _bridge(places: Places, settings: AddinSettings) -> Iterator[Check]:
    if places.applescript is not None:
        is_same = places.applescript.is_file() and places.applescript.read_bytes() == applescript()
        found = str(places.applescript)
        yield (
            Check.ok("AppleScript", found)
            if is_same
            else Check.problem("AppleScript", f"{found} is missing or old", _INSTALL)
        )
        return
    for name, path in (("Library, 64-bit Excel", settings.library64), ("Library, 32-bit Excel", settings.library32)):
        if Path(path).is_file():
            yield Check.ok(name, path)
        else:
            todo = f"Run: {python()} -m pip install --force-reinstall xlwings=={XLWINGS}. Without it functions show #NAME?."
            yield Check.problem(name, f"{path or 'the file'} is not there", todo)


def _xlwings(machine: Machine) -> Check:
    found = machine.installed("xlwings")
    if found == XLWINGS:
        return Check.ok("xlwings", found)
    todo = f"Run: {python()} -m pip install xlwings=={XLWINGS}"
    return Check.problem("xlwings", f"{found or 'not installed'}, the add-in was built for {XLWINGS}", todo)


def _packages(places: Places, machine: Machine) -> Iterator[Check]:
    for package in _NEEDED[places.system]:
        found = machine.installed(package)
        if found:
            yield Check.ok(package, found)
        else:
            yield Check.problem(package, "not installed", f"Run: {python()} -m pip install {package}")


def _traces(places: Places) -> Iterator[Check]:
    if places.message.is_file():
        yield Check.note("Message not shown yet", _words(places.message), "The next click shows it.")
    if places.failure.is_file():
        when = datetime.fromtimestamp(places.failure.stat().st_mtime, UTC)
        told = f"it did not start at {when:%Y-%m-%d %H:%M} UTC: {_words(places.failure)}"
        yield Check.note("Resident program", told, "Buttons start slower without it and functions show #N/A.")
    if places.log.is_file():
        yield Check.note("Faults", f"recorded in {places.log}", "Send that file along when you ask for help.")


def _words(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-16-le", errors="replace").split())
