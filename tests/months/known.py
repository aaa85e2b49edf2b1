"""Which faults can be looked for: those whose rule the product's catalogue has. Goes when every rule is there."""

from __future__ import annotations

from collections.abc import Iterable

from recon_xl.rules.registry import catalogue
from recon_xl.sample.faults import FAULTS


def known(faults: Iterable[str] = FAULTS) -> tuple[str, ...]:
    """The faults whose rule is in the catalogue: a fault's name is its rule's code, or begins with it."""
    codes = {rule.code for rule in catalogue()}
    return tuple(name for name in faults if _rule_of(name, codes))


def _rule_of(name: str, codes: set[str]) -> bool:
    variant = name != "unbilled-usage" and any(name.startswith(f"{code}-") for code in codes)
    return name in codes or variant
