"""Every worksheet function has its page, its help and its examples, and a signature that never changes."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from zipfile import ZipFile

import pytest

import recon_xl.functions
from recon_xl.functions.model import PREFIX, Argument, WorksheetFunction
from recon_xl.functions.registry import function, functions

HERE = Path(__file__).parent
STORIES = HERE.parent / "functions"
FOLDER = Path(recon_xl.functions.__path__[0])
TEMPLATES = HERE.parents[1] / "workbook_templates"
FUNCTIONS = functions()
NAMES = [one.name for one in FUNCTIONS]
# Of the reserved words of VBA, those that an argument might be called; the add-in's wrappers carry the names.
RESERVED = {
    "any", "array", "boolean", "byte", "case", "currency", "date", "double", "each", "end", "error", "for", "get", "input",
    "integer", "is", "let", "like", "long", "loop", "me", "mod", "name", "new", "next", "not", "null", "object", "on", "open",
    "option", "optional", "or", "print", "property", "put", "scale", "select", "set", "single", "static", "stop",
    "string", "tab", "then", "time", "to", "type", "variant", "while", "with", "write",
}  # fmt: skip


def test_signatures_never_change() -> None:
    """Saved workbooks hold them: the golden list grows by hand, by a function or by an optional argument at an end."""
    golden = (HERE / "golden_functions.txt").read_text(encoding="utf-8").splitlines()
    assert golden == [one.signature for one in FUNCTIONS]


def test_the_issue_is_answered() -> None:
    """The functions that were promised, at least."""
    promised = (
        "PRORATE CYCLESTART CYCLEEND SEATS SELL UPLIFT MARKUP MARGIN ROUNDVENDOR TAX MAP STATUS VARIANCE EXPLAIN TIEOUT "
        "COVERAGE"
    )
    assert set(promised.split()) <= set(NAMES)


def test_a_function_is_found_by_its_name_in_excel() -> None:
    """Its own file is imported; nothing else is a function, whatever the workbook asks for."""
    assert [one for one in FUNCTIONS if function(one.excel_name) is not one] == []
    for name in ("RECON_GRID", "RECON_", "RECON_OS", "MARGIN", "RECON_MARGIN.", "RECON_../X", ""):
        with pytest.raises(KeyError):
            function(name)


def test_a_module_is_named_after_its_function() -> None:
    """RECON_CYCLESTART lives in cyclestart.py."""
    stems = {found.name for found in iter_modules(recon_xl.functions.__path__)}
    modules = {stem: import_module(f"recon_xl.functions.{stem}") for stem in stems}
    found = {module.FUNCTION.name: stem for stem, module in modules.items() if hasattr(module, "FUNCTION")}
    assert found == {name: name.lower() for name in NAMES}


@pytest.mark.parametrize("one", FUNCTIONS, ids=NAMES)
def test_a_function_has_its_page(one: WorksheetFunction) -> None:
    """A first sentence, its errors and its source; help for the function and for every argument; two examples."""
    assert one.doc.splitlines()[0]
    assert "Errors: " in one.doc
    assert "\nSource: " in one.doc
    assert len(one.examples) >= 2
    assert any(example.result.startswith(("#", "{")) for example in one.examples)
    for text in (one.help, *(argument.help for argument in one.arguments)):
        assert text.endswith(".")
        assert len(text) <= 255, "Excel shows no more in the function wizard"


@pytest.mark.parametrize("one", FUNCTIONS, ids=NAMES)
def test_arguments_can_be_named_in_vba(one: WorksheetFunction) -> None:
    """Lower case words that are no reserved ones; optional arguments stand at the end."""
    names = [argument.name for argument in one.arguments]
    assert [name for name in names if not re.fullmatch(r"[a-z]+(?:_[a-z]+)*", name) or name in RESERVED] == []
    assert len(set(names)) == len(names)
    optional = [argument.is_optional for argument in one.arguments]
    assert optional == sorted(optional)


@pytest.mark.parametrize("one", FUNCTIONS, ids=NAMES)
def test_whole_arguments_are_prepared_once(one: WorksheetFunction) -> None:
    """A function takes tables or columns exactly where it says how they are prepared."""
    assert any(argument.is_whole for argument in one.arguments) == (one.prepare is not None)
    assert all(_default_is_a_choice(argument) for argument in one.arguments)


def test_functions_are_pure() -> None:
    """No clock, no chance, no file, no network; an amount becomes a float where it enters a cell, and nowhere else."""
    trees = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py")}
    nodes = [(name, node) for name, tree in trees.items() for node in ast.walk(tree)]
    modules = {node.module or "" for _, node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for _, node in nodes if isinstance(node, ast.Import) for alias in node.names}
    outside = {"io", "os", "pathlib", "random", "socket", "sqlite3", "subprocess", "tempfile", "time", "urllib"}
    assert {module.split(".")[0] for module in modules} & outside == set()
    floats = {
        name
        for name, node in nodes
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    }
    assert floats == {"values.py"}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.xlsx")), ids=lambda path: path.name)
def test_no_sheet_needs_them(path: Path) -> None:
    """The workbooks that we hand out calculate in Excel's own functions."""
    with ZipFile(path) as book:
        assert [name for name in book.namelist() if PREFIX.encode() in book.read(name)] == []


def test_every_function_has_its_stories() -> None:
    """One file of tests a function, and none for anything else."""
    stems = {path.stem.removeprefix("test_").upper() for path in STORIES.glob("test_*.py")}
    assert set(NAMES) <= stems
    assert stems - set(NAMES) == {"EXAMPLES", "GRID", "LAWS", "SAMPLE", "SPEED", "START", "TABLES"}


def _default_is_a_choice(argument: Argument) -> bool:
    return not argument.choices or not argument.is_optional or argument.default in argument.choices
