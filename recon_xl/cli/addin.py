"""Put the ribbon and the worksheet functions into Excel, take them out, see whether they are ready, or build them.

`install` needs no administrator: it writes into the signed-in user's own folders, and says which. `doctor` checks what
can be checked without Excel and says what to do. `build` makes the add-in from its sources; users never need it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from recon_xl import __version__
from recon_xl.addin.artefact import artefact
from recon_xl.addin.build import build
from recon_xl.addin.doctor import examine
from recon_xl.addin.install import install, this_program, uninstall
from recon_xl.addin.machine import this_machine
from recon_xl.addin.places import NoExcelError, places
from recon_xl.addin.verdict import Check, Status
from recon_xl.cli.outcome import Outcome

NAME = "addin"
HELP = "install, check or remove the Excel add-in"
EXAMPLE = "recon-xl addin doctor"


def arguments(parser: argparse.ArgumentParser) -> None:
    """ACTION, --out."""
    parser.add_argument(
        "action", choices=sorted(_ACTIONS), metavar="ACTION", help="install, uninstall, doctor or build"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="build only: the folder to write to (default: here)")


def execute(options: argparse.Namespace) -> Outcome:
    """Exit code 1 where doctor finds a problem."""
    return _ACTIONS[options.action](options)


def _install(options: argparse.Namespace) -> Outcome:
    own = places()
    written = install(own, this_program())
    lines = [f"Installed recon-xl {__version__} for Excel on {own.system}:", *(f"  {path}" for path in written)]
    steps = ["", "Next: start Excel (close it first where it is open). The recon-xl tab is in the ribbon."]
    return Outcome(0, {"version": __version__, "written": [str(path) for path in written]}, lines + steps)


def _uninstall(options: argparse.Namespace) -> Outcome:
    removed = uninstall(places())
    lines = ["Removed:", *(f"  {path}" for path in removed)] if removed else ["Nothing was installed."]
    return Outcome(0, {"removed": [str(path) for path in removed]}, lines)


def _doctor(options: argparse.Namespace) -> Outcome:
    try:
        checks = examine(places(), this_machine())
    except NoExcelError as error:
        checks = [Check.problem("Excel", error.found, error.todo)]
    problems = [check for check in checks if check.status is Status.PROBLEM]
    last = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}." if problems else "Ready."
    data = {"version": __version__, "ready": not problems, "checks": [check.as_dict() for check in checks]}
    return Outcome(1 if problems else 0, data, [*(line for check in checks for line in check.lines()), "", last])


def _build(options: argparse.Namespace) -> Outcome:
    written = build(options.out or Path(), artefact("month_end.xlsx"))
    return Outcome(0, {"written": [str(path) for path in written]}, [f"Built {path}" for path in written])


_ACTIONS = {"install": _install, "uninstall": _uninstall, "doctor": _doctor, "build": _build}
