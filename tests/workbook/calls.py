"""Calls the command line as a user does, and keeps what it printed."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recon_xl.cli import main

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2


@dataclass(frozen=True)
class Answer:
    """Exit code, standard output and standard error of one call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def error(self) -> dict[str, str]:
        """The error of an exit code 2 with --json."""
        assert self.code == COULD_NOT_RUN
        assert list(self.json) == ["error"]
        error: dict[str, str] = self.json["error"]
        return error


def call(*arguments: object) -> Answer:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:  # --help and --version
            code = int(left.code or 0)
    return Answer(code, out.getvalue(), err.getvalue())


def refused(book: Path, *arguments: object) -> Answer:
    """A call that cannot run: exit code 2, four sentences, no traceback, and the workbook's bytes as they were."""
    before = book.read_bytes()
    spoken, answer = call(*arguments), call(*arguments, "--json")
    assert (spoken.code, answer.code) == (COULD_NOT_RUN, COULD_NOT_RUN)
    assert {"where", "found", "expected", "todo"} == {name for name, text in answer.error.items() if text.strip()}
    for text in answer.error.values():
        assert text in spoken.err
    assert "a fault of its own" not in answer.error["found"]
    assert "Traceback" not in spoken.err + answer.err
    assert spoken.out == ""
    assert before == book.read_bytes()
    return answer
