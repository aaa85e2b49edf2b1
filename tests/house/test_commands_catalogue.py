"""Every ribbon command has an id that never changes, and a file of stories."""

from __future__ import annotations

from pathlib import Path

import pytest

from recon_xl.commands.registry import commands

HERE = Path(__file__).parent


def test_ids_never_change() -> None:
    """Ribbons and scripts hold on to them: the golden list grows by hand, and nothing on it is renamed or removed."""
    golden = (HERE / "golden_commands.txt").read_text(encoding="utf-8").split()
    assert golden == sorted(command.id for command in commands())


@pytest.mark.parametrize("name", [command.id for command in commands()])
def test_a_command_has_its_stories(name: str) -> None:
    """One file of tests a command."""
    assert (HERE.parent / "commands" / f"test_{name}.py").is_file()
