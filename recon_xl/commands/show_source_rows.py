"""Show source rows: from a finding, draft line or draft to the rows it rests on, one block after the other, and back."""

from __future__ import annotations

from recon_xl.commands.draft_words import draft, draft_line
from recon_xl.commands.model import Call, Command, Enabled, Group, Reply
from recon_xl.commands.next_exception import headline
from recon_xl.commands.places import Block, blocks
from recon_xl.commands.reading import require_tables
from recon_xl.commands.rows import require_run
from recon_xl.commands.standing import READS, Subject, subject
from recon_xl.core.changeset import ChangeSet
from recon_xl.core.snapshot import Selection


def execute(call: Call) -> Reply:
    """Select the first block of source rows; on a source row the next one, and after the last the row that it came from.

    Nothing is remembered between two presses: the selected row says which finding it is. SelectionError where it does not.
    """
    require_tables(call.snapshot, READS)
    require_run(call.snapshot)
    about = subject(call.snapshot)
    found, missing = blocks(call.snapshot, about.source_rows)
    if not found:
        return Reply(
            message=f"{_name(about)}\nNone of its source rows is in the workbook. Press Run to find it again, or to settle it.",
            is_warning=True,
            data=_data(about, found, missing),
        )
    place = _place_after(found, call.snapshot.selection) if about.line else 0
    if place == len(found):
        message = f"{_name(about)}\nBack from its {_count(found)}."
        changes = ChangeSet(active_sheet=about.row.raw.sheet, select=about.row.span(*_ends(about)))
    else:
        words = _all_words(found) if about.is_draft else _words(found, place)
        message = f"{_name(about)}\n{words}{_remarks(about, missing)}"
        changes = ChangeSet(active_sheet=found[place].raw.sheet, select=found[place].range)
    return Reply(changes, message, data=_data(about, found, missing))


def _name(about: Subject) -> str:
    if about.is_finding:
        return headline(about.row)
    return draft(about) if about.is_draft else draft_line(about)


def _ends(about: Subject) -> tuple[str, str]:
    return ("Key", "Note") if about.is_finding else ("Line", "Source Rows")


def _place_after(found: list[Block], selection: Selection | None) -> int:
    """The place of the block that follows the one with the selected row."""
    here = (
        place
        for place, block in enumerate(found)
        if selection and block.raw.sheet == selection.sheet and block.first <= selection.row <= block.last
    )
    return next(here, -1) + 1


def _words(found: list[Block], place: int) -> str:
    before = sum(block.size for block in found[:place])
    block = found[place]
    which = f"{before + 1}" if block.size == 1 else f"{before + 1} to {before + block.size}"
    step = "From here it goes on to the next." if place + 1 < len(found) else "From here it goes back."
    return f"{block}: source row {which} of {sum(one.size for one in found)}. {step}"


def _all_words(found: list[Block]) -> str:
    """Of a whole draft: all its rows, because a source row on its own leads on to its finding or draft line."""
    places = ", ".join(map(str, found[:12])) + (" ..." if found[12:] else ".")
    return f"Its {_count(found)}: {places} The first is shown; to go from row to row, start at a line on Draft Lines."


def _count(found: list[Block]) -> str:
    size = sum(block.size for block in found)
    return "source row" if size == 1 else f"{size} source rows"


def _remarks(about: Subject, missing: list[str]) -> str:
    words = about.also_words()
    if missing:
        words.append(f"Not in the workbook any more: {', '.join(missing[:5])}{' ...' if missing[5:] else ''}.")
    if about.source_rows.more:
        words.append(f"{about.source_rows.more} more rows did not fit into its cell: recon-xl run --json lists all.")
    return "".join(f"\n{sentence}" for sentence in words)


def _data(about: Subject, found: list[Block], missing: list[str]) -> dict[str, object]:
    return {
        "about": about.key,
        "source_rows": list(about.source_rows),
        "places": [block.address for block in found],
        "missing": missing,
        "more": about.source_rows.more,
    }


COMMAND = Command(
    id="show_source_rows",
    label="Show source rows",
    group=Group.REVIEW,
    key_tip="SR",
    screentip="Go to the rows behind this number, and back",
    supertip="On a row of Exceptions, Draft Lines or a draft tab: goes to its source rows, from one to the next, and after "
    "the last back. On Drafts: lists those of the whole draft and goes to the first.",
    icon="TracePrecedents",
    execute=execute,
    reads=READS,
    enabled=Enabled.RESULTS,
    follows_selection=True,
    position=2,
)
