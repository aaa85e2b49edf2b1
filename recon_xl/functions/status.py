"""Where a finding stands, or the findings of a client: the word in the column Disposition of Exceptions.

For a key it is that finding's disposition: Open where nobody has decided yet, Resolved where the last run did not find it
any more. For a customer, and if given a product, it is Open while any of its findings is; otherwise the disposition of its
largest finding, and Resolved where all of them are. Consequences follow their cause and do not count.

Type `=RECON_STATUS(A2,Exceptions[#All])`. A client without findings is #N/A, not "clean": it may be unchecked, or
misspelt. RECON_COVERAGE says what was checked.
Errors: #N/A where neither a key nor a customer of that name is in the table; #REF! where one of its headers is
missing.
Source: the tab Exceptions; its words are those of the column Disposition.
"""

from __future__ import annotations

from recon_xl.core.cells import ErrorText
from recon_xl.functions.errors import REF, CellFault
from recon_xl.functions.findings import CONSEQUENCE, EXCEPTIONS, KEY_OR_CUSTOMER, OF_PRODUCT, RESOLVED, Findings
from recon_xl.functions.model import Example, WorksheetFunction
from recon_xl.functions.tables import Table, shown

OPEN, DONE = "Open", "Resolved"


class Statuses(Findings):
    """The word that each row stands for."""

    def __init__(self, table: Table) -> None:
        if not table.has("Key") or not table.has("Severity"):
            raise CellFault(REF)
        super().__init__(table)
        cells = [shown(cell) for cell in self.table.column("Disposition")]
        self._words = [
            DONE if severity == RESOLVED else cell or OPEN
            for severity, cell in zip(self.severities, cells, strict=True)
        ]

    def of(self, key_or_customer: str, product: str) -> object:
        """The word for a key, else for a customer."""
        rows = self.of_key(key_or_customer)
        if rows:
            return self._words[rows[0]]
        rows = self.of_customer(key_or_customer, product)
        counted = [self._words[row] for row in rows if self.severities[row] != CONSEQUENCE]
        words = counted or [self._words[row] for row in rows]
        errors = [word for word in words if isinstance(word, ErrorText)]
        if errors or OPEN in words:
            return errors[0] if errors else OPEN
        return next((word for word in words if word != DONE), DONE)


def status(key_or_customer: str, product: str, statuses: Statuses) -> object:
    """The word of a finding, or of all findings of a customer."""
    return statuses.of(key_or_customer, product)


_TABLE = (
    '{"Key","Severity","Customer","Product","Disposition";'
    '"UB-1","High","Alder","Mail","Open";"OB-2","Low","Alder","Backup","Accepted";'
    '"UB-3","Resolved","Birch","Mail","Timing"}'
)

FUNCTION = WorksheetFunction(
    name="STATUS",
    help="Where a finding stands, or the findings of a client.",
    arguments=(KEY_OR_CUSTOMER, EXCEPTIONS, OF_PRODUCT),
    calculate=status,
    examples=(
        Example(
            f'=RECON_STATUS("OB-2",{_TABLE})',
            '"Accepted"',
            '=INDEX({"Open";"Accepted";"Timing"},MATCH("OB-2",{"UB-1";"OB-2";"UB-3"},0))',
        ),
        Example(f'=RECON_STATUS("Alder",{_TABLE})', '"Open"'),
        Example(f'=RECON_STATUS("Alder",{_TABLE},"Backup")', '"Accepted"'),
        Example(f'=RECON_STATUS({{"Birch";"Cedar"}},{_TABLE})', '{"Resolved";#N/A}'),
    ),
    doc=__doc__ or "",
    prepare=Statuses,
)
