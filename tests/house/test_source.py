"""What the source itself must keep: exact money, small files, no Excel where it does not belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "recon_xl"
FILES = sorted(PACKAGE.rglob("*.py"))
EXACT = ("core", "engine", "pricing", "rules", "drafts", "tieout", "usage")
MAX_FILE, MAX_FUNCTION = 300, 50
# Addresses one after the other, read like a list.
DECLARATIONS = {"contract/layout.py"}


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", EXACT)
def test_money_never_becomes_a_float(folder: str) -> None:
    """No call of float(), no float literal; heights of rows may be typed so."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in (PACKAGE / folder).rglob("*.py")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["engine", "rules"])
def test_sql_never_casts_money_to_a_float(folder: str) -> None:
    """DOUBLE, FLOAT and REAL hold no cent."""
    texts = [path for suffix in ("*.sql", "*.py") for path in (PACKAGE / folder).rglob(suffix)]
    found = [
        name(path)
        for path in texts
        for word in ("DOUBLE", "FLOAT", "::REAL")
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_no_paid_part_of_xlwings_is_imported() -> None:
    """xlwings.pro and xlwings.server are not under the BSD licence."""
    found = [(name(path), module) for path in FILES for module in imports(path)]
    assert [pair for pair in found if pair[1].startswith(("xlwings.pro", "xlwings.server"))] == []


def test_core_has_no_clock_and_no_files() -> None:
    """The time and the outside world are handed in."""
    clocks = [
        f"{name(path)}:{node.lineno}"
        for path in (PACKAGE / "core").rglob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    ]
    assert clocks == []
    touched = {module.split(".")[0] for path in (PACKAGE / "core").rglob("*.py") for module in imports(path)}
    assert touched & {"os", "pathlib", "io", "time", "random", "sqlite3", "duckdb", "openpyxl", "pandas"} == set()


def test_files_stay_small() -> None:
    """300 lines are the hard stop."""
    sizes = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in FILES
        if name(path) not in DECLARATIONS
    }
    assert {path: size for path, size in sizes.items() if size > MAX_FILE} == {}


def test_functions_stay_small() -> None:
    """50 lines are the hard stop, docstring included."""
    found = {
        f"{name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    }
    assert {function: size for function, size in found.items() if size > MAX_FUNCTION} == {}


def test_every_module_says_what_it_is() -> None:
    """A first line in business words."""
    assert [name(path) for path in FILES if not ast.get_docstring(tree(path))] == []


def test_todos_have_an_owner() -> None:
    """A bare TODO is a promise of nobody."""
    found = [
        f"{name(path)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "# TODO" in line and "# TODO(" not in line
    ]
    assert found == []
