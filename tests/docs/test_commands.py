"""What the documentation tells a user to type can be typed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, commands, name, prose
from recon_xl.cli.main import _parser
from recon_xl.cli.main import commands as modules

FIRST = "python -m pip install . && recon-xl demo"
TEST = 'python -m pip install -e ".[test]" && python -m pytest'


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_is_understood(page: Path) -> None:
    """A command line in a code block has a command, arguments and options that exist."""
    parser = _parser(modules())
    for line in commands(page):
        assert parser.parse_args(shlex.split(line)[1:])


def test_readme_shows_every_command_and_both_installations() -> None:
    """The two commands stand there word for word; no command is forgotten."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\n{FIRST}\n" in text
    assert f"\n{TEST}\n" in text
    told = text + prose(ROOT / "docs" / "commands.md")
    assert not [module.NAME for module in modules() if f"recon-xl {module.NAME}" not in told]


def test_the_gate_runs_the_commands_of_the_readme() -> None:
    """Continuous integration runs what a user would, word for word."""
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert FIRST in gate
    assert TEST in gate
