"""A remark: something about inputs and mappings that is no finding, but that a run says and a check lists as a gap."""

from __future__ import annotations

from dataclasses import dataclass

from recon_xl.core.fixing import FixStep


@dataclass(frozen=True, slots=True)
class Remark:
    """What was found on a tab, as a sentence without its full stop, and what to do about it."""

    step: FixStep
    where: str
    about: str
    found: str
    fix: str

    @property
    def sentence(self) -> str:
        """The remark by itself, as a run says it."""
        return f"{self.where}, {self.about}: {self.found}" if self.about else self.found
