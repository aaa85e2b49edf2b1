"""What all commands have in common: the ribbon, the docs and the live host are made from these declarations."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from scenarios.harness import Books

import recon_xl.commands
from commands.press import press
from recon_xl.commands.model import Asks, Command, Enabled, Group
from recon_xl.commands.registry import command, commands
from recon_xl.contract import EVERY_TABLE
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import Snapshot

FOLDER = Path(recon_xl.commands.__file__).parent
RIBBON = [
    ("Import", ["Import files", "Sources"]),
    ("Map", ["Check", "Mapping gaps"]),
    ("Reconcile", ["Preview", "Run", "Undo", "Redo"]),
    ("Review", ["Next exception", "Show source rows", "Explain"]),
    ("Close", ["Log", "Help"]),
]
LIGHT = ("next_exception", "show_source_rows", "explain", "mapping_gaps", "sources", "log", "help")
HEAVY = {"duckdb", "pandas", "numpy", "openpyxl", "xlwings"}
STEPPING = ("redo", "undo")
"""They take back what a host has written; their stories run on real workbooks."""
each = pytest.mark.parametrize("one", commands(), ids=lambda one: one.id)


def test_the_ribbon() -> None:
    """Groups in the order of the month's work, buttons in theirs; a group without buttons is left out."""
    found: dict[str, list[str]] = {}
    for one in commands():
        found.setdefault(one.group, []).append(one.label)
    assert RIBBON == list(found.items())
    assert [group for group, _ in RIBBON] == [group for group in Group if group in found]


def test_nothing_is_there_twice() -> None:
    """Ids, labels, icons and key tips."""
    for names in zip(*((one.id, one.label, one.icon, one.key_tip) for one in commands()), strict=True):
        assert len(set(names)) == len(names)


def test_a_key_tip_is_typed_without_waiting() -> None:
    """One to three capitals, and none begins another: the second could never be reached."""
    tips = [one.key_tip for one in commands()]
    assert all(tip.isascii() and tip.isalpha() and tip.isupper() and len(tip) <= 3 for tip in tips)
    assert [] == [(tip, other) for tip in tips for other in tips if tip != other and other.startswith(tip)]


@each
def test_an_id_is_the_name_of_its_file(one: Command) -> None:
    """And the only thing that a click hands over."""
    assert (FOLDER / f"{one.id}.py").is_file()
    assert command(one.control_id) is one


@pytest.mark.parametrize(
    "control", ["recon_model", "recon_", "run", "recon_registry", "recon_run; import os", "recon_../run"]
)
def test_nothing_else_can_be_pressed(control: str) -> None:
    """The registry is a whitelist."""
    with pytest.raises(KeyError):
        command(control)


@each
def test_words_for_the_accountant(one: Command) -> None:
    """Short on the button, a few words in the tip, a sentence or two below it."""
    assert 20 >= len(one.label)
    assert 60 >= len(one.screentip)
    assert not one.screentip.endswith(".")
    assert one.supertip.endswith(".")
    assert 30 < len(one.supertip) <= 250
    assert one.icon.isalnum()


@each
def test_reads_and_writes_are_tables(one: Command) -> None:
    """Of the contract, each once."""
    known = {table.name for table in EVERY_TABLE}
    assert set(one.reads) <= known
    assert len(set(one.reads)) == len(one.reads)
    assert set(one.writes) <= known


@each
def test_what_it_works_on(one: Command) -> None:
    """Results need a run, which the log tells; what is always there needs no workbook; only importing asks."""
    only_reads = "Run Log" in one.reads and not one.writes and one.id not in ("check", "preview")
    assert (one.enabled is Enabled.RESULTS) == only_reads
    assert (one.enabled is Enabled.ALWAYS) == (one.reads == ())
    assert (one.asks is Asks.FILES) == (one.id == "import_files")


@each
def test_every_declared_table_matters(one: Command, reviewed: Snapshot) -> None:
    """Without any one of them the command refuses and names the tab, so none is read in vain; files decide for an import.

    The Journal is not there in a workbook of an earlier version.
    """
    for name in set(one.reads) - {"Journal"} if one.asks is Asks.NOTHING else ():
        reads, writes = (tuple(table for table in names if table != name) for names in (one.reads, one.writes))
        less = replace(one, reads=reads, writes=writes)
        with pytest.raises(ContractError, match=f'"{name}"'):
            press(less, reviewed, "Exceptions!A6")


@each
def test_after_a_run_or_not_at_all(one: Command, month: Books) -> None:
    """A button that needs results says so before the first run."""
    if one.enabled is Enabled.RESULTS:
        with pytest.raises(ContractError, match="no run yet"):
            press(one, month.snapshot(), "Exceptions!A6")


@each
def test_the_same_press_gives_the_same_answer(one: Command, reviewed: Snapshot) -> None:
    """Nothing is kept between two presses."""
    if one.asks is Asks.NOTHING and one.id not in STEPPING:
        assert press(one, reviewed, "Exceptions!A6") == press(one, reviewed, "Exceptions!A6")


@pytest.mark.parametrize("name", LIGHT)
def test_a_light_command_loads_no_database(name: str) -> None:
    """A click that only looks something up must not wait for DuckDB, pandas or a workbook library."""
    program = (
        "import sys\n"
        "from recon_xl.commands.registry import command\n"
        f"command('recon_{name}')\n"
        f"print(sorted({HEAVY!r} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_looking_at_all_commands_is_light_too() -> None:
    """The ribbon and the docs are made from all of them."""
    program = f"import sys\nfrom recon_xl.commands import registry\nregistry.commands()\nprint({HEAVY!r} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "set()" == done.stdout.strip()


@each
def test_a_command_knows_no_host(one: Command) -> None:
    """No files, no clock, no Excel: what it needs is handed in."""
    tree = ast.parse((FOLDER / f"{one.id}.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in modules if "hosts" in name or "xlwings" in name}
