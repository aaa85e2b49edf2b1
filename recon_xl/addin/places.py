"""Where the add-in and its own files live, for one user, on Windows and macOS."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from recon_xl.addin.versions import ADDIN, APPLESCRIPT
from recon_xl.core.errors import ReconError


class System(StrEnum):
    """The systems that have a desktop Excel."""

    WINDOWS = "Windows"
    MACOS = "macOS"


class NoExcelError(ReconError):
    """There is no desktop Excel on this system."""


@dataclass(frozen=True, slots=True)
class Places:
    """Absolute paths. `startup` is the folder whose files Excel opens by itself and trusts; no administrator is needed.

    `settings` names the program that runs; `message` holds what could not be shown; `log` the faults;
    `failure` why the resident program last did not start.
    """

    system: System
    startup: Path
    settings: Path
    message: Path
    log: Path
    applescript: Path | None = None

    @property
    def addin(self) -> Path:
        """The installed add-in."""
        return self.startup / ADDIN

    @property
    def failure(self) -> Path:
        """Written by VBA, in its own UTF-16."""
        return self.message.with_name("server.txt")

    @property
    def encoding(self) -> str:
        """VBA takes the settings' bytes for its own UTF-16 text; AppleScript reads UTF-8."""
        return "utf-16-le" if self.system is System.WINDOWS else "utf-8"


def places(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Places:
    """The places of a user; `platform` as in `sys.platform`. NoExcelError on any other system."""
    if platform == "win32":
        own = _folder(environ, "LOCALAPPDATA") / "recon-xl"
        startup = _folder(environ, "APPDATA") / "Microsoft" / "Excel" / "XLSTART"
        return Places(System.WINDOWS, startup, own / "addin.txt", own / "message.txt", own / "log.txt")
    if platform == "darwin":
        library = _folder(environ, "HOME") / "Library"
        own = library / "Application Support" / "recon-xl"
        content = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        sandbox = library / "Containers" / "com.microsoft.Excel" / "Data" / "recon-xl"
        return Places(
            System.MACOS,
            content / "Startup.localized" / "Excel",
            own / "addin.txt",
            sandbox / "message.txt",
            own / "log.txt",
            library / "Application Scripts" / "com.microsoft.Excel" / APPLESCRIPT,
        )
    raise NoExcelError(
        where="this computer", found=f"a system without desktop Excel ({platform})", expected="Windows or macOS",
        todo="Use the command line here: recon-xl run does what the ribbon does.",
    )  # fmt: skip


def _folder(environ: Mapping[str, str], name: str) -> Path:
    value = environ.get(name, "")
    if not value:
        raise NoExcelError(
            where="this user's profile", found=f"{name} is not set", expected="the user's own folder",
            todo="Sign in as the user who works with Excel, and try again.",
        )  # fmt: skip
    return Path(value)
