"""The demo workbook, made once a process through the command line; tests copy it before they change it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from workbook.calls import Answer, call

_made: list[Demo] = []


@dataclass(frozen=True)
class Demo:
    """The folder of a demo, what the command said, and its processor seconds."""

    folder: Path
    answer: Answer
    seconds: float
    values: Workbook
    """As openpyxl reads it, with cached values."""
    formulas: Workbook
    """As openpyxl reads it, with formulas."""

    @property
    def json(self) -> dict[str, Any]:
        """What `demo --json` printed."""
        return self.answer.json

    @property
    def book(self) -> Path:
        """The workbook."""
        return Path(self.json["book"])

    @property
    def sources(self) -> Path:
        """The files it was made from."""
        return self.folder / "sources"


def make_demo(factory: pytest.TempPathFactory) -> Demo:
    """The demo of this process."""
    if not _made:
        folder = factory.mktemp("demo") / "demo"
        began = time.process_time()
        answer = call("demo", "--out", folder, "--json")
        seconds = time.process_time() - began
        book = Path(answer.json["book"])
        _made.append(Demo(folder, answer, seconds, load_workbook(book, data_only=True), load_workbook(book)))
    return _made[0]
