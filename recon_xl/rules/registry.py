"""Discovery: every module of this folder that declares a `CODE` is a rule; no list is edited anywhere."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from recon_xl.core.finding import Finding, Hit
from recon_xl.core.fixing import FixStep
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session

Explain = Callable[[Session, Sequence[Finding], Sequence[Finding]], Mapping[str, str]]
"""Given a rule's own findings and those of the other rules: key of a consequence -> key of the finding it follows from."""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """One rule of the catalogue. `per_key` rules compare both sides and stay silent where a side is missing.

    `explain` tells which findings of other rules follow from those of this one; None where nothing does. `fix_step` is
    the step of `check` to which a rule about inputs and mappings belongs; None for rules that compare both sides.
    """

    code: str
    title: str
    severity: str
    per_key: bool
    doc: str
    find: Callable[[Session, Inputs], Iterator[Hit]]
    explain: Explain | None = None
    fix_step: FixStep | None = None


@cache
def catalogue() -> tuple[RuleInfo, ...]:
    """All rules, by code."""
    package = import_module("recon_xl.rules")
    modules = (import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__))
    rules = sorted((_info(module) for module in modules if hasattr(module, "CODE")), key=lambda rule: rule.code)
    codes = [rule.code for rule in rules]
    if len(set(codes)) != len(codes):
        raise ValueError(f"two rules share a code: {codes}")
    return tuple(rules)


def _info(module: ModuleType) -> RuleInfo:
    return RuleInfo(
        code=module.CODE,
        title=module.TITLE,
        severity=module.SEVERITY,
        per_key=module.PER_KEY,
        doc=module.__doc__ or "",
        find=module.find,
        explain=getattr(module, "explain", None),
        fix_step=getattr(module, "FIX_STEP", None),
    )
