"""Commands -> ribbon XML: one tab, its groups in the order of the month's work, one button a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from xml.sax.saxutils import quoteattr

from recon_xl.commands.model import Command, Group

TAB_LABEL, TAB_KEY_TIP = "recon-xl", "Z"
_INDENT = "  "


class Schema(StrEnum):
    """The two generations of ribbon XML. Office 2010 and later read the newer part, Office 2007 the older."""

    OFFICE_2010 = "http://schemas.microsoft.com/office/2009/07/customui"
    OFFICE_2007 = "http://schemas.microsoft.com/office/2006/01/customui"


def ribbon_xml(commands: Iterable[Command], schema: Schema, *, is_hidden_by_addin: bool = False) -> str:
    """The whole custom UI part.

    `is_hidden_by_addin` is for a workbook that brings its own ribbon: its tab goes away while the add-in shows the same.
    """
    loaded = "ReconBookRibbonLoaded" if is_hidden_by_addin else "ReconRibbonLoaded"
    visible = ' getVisible="ReconIsTabVisible"' if is_hidden_by_addin else ""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
            f'<customUI xmlns="{schema}" onLoad="{loaded}">',
            f"{_INDENT}<ribbon>",
            f"{_INDENT * 2}<tabs>",
            f'{_INDENT * 3}<tab id="recon_xl_tab" label="{TAB_LABEL}" keytip="{TAB_KEY_TIP}"{visible}>',
            *(_INDENT * 4 + line for line in _groups(list(commands))),
            f"{_INDENT * 3}</tab>",
            f"{_INDENT * 2}</tabs>",
            f"{_INDENT}</ribbon>",
            "</customUI>",
            "",
        ]
    )


def _groups(commands: list[Command]) -> Iterator[str]:
    """A group without commands is left out: a button that does nothing is never shown."""
    for group in Group:
        mine = [command for command in commands if command.group is group]
        if mine:
            yield f'<group id="recon_xl_group_{group.name.lower()}" label={quoteattr(group.value)}>'
            yield from (_INDENT + _button(command) for command in mine)
            yield "</group>"


def _button(command: Command) -> str:
    attributes = {
        "id": command.control_id,
        "label": command.label,
        "imageMso": command.icon,
        "size": "large" if command.is_large else "normal",
        "keytip": command.key_tip,
        "screentip": command.screentip,
        "supertip": command.supertip,
        "getEnabled": "ReconIsEnabled",
        "onAction": callback(command),
    }
    return "<button " + " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items()) + "/>"


def callback(command: Command) -> str:
    """The VBA Sub that a button runs. Each has its own, so that no text travels from the ribbon to the dispatcher."""
    return f"{command.control_id}_pressed"
