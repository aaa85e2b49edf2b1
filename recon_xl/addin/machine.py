"""What a check asks of the computer; handed in, so that a check can be tried without one."""

from __future__ import annotations

import locale
import plistlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RegistryReader = Callable[[str, str, str], object]
"""Hive ("HKCU", "HKLM"), key and value name -> what stands there, None where nothing does."""

_EXCEL_FOR_MAC = Path("/Applications/Microsoft Excel.app/Contents/Info.plist")
_ASK = "import recon_xl, sys; print(recon_xl.__version__, sys.flags.isolated)"


@dataclass(frozen=True, slots=True)
class Machine:
    """`start` runs an interpreter as the add-in does and returns its program's version; `installed` a package's version.

    `code_page` is the one in which Windows hands texts to programs that know no other letters.
    """

    registry: RegistryReader
    start: Callable[[str], str]
    installed: Callable[[str], str]
    mac_excel: Path = _EXCEL_FOR_MAC
    code_page: str = "cp1252"


def this_machine() -> Machine:
    """The computer that this runs on."""
    return Machine(_registry, _start, _installed, code_page=locale.getencoding())


def excel_version(machine: Machine) -> str:
    """The version of the Excel on this computer; empty where it cannot be told."""
    click_to_run = machine.registry("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "VersionToReport")
    if isinstance(click_to_run, str):
        return click_to_run
    try:
        return str(plistlib.loads(machine.mac_excel.read_bytes()).get("CFBundleShortVersionString", ""))
    except (OSError, plistlib.InvalidFileException):
        return ""


def _registry(hive: str, key: str, name: str) -> object:
    if sys.platform != "win32":
        return None
    winreg = import_module("winreg")
    root = winreg.HKEY_LOCAL_MACHINE if hive == "HKLM" else winreg.HKEY_CURRENT_USER
    try:
        with winreg.OpenKey(root, key) as opened:
            value: object = winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
    return value


def _start(interpreter: str) -> str:
    """Isolated, as the add-in starts it. An empty text where it does not start or has no recon-xl."""
    command = [interpreter, "-I", "-B", "-c", _ASK]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own
    except (OSError, subprocess.SubprocessError):
        return ""
    words = done.stdout.split()
    return words[0] if done.returncode == 0 and words[1:] == ["1"] else ""


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
