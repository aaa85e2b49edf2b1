"""Why a finding is there: the sentence in the column Why of Exceptions.

Type `=RECON_EXPLAIN(A6,Exceptions[#All])`. The key stands in the first column of Exceptions and is the same every
month, so a note beside it keeps its meaning. Give a column of keys for a column of sentences. Excel may refuse
sentences of more than 255 characters in an answer of many cells; for those, ask for one cell at a time.

Errors: #N/A where no finding has that key; #REF! where the header Key or Why is missing.
Source: the tab Exceptions; the sentence is written by the rule that found it.
"""

from __future__ import annotations

from recon_xl.functions.errors import NA, CellFault
from recon_xl.functions.findings import EXCEPTIONS, KEY
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import Table, by_text, folded, shown


class Reasons:
    """The sentence of each key."""

    def __init__(self, table: Table) -> None:
        self._cells = table.column("Why")
        self._rows = by_text(table.texts(KEY))

    def of(self, key: str) -> object:
        """The sentence of one key."""
        rows = self._rows.get(folded(key))
        if not rows:
            raise CellFault(NA)
        return shown(self._cells[rows[0]])


def explain(key: str, reasons: Reasons) -> object:
    """The sentence of one key."""
    return reasons.of(key)


_TABLE = '{"Key","Why";"UB-1","38 billed, 42 expected.";"OB-2","Sold at 12, agreed at 11."}'

FUNCTION = WorksheetFunction(
    name="EXPLAIN",
    help="Why a finding is there, in one sentence.",
    arguments=(Argument("key", "Key of the finding.", takes=Takes.TEXT), EXCEPTIONS),
    calculate=explain,
    examples=(
        Example(
            f'=RECON_EXPLAIN("UB-1",{_TABLE})',
            '"38 billed, 42 expected."',
            '=INDEX({"38 billed, 42 expected.";"Sold at 12, agreed at 11."},MATCH("UB-1",{"UB-1";"OB-2"},0))',
        ),
        Example(
            f'=RECON_EXPLAIN({{"OB-2";"UB-1"}},{_TABLE})', '{"Sold at 12, agreed at 11.";"38 billed, 42 expected."}'
        ),
        Example(f'=RECON_EXPLAIN("UB-9",{_TABLE})', "#N/A"),
    ),
    doc=__doc__ or "",
    prepare=Reasons,
)
