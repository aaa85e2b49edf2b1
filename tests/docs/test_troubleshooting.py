"""docs/troubleshooting.md: every message that stops a command is explained there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from docs.pages import ROOT

PAGE = re.sub(r"\s+", " ", (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8"))
OUR_FAULT = "This is a fault of recon-xl"


def refusals() -> Iterator[tuple[str, str]]:
    """(file and line, longest fixed piece of what was found) of every message with words of its own."""
    for path in sorted((ROOT / "recon_xl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            given = {word.arg: word.value for word in node.keywords} if isinstance(node, ast.Call) else {}
            if {"found", "expected", "todo"} <= given.keys() and OUR_FAULT not in ast.unparse(given["todo"]):
                pieces = [piece.strip(" ,:;('\"") for piece in _fixed(given["found"])]
                longest = max(pieces, key=len, default="")
                if len(longest.split()) > 2 and longest[0].isalnum():
                    yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", longest  # type: ignore[attr-defined]


def _fixed(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize(("where", "words"), list(refusals()))
def test_a_message_is_explained(where: str, words: str) -> None:
    """What was found, as the message says it, is on the page."""
    assert words in PAGE, f"{where}: {words!r} is not on docs/troubleshooting.md"
