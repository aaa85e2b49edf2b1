"""The line between Python and Excel: every call over it is counted, and can be made to fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar

REJECTED = -2147418111
"""RPC_E_CALL_REJECTED: Excel is busy, such as with a dialog."""
EDITING = -2146777998
"""0x800AC472: the user is editing a cell."""
EXCEPTION = -2147352567
"""DISP_E_EXCEPTION: a member failed; why stands in the details."""

PATIENCE = 100_000
"""After so many failed calls in a row a test fails instead of hanging."""

Role = Literal["walk", "read", "write"]
Figure = Literal["members", "operations", "writes"]
P = ParamSpec("P")
T = TypeVar("T")


class LineError(Exception):
    """A call that failed on demand, where no other kind of error is set."""


def plain_error(number: int, text: str, scode: int | None = None) -> Exception:
    """What a failed call raises unless an engine says otherwise."""
    return LineError(number, text, scode)


@dataclass(slots=True)
class Fault:
    """A planned failure: of the next calls (`left` None: for good), or at a count."""

    number: int
    left: int | None = None
    figure: Figure | None = None
    at: int = 0
    member: str = ""
    scode: int | None = None
    """What the details of the error say, beside its number."""

    def strikes(self, figures: dict[Figure, int], role: Role, name: str) -> bool:
        """Whether this call fails; the fault is used up by it."""
        if self.left == 0 or (self.member and self.member != name):
            return False
        due = self.figure is None or (figures[self.figure] >= self.at and _counts(self.figure, role))
        if due and self.left is not None:
            self.left -= 1
        return due


@dataclass(slots=True)
class Wire:
    """Counts calls: `members` all of them, `operations` without walking to objects, `writes` those that change something."""

    make_error: Callable[[int, str, int | None], Exception] = plain_error
    members: int = 0
    operations: int = 0
    writes: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    """`Range.Value2 read` -> how often."""
    faults: list[Fault] = field(default_factory=list)
    in_a_row: int = 0
    """How many calls failed one after the other."""

    def cross(self, kind: str, member: str, role: Role) -> None:
        """One call; raises where a fault is due."""
        self.members += 1
        self.operations += role != "walk"
        self.writes += role == "write"
        self.kinds[f"{kind}.{member} {role}"] += 1
        figures: dict[Figure, int] = {
            "members": self.members,
            "operations": self.operations,
            "writes": self.writes,
        }
        for fault in self.faults:
            if fault.strikes(figures, role, f"{kind}.{member}"):
                self.in_a_row += 1
                if self.in_a_row > PATIENCE:
                    raise RuntimeError(f"{kind}.{member} was tried {PATIENCE} times: nobody gives up")
                raise self.make_error(fault.number, f"{kind}.{member}", fault.scode)
        self.in_a_row = 0

    def reset(self) -> None:
        """Count from nought, without faults."""
        self.members = self.operations = self.writes = self.in_a_row = 0
        self.kinds.clear()
        self.faults.clear()

    def busy(self, calls: int | None = None, number: int = REJECTED, scode: int | None = None) -> None:
        """The next calls fail as with a busy Excel; None: for good. `EDITING` may come as number or as scode."""
        self.faults.append(Fault(number, calls, scode=scode))

    def fail_at(self, k: int, figure: Figure = "operations", number: int = EXCEPTION, *, lasting: bool = False) -> None:
        """The k-th call from now on fails, counted by a figure; `lasting`: and all that follow."""
        now = getattr(self, figure)
        self.faults.append(Fault(number, None if lasting else 1, figure, now + k))

    def fail_on(self, member: str, calls: int | None = 1, number: int = EXCEPTION) -> None:
        """Calls of one member fail, such as `Range.Insert`."""
        self.faults.append(Fault(number, calls, member=member))

    def recover(self) -> None:
        """No more faults."""
        self.faults.clear()

    def tally(self, *, walking: bool = False) -> str:
        """What was called how often, the most frequent on top."""
        lines = [f"members {self.members}, operations {self.operations}, writes {self.writes}"]
        shown = ((name, count) for name, count in self.kinds.most_common() if walking or not name.endswith(" walk"))
        return "\n".join([*lines, *(f"{count:7} {name}" for name, count in shown)])


def _counts(figure: Figure, role: Role) -> bool:
    return {"members": True, "operations": role != "walk", "writes": role == "write"}[figure]


def _counted(role: Role) -> Callable[[Callable[P, T]], Callable[P, T]]:
    def decorate(method: Callable[P, T]) -> Callable[P, T]:
        @wraps(method)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            owner: Any = args[0]
            owner.wire.cross(type(owner).__name__, method.__name__, role)
            return method(*args, **kwargs)

        return call

    return decorate


walk, read, write = _counted("walk"), _counted("read"), _counted("write")
"""Decorators for the members of an object with a `wire`: reaching another object, reading, changing."""
