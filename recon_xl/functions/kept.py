"""What was made of tables and columns, kept for the next cell: a formula copied down hands over the same ones again.

The functions are pure, so the same cells always make the same thing. They are the same where content and kind are: 1,
TRUE and the text 1 are three different cells. Only the last few are kept.
"""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

Made = TypeVar("Made")

_ENTRIES = 16
_kept: deque[tuple[str, Sequence[object], bytes, Any]] = deque(maxlen=_ENTRIES)


def kept(name: str, cells: Sequence[object], make: Callable[[], Made]) -> Made:
    """What `make` gives for these cells under a name, worked out once."""
    for place, (of, known, _, _) in enumerate(_kept):
        if of == name and _are_one(known, cells):
            return cast("Made", _brought_forward(place))
    content = _content(cells)
    for place, (of, _, known_content, _) in enumerate(_kept):
        if of == name and known_content == content:
            return cast("Made", _brought_forward(place))
    made = make()
    _kept.appendleft((name, cells, content, made))
    return made


def _brought_forward(place: int) -> Any:
    entry = _kept[place]
    if place:
        del _kept[place]
        _kept.appendleft(entry)
    return entry[3]


def _are_one(known: Sequence[object], cells: Sequence[object]) -> bool:
    """True where they are the very same ranges, and ones that nobody can have changed since."""
    return len(known) == len(cells) and all(
        one is other and (one is None or (isinstance(one, tuple) and {tuple} == set(map(type, one))))
        for one, other in zip(known, cells, strict=True)
    )


def _content(cells: Any) -> bytes:
    """All cells as bytes that no others have; compared from the first on, which is quicker than any hash of theirs."""
    try:
        return marshal.dumps(cells)
    except ValueError:  # errors and dates have no bytes of their own
        if isinstance(cells, tuple | list):
            return marshal.dumps([_content(cell) for cell in cells])
        return marshal.dumps((type(cells).__name__, str(cells)))
