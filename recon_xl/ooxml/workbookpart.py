"""The workbook part as text: tabs, defined names, the view and the recalculation switch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml.sheettext import foreign_form
from recon_xl.ooxml.xmltext import RELATIONSHIPS_NS, escape

_ROOT = re.compile(r"<workbook(?:\s[^>]*)?>")
_SHEETS = re.compile(r"(<sheets>)(.*?)(</sheets>)", re.DOTALL)
_SHEET = re.compile(r"<sheet\s[^>]*?(?:/>|>\s*</sheet>)")
_NAMES = re.compile(r"<definedNames>(.*?)</definedNames>|<definedNames\s*/>", re.DOTALL)
_NAME = re.compile(r'<definedName\s(?:[^">/]|"[^"]*")*(?:/>|>[^<]*</definedName>)')
_CALC = re.compile(r"<calcPr(?=[\s/>])[^>]*?(?=\s*/?>)")
_VIEW = re.compile(r"<workbookView\s[^>]*>")
_BEFORE_NAMES = re.compile(r"</sheets>|<functionGroups[^>]*/>|</functionGroups>|</externalReferences>")
_NAME_OF = re.compile(r'\sname="([^"]*)"')
_LOCAL = re.compile(r'\slocalSheetId="([0-9]+)"')


@dataclass(slots=True)
class WorkbookPart:
    """The text of `workbook.xml`; each method changes one thing and nothing else."""

    where: str
    text: str

    def __post_init__(self) -> None:
        if _ROOT.search(self.text) is None or _SHEETS.search(self.text) is None:
            raise foreign_form(self.where, "a workbook stored in an unusual XML form")

    @property
    def active(self) -> int:
        """The index of the tab that Excel opens with."""
        view = _VIEW.search(self.text)
        number = re.search(r'\sactiveTab="([0-9]+)"', view[0]) if view else None
        return int(number[1]) if number else 0

    def require_open_structure(self) -> None:
        """Raise `WorkbookError` when tabs must not come or go because the workbook structure is protected."""
        if re.search(r'<workbookProtection\s[^>]*lockStructure="(?:1|true)"', self.text):
            raise WorkbookError(
                where=self.where,
                found="a workbook whose structure is protected",
                expected="a workbook that allows new tabs",
                todo="In Excel choose Review > Protect Workbook to switch the protection off, then run again.",
            )

    def add_sheets(self, tabs: Sequence[tuple[str, str]]) -> None:
        """Append visible tabs, each a name and a relationship id."""
        number = max((int(known) for known in re.findall(r'\ssheetId="([0-9]+)"', self.text)), default=0)
        root = _ROOT.search(self.text)
        declared = root is not None and f'xmlns:r="{RELATIONSHIPS_NS}"' in root[0]
        namespace = "" if declared else f' xmlns:r="{RELATIONSHIPS_NS}"'
        entries = "".join(
            f'<sheet{namespace} name="{escape(name)}" sheetId="{place}" r:id="{escape(relationship)}"/>'
            for place, (name, relationship) in enumerate(tabs, number + 1)
        )
        self.text = _SHEETS.sub(lambda match: match[1] + match[2] + entries + match[3], self.text, count=1)

    def show_sheet(self, index: int) -> None:
        """Make a tab visible."""
        self._edit_sheet(index, lambda tag: re.sub(r'\sstate="[^"]*"', "", tag))

    def hide_sheet(self, index: int, state: str) -> None:
        """Make a tab `hidden`, or `veryHidden`, so that only a program shows it."""
        self._edit_sheet(index, lambda tag: tag.replace(" sheetId=", f' state="{state}" sheetId=', 1))

    def remove_sheet(self, index: int) -> None:
        """Remove a tab and its own names; what counts tabs is renumbered."""
        self._edit_sheet(index, lambda _tag: "")
        kept = []
        for name in self.names():
            local = _LOCAL.search(name)
            number = int(local[1]) if local else -1
            if number > index:
                kept.append(_LOCAL.sub(f' localSheetId="{number - 1}"', name))
            elif number < index:
                kept.append(name)
        self.set_names(kept)
        self._edit_view(lambda _attribute, number: number - (number > index))

    def names(self) -> list[str]:
        """Return the defined names, each as its XML element."""
        match = _NAMES.search(self.text)
        return _NAME.findall(match[1] or "") if match else []

    def set_names(self, names: list[str]) -> None:
        """Write the defined names anew."""
        block = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
        if _NAMES.search(self.text):
            self.text = _NAMES.sub(lambda _match: block, self.text, count=1)
        else:
            self._insert(block)

    def set_local_names(self, wanted: Mapping[tuple[str, int], str | None]) -> None:
        """Define, replace or (None) remove names that belong to one tab: (name, tab index) -> what it refers to."""
        names = [entry for entry in self.names() if _local_key(entry) not in wanted]
        names += [
            f'<definedName name="{name}" localSheetId="{index}">{escape(refers_to)}</definedName>'
            for (name, index), refers_to in wanted.items()
            if refers_to is not None
        ]
        self.set_names(names)

    def set_active(self, index: int) -> None:
        """Make a tab the one that Excel opens with."""
        self._edit_view(lambda attribute, number: index if attribute == "activeTab" else min(number, index))
        tag = _VIEW.search(self.text)
        if tag and " activeTab=" not in tag[0]:
            view = tag[0].replace("<workbookView", f'<workbookView activeTab="{index}"', 1)
            self.text = self.text.replace(tag[0], view, 1)

    def calculate_on_load(self) -> None:
        """Have Excel calculate every formula when it opens the workbook."""
        match = _CALC.search(self.text)
        if match is None:
            self._insert('<calcPr fullCalcOnLoad="1"/>', after="</definedNames>")
        else:
            tag = re.sub(r'\sfullCalcOnLoad="[^"]*"', "", match[0]) + ' fullCalcOnLoad="1"'
            self.text = self.text[: match.start()] + tag + self.text[match.end() :]

    def _edit_sheet(self, index: int, change: Callable[[str], str]) -> None:
        match = _SHEETS.search(self.text)
        tags = list(_SHEET.finditer(match[2])) if match else []
        if match is None or index >= len(tags):
            raise foreign_form(self.where, "a list of tabs in an unusual form")
        start, end = (match.start(2) + position for position in tags[index].span())
        self.text = self.text[:start] + change(self.text[start:end]) + self.text[end:]

    def _edit_view(self, change: Callable[[str, int], int]) -> None:
        def view(tag: re.Match[str]) -> str:
            return re.sub(
                r'\s(activeTab|firstSheet)="([0-9]+)"',
                lambda match: f' {match[1]}="{change(match[1], int(match[2]))}"',
                tag[0],
            )

        self.text = _VIEW.sub(view, self.text)

    def _insert(self, block: str, after: str = "") -> None:
        """Put a block where the schema wants it: behind the names, or else behind the tabs and external links."""
        at = self.text.find(after) + len(after) if after and after in self.text else 0
        at = at or max(match.end() for match in _BEFORE_NAMES.finditer(self.text))
        self.text = self.text[:at] + block + self.text[at:]


def _local_key(entry: str) -> tuple[str, int]:
    tag = entry.partition(">")[0]
    name, local = _NAME_OF.search(tag), _LOCAL.search(tag)
    return name[1] if name else "", int(local[1]) if local else -1
