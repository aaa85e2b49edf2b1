"""A fault, and the check that every part needs: ids that lead to a relationship."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from recon_xl.ooxml.opc import PartSource
from recon_xl.ooxml.xmltext import Element, elements


class Fault(NamedTuple):
    """One fault: `kind` and `part` tell whether it is new, `message` says what and where."""

    kind: str
    part: str
    message: str


def pointing_elements(source: PartSource, part: str) -> list[Element]:
    """Return the elements of a part outside the sheets."""
    return elements(source.read(part), f"{source.where} > {part}")


def element_faults(part: str, found: Iterable[Element], known: Collection[str]) -> Iterator[Fault]:
    """Faults for ids of relationships that the part does not have."""
    for element in found:
        for name, value in element.attrs.items():
            if name.startswith("r:") and value and value not in known:
                yield Fault("dangling-id", part, f"{part}: {element.name} points to {value}, which is nowhere")
