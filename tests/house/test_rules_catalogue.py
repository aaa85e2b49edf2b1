"""Every rule has its page, a firing and a quiet case, and a code that never changes."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import recon_xl.rules
from recon_xl.rules import catalogue

HERE = Path(__file__).parent
CASES = HERE.parent / "rules"
HEADINGS = ["What it finds", "Why it matters", "Example", "How to clear it"]
RULES = {rule.code: rule for rule in catalogue()}


def test_codes_never_change() -> None:
    """Workbooks hold on to them: the golden list grows by hand, and nothing on it is renamed or removed."""
    golden = (HERE / "golden_rules.txt").read_text(encoding="utf-8").split()
    assert golden == sorted(RULES)


def test_a_module_is_named_after_its_code() -> None:
    """`underbilled` lives in underbilled.py."""
    stems = {found.name for found in iter_modules(recon_xl.rules.__path__)}
    modules = {stem: import_module(f"recon_xl.rules.{stem}") for stem in stems}
    found = {module.CODE: stem for stem, module in modules.items() if hasattr(module, "CODE")}
    assert found == {code: code.replace("-", "_") for code in RULES}


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_has_its_page(code: str) -> None:
    """One sentence, then four headings in order, each with words under it."""
    lines = RULES[code].doc.splitlines()
    assert lines[0].endswith("."), lines[0]
    headings = [line for line in lines[1:] if line and not line.startswith(" ")]
    assert headings == HEADINGS
    for heading in HEADINGS:
        assert lines[lines.index(heading) + 1].startswith("    "), heading


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_has_a_firing_and_a_quiet_case(code: str) -> None:
    """One file of cases a rule, with tests named test_fires... and test_quiet..."""
    path = CASES / f"test_{code.replace('-', '_')}.py"
    names = [
        node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)
    ]
    assert any(name.startswith("test_fires") for name in names), names
    assert any(name.startswith("test_quiet") for name in names), names


def test_no_case_is_orphaned() -> None:
    """Every file of cases belongs to a rule, or to their runner."""
    stems = {path.stem.removeprefix("test_") for path in CASES.glob("test_*.py")} - {"runner"}
    assert stems == {code.replace("-", "_") for code in RULES}


@pytest.mark.parametrize("code", sorted(RULES))
def test_titles_and_severities(code: str) -> None:
    """In the words of the workbook."""
    rule = RULES[code]
    assert rule.severity in {"Critical", "High", "Medium", "Low", "Information"}
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
