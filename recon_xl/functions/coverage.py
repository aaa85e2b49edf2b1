"""How much was checked: rows CHECKED as a share of all rows that were there to be checked, as a fraction.

`=RECON_COVERAGE(Coverage[#All])`, without an area, is the client and product pairs compared with their bill, the
figure on Start. With one it is that area of the tab Coverage: Vendor lines, Billed lines, Counts, or the clients x
products again. What was EXCLUDED on purpose counts on neither side; what is NOT CHECKED, NOT RECONCILABLE, HELD or
UNMAPPED counts as not checked. Format the cell as a percentage.

Errors: #N/A where the area has no rows, or nothing to check: silence is never taken for clean; #REF! where a header is
missing; an error in a row that is counted is handed on.
Source: the tab Coverage; the words are those of its column Status.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import ZERO, ratio, total
from recon_xl.functions.errors import NA, CellFault
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import Table, by_text, folded, number_of

PAIRS, CHECKED, EXCLUDED = "Clients x products", "CHECKED", "EXCLUDED"


class Areas:
    """The tab Coverage by area."""

    def __init__(self, whole_table: Table) -> None:
        table = whole_table.without_totals()
        self._rows = by_text(table.texts("Area"))
        self._statuses = [status.upper() for status in table.texts("Status")]
        self._counts = table.column("Rows")

    def share(self, area: str) -> Decimal:
        """Rows checked over rows to check."""
        rows = self._rows.get(folded(area), ())
        counted = [row for row in rows if self._statuses[row] != EXCLUDED]
        counts = {row: number_of(self._counts[row]) or ZERO for row in counted}
        every = total(counts.values())
        if not every:
            raise CellFault(NA)
        return ratio(total(counts[row] for row in counted if self._statuses[row] == CHECKED), every)


def coverage(area: str, areas: Areas) -> Decimal:
    """The share of one area."""
    return areas.share(area)


_TABLE = (
    '{"Area","Status","Rows";'
    '"Clients x products","CHECKED",18;"Clients x products","NOT CHECKED",2;'
    '"Vendor lines","CHECKED",30;"Vendor lines","EXCLUDED",5;"Vendor lines","UNMAPPED",10}'
)

FUNCTION = WorksheetFunction(
    name="COVERAGE",
    help="How much was checked, as a share of what was there to be checked.",
    arguments=(
        Argument("coverage", "The tab Coverage with its header row: Coverage[#All].", is_table=True),
        Argument(
            name="area",
            help="Area of the tab Coverage; Clients x products if left out.",
            is_optional=True,
            takes=Takes.TEXT,
            default=PAIRS,
        ),
    ),
    calculate=coverage,
    examples=(
        Example(f"=RECON_COVERAGE({_TABLE})", "0.9", "=18/(18+2)"),
        Example(f'=RECON_COVERAGE({_TABLE},"Vendor lines")', "0.75", "=30/(30+10)"),
        Example(f'=RECON_COVERAGE({_TABLE},{{"Vendor lines";"Counts"}})', "{0.75;#N/A}"),
    ),
    doc=__doc__ or "",
    prepare=Areas,
)
