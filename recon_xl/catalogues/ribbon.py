"""docs/ribbon.svg: the recon-xl tab as a drawing, from the same declarations that the ribbon is made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from recon_xl.addin.ribbon import TAB_LABEL
from recon_xl.commands.model import Command, Group
from recon_xl.commands.registry import commands as registered

_TABS = ("File", "Home", "Insert", "Data", "Review")
_LARGE, _SMALL_ICON, _ROW, _GAP, _HIGH = 66, 16, 22, 10, 3
_LETTER = 6.0
_TOP, _BUTTONS, _LABELS, _HEIGHT = 30, 44, 134, 150
_STYLE = """
text{font:12px Carlito,Calibri,'Segoe UI',sans-serif;fill:#323130}.group{font-size:11px;fill:#605e5c}
.tip{font-size:10px;fill:#1f3864;font-weight:bold}.icon{fill:#dae3f3;stroke:#8faadc}.rule{stroke:#d2d0ce}.tab{font-weight:bold;fill:#1f3864}
"""


def ribbon_picture() -> str:
    """The whole drawing; a box with the key tip stands where Excel puts its own picture."""
    return drawing(registered())


def drawing(commands: Sequence[Command]) -> str:
    """The tab with the given commands."""
    shapes: list[str] = []
    left = float(_GAP)
    for group in Group:
        mine = [command for command in commands if command.group is group]
        if mine:
            right = left + max(_width(mine), len(group.value) * _LETTER + _GAP)
            shapes += [*_group(group, mine, left, right)]
            left = right + 2 * _GAP
    width = round(max(left, len(_TABS) * 60 + 160))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}">'
    )
    back = f'<rect width="{width}" height="{_HEIGHT}" fill="#ffffff"/>'
    back += f'<rect y="{_TOP}" width="{width}" height="{_HEIGHT - _TOP}" fill="#f3f2f1"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", back, *_tabs(), *shapes, "</svg>", ""])


def _tabs() -> Iterator[str]:
    for place, name in enumerate((*_TABS, TAB_LABEL)):
        yield _text(20 + 60 * place, 20, name, "tab" if name == TAB_LABEL else "")
    left = 20 + 60 * len(_TABS)
    yield f'<rect x="{left}" y="25" width="{len(TAB_LABEL) * 7}" height="3" fill="#1f3864"/>'


def _width(commands: Sequence[Command]) -> float:
    return sum(map(_column_width, _columns(commands)))


def _columns(commands: Sequence[Command]) -> list[list[Command]]:
    """In their order: a large button stands alone, small ones beside each other stand three high."""
    columns: list[list[Command]] = []
    for command in commands:
        fits = columns and not columns[-1][0].is_large and len(columns[-1]) < _HIGH
        if fits and not command.is_large:
            columns[-1].append(command)
        else:
            columns.append([command])
    return columns


def _column_width(column: Sequence[Command]) -> float:
    if column[0].is_large:
        return _LARGE
    return max(len(command.label) for command in column) * _LETTER + _SMALL_ICON + 2 * _GAP


def _group(group: Group, commands: Sequence[Command], left: float, right: float) -> Iterator[str]:
    place = left
    for column in _columns(commands):
        if column[0].is_large:
            yield from _large(column[0], place)
        else:
            for row, command in enumerate(column):
                yield from _small(command, place, _BUTTONS + row * _ROW)
        place += _column_width(column)
    yield _text((left + right) / 2, _LABELS + 8, group.value, "group", is_middle=True)
    yield f'<line class="rule" x1="{right + _GAP:.0f}" x2="{right + _GAP:.0f}" y1="{_TOP + 6}" y2="{_HEIGHT - 8}"/>'


def _large(command: Command, left: float) -> Iterator[str]:
    middle = left + _LARGE / 2
    yield f'<rect class="icon" x="{middle - 16:.0f}" y="{_BUTTONS - 4}" width="32" height="32" rx="4"/>'
    yield _text(middle, _BUTTONS + 16, command.key_tip, "tip", is_middle=True)
    for row, line in enumerate(textwrap.wrap(command.label, 10)):
        yield _text(middle, _BUTTONS + 44 + 14 * row, line, is_middle=True)


def _small(command: Command, left: float, top: float) -> Iterator[str]:
    yield f'<rect class="icon" x="{left + 4:.0f}" y="{top - 4:.0f}" width="{_SMALL_ICON + 4}" height="{_SMALL_ICON}" rx="3"/>'
    yield _text(left + 4 + (_SMALL_ICON + 4) / 2, top + 8, command.key_tip, "tip", is_middle=True)
    yield _text(left + _SMALL_ICON + 13, top + 8, command.label)


def _text(left: float, base: float, words: str, style: str = "", *, is_middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if is_middle else ""
    style = f' class="{style}"' if style else ""
    return f'<text x="{left:.0f}" y="{base:.0f}"{style}{anchor}>{escape(words)}</text>'
