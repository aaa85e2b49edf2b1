"""The demo workbook, made once a process through the command line; tests copy it before they change it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
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

    @cached_property
    def values(self) -> Workbook:
        """As openpyxl reads it, with cached values."""
        return load_workbook(self.book, data_only=True)

    @cached_property
    def formulas(self) -> Workbook:
        """As openpyxl reads it, with formulas."""
        return load_workbook(self.book)

    @cached_property
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
        _made.append(Demo(folder, answer, seconds))
    return _made[0]
