"""What is billed too much or too little: billed - expected, net. Negative means billed too little.

For a key it is the variance of that finding; for a customer, and if given a product, the sum over its findings.
Consequences of another finding and resolved ones are left out, as on Start. Type
`=RECON_VARIANCE(A2,Exceptions[#All])` for what was found, or `=RECON_VARIANCE(A2,ClientSummary[#All])` for the whole
bill of a client, differences inside the tolerance included.

Amounts of two currencies are never added: a client billed in several needs `currency_code`.
Errors: #N/A where neither a key nor a customer of that name is in the table, or none of its rows has a variance; #NUM! for
several currencies; #REF! where a header is missing; an error in a row that is counted is handed on.
Source: the user guide, Exceptions: variance = billed - expected, in the client's currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from recon_xl.core.money import total
from recon_xl.functions.errors import NA, NUM, CellFault
from recon_xl.functions.findings import (
    CONSEQUENCE,
    CURRENCY,
    KEY_OR_CUSTOMER,
    OF_PRODUCT,
    RESOLVED,
    Findings,
)
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import Table, folded, number_of


class Variances(Findings):
    """The variance and currency of each row."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._cells = self.table.column("Variance")
        self._currencies = [folded(text) for text in self.table.texts(CURRENCY)]

    def of(self, key_or_customer: str, product: str, currency_code: str) -> Decimal:
        """The variance of a key, else the sum of a customer's."""
        rows = self.of_key(key_or_customer) or self._counted(self.of_customer(key_or_customer, product))
        if currency_code:
            rows = [row for row in rows if self._currencies[row] == folded(currency_code)]
        known = [(row, amount) for row in rows if (amount := number_of(self._cells[row])) is not None]
        if not known:
            raise CellFault(NA)
        if len({self._currencies[row] for row, _ in known}) > 1:
            raise CellFault(NUM)
        return total(amount for _, amount in known)

    def _counted(self, rows: Sequence[int]) -> list[int]:
        return [row for row in rows if self.severities[row] not in (CONSEQUENCE, RESOLVED)]


def variance(key_or_customer: str, product: str, currency_code: str, variances: Variances) -> Decimal:
    """Billed - expected of a finding, or of a customer."""
    return variances.of(key_or_customer, product, currency_code)


_TABLE = (
    '{"Key","Severity","Customer","Product","Variance","Currency";'
    '"UB-1","High","Alder","Mail",-45.12,"USD";"OB-2","Low","Alder","Backup",12,"USD";'
    '"UB-3","Consequence","Alder","Mail",-9,"USD"}'
)

FUNCTION = WorksheetFunction(
    name="VARIANCE",
    help="Billed - expected of a finding, or of a client; negative means billed too little.",
    arguments=(
        KEY_OR_CUSTOMER,
        Argument("results", "The table with its header row: Exceptions[#All] or ClientSummary[#All].", is_table=True),
        OF_PRODUCT,
        Argument(
            name="currency_code",
            help="Only amounts in this currency; needed where there are several.",
            is_optional=True,
            takes=Takes.CURRENCY,
            default="",
        ),
    ),
    calculate=variance,
    examples=(
        Example(
            f'=RECON_VARIANCE("UB-1",{_TABLE})',
            "-45.12",
            '=INDEX({-45.12;12;-9},MATCH("UB-1",{"UB-1";"OB-2";"UB-3"},0))',
        ),
        Example(f'=RECON_VARIANCE("Alder",{_TABLE})', "-33.12", "=SUMPRODUCT({1;1;0},{-45.12;12;-9})"),
        Example(f'=RECON_VARIANCE("Alder",{_TABLE},{{"Mail";"Backup"}})', "{-45.12;12}"),
        Example(f'=RECON_VARIANCE("Alder",{_TABLE},,"EUR")', "#N/A"),
    ),
    doc=__doc__ or "",
    prepare=Variances,
)
