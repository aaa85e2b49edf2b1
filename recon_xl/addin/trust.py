"""Does Excel on Windows let the add-in run? The settings that switch macros or add-ins off, the company's before the user's."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.addin.machine import Machine
from recon_xl.addin.verdict import Check

_USER = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
_MACROS_OFF = 4
_SETTINGS = (
    ("VBAWarnings", "", _MACROS_OFF, "all macros are switched off"),
    ("RequireAddinSig", "", 1, "only add-ins signed by a trusted publisher may load"),
    ("DisableAllAddins", "", 1, "all add-ins are switched off"),
    ("AllLocationsDisabled", r"\Trusted Locations", 1, "all trusted locations are switched off"),
)
"""Value, folder below Security, what it must not be, and what that means."""


def trust_checks(machine: Machine) -> Iterator[Check]:
    """Excel's own start folder is trusted, so these settings alone can stop the add-in there."""
    stopped = False
    for name, below, bad, meaning in _SETTINGS:
        for key, whose in ((_POLICY, "your company's policy"), (_USER, "Excel's Trust Center")):
            if machine.registry("HKCU", key + below, name) == bad:
                stopped = True
                todo = (
                    _ask_it(name)
                    if key == _POLICY
                    else "File > Options > Trust Center > Trust Center Settings: allow it."
                )
                yield Check.problem("Trust", f"{meaning} by {whose} ({name})", todo)
    if not stopped:
        yield Check.ok("Trust", "no setting stops add-ins in Excel's start folder")


def _ask_it(name: str) -> str:
    return f"Ask whoever looks after this computer to allow recon-xl in Excel's start folder ({name})."
