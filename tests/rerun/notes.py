"""Notes and conversations on cells, as Excel stores them: the comment, its shape, its thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from rerun.screen import LINKS, MAIN, Screen, letters, number, q

THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


class Notes(Screen):
    """A user who comments on cells."""

    def comment(self, tab: str, ref: str, text: str, *, thread: bool = False) -> None:
        """Attach a note, or begin a conversation."""
        part = self.sheet(tab)
        kinds = {kind: target for _, kind, target in self.links(part)}
        if "comments" not in kinds:
            self._comment_parts(part)
            kinds = {kind: target for _, kind, target in self.links(part)}
        entries = self.tree(kinds["comments"]).find(q("commentList"))
        entry = ElementTree.SubElement(entries, q("comment"), ref=ref, authorId="0")
        ElementTree.SubElement(ElementTree.SubElement(entry, q("text")), q("t")).text = text
        self._shape(kinds["vmlDrawing"], ref)
        if thread:
            self._thread(part, ref, text)

    def delete_comments(self, tab: str, row: int) -> None:
        """Take the notes off a row."""
        kinds = {kind: target for _, kind, target in self.links(self.sheet(tab))}
        entries = self.tree(kinds["comments"]).find(q("commentList"))
        for entry in [one for one in entries if re.sub("[A-Z]", "", one.get("ref")) == str(row)]:
            entries.remove(entry)

    def _move_notes(self, tab: str, places: dict[str, str]) -> None:
        for _, kind, part in self.links(self.sheet(tab)):
            if kind in ("comments", "threadedComment"):
                for entry in self.tree(part).iter():
                    if entry.get("ref") in places:
                        entry.set("ref", places[entry.get("ref")])
            elif kind == "vmlDrawing":
                for row, column in _note_places(self.tree(part)):
                    old = f"{letters(int(column.text) + 1)}{int(row.text) + 1}"
                    new = places.get(old, old)
                    row.text, column.text = (
                        str(int(re.sub("[A-Z]", "", new)) - 1), str(number(re.sub(r"\d", "", new)) - 1),
                    )  # fmt: skip

    def _comment_parts(self, part: str) -> None:
        stem = re.sub(r"\D", "", part)
        comments, drawing = f"xl/comments{stem}.xml", f"xl/drawings/vmlDrawing{stem}.vml"
        kind = "application/vnd.openxmlformats-officedocument"
        self.add_part(
            comments,
            f'<comments xmlns="{MAIN}"><authors><author>Ada</author></authors><commentList/></comments>',
            f"{kind}.spreadsheetml.comments+xml",
        )
        self.add_part(drawing, _VML, f"{kind}.vmlDrawing")
        self.link(part, f"{LINKS}/comments", comments)
        identifier = self.link(part, f"{LINKS}/vmlDrawing", drawing)
        self._insert(part, ElementTree.Element(q("legacyDrawing"), {f"{{{LINKS}}}id": identifier}))

    def _shape(self, part: str, ref: str) -> None:
        root = self.tree(part)
        row, column = int(re.sub("[A-Z]", "", ref)) - 1, number(re.sub(r"\d", "", ref)) - 1
        anchor = f"{column + 1}, 15, {row}, 2, {column + 3}, 31, {row + 4}, 1"
        text = _SHAPE.format(number=1025 + len(root), anchor=anchor, row=row, column=column)
        root.append(ElementTree.fromstring(text))  # noqa: S314 - the text is above

    def _thread(self, part: str, ref: str, text: str) -> None:
        kinds = {kind: target for _, kind, target in self.links(part)}
        if "threadedComment" not in kinds:
            name = f"xl/threadedComments/threadedComment{re.sub(r'[^0-9]', '', part)}.xml"
            self.add_part(
                name, f'<ThreadedComments xmlns="{THREADS}"/>', "application/vnd.ms-excel.threadedcomments+xml"
            )
            self.link(part, "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", name)
            kinds = {kind: target for _, kind, target in self.links(part)}
        root = self.tree(kinds["threadedComment"])
        entry = ElementTree.SubElement(
            root, f"{{{THREADS}}}threadedComment", ref=ref, dT="2026-11-03T09:00:00.00",
            personId="{00000000-0000-0000-0000-000000000001}", id=f"{{00000000-0000-0000-0000-{len(root) + 2:012d}}}",
        )  # fmt: skip
        ElementTree.SubElement(entry, f"{{{THREADS}}}text").text = text


def _note_places(root: Any) -> Iterator[tuple[Any, Any]]:
    space = "{urn:schemas-microsoft-com:office:excel}"
    for data in root.iter(f"{space}ClientData"):
        yield data.find(f"{space}Row"), data.find(f"{space}Column")


for prefix, space in (
    ("r", LINKS), ("v", "urn:schemas-microsoft-com:vml"), ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
):  # fmt: skip
    ElementTree.register_namespace(prefix, space)

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_VML = (
    f'<xml {_SPACES}><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    f"<v:shape {_SPACES} "
    'id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
