"""Whether the month ties out: the master check, or what one invoice or currency is out by.

`=RECON_TIEOUT(TieOut[#All])`, without an invoice and a currency, is the master check of the workbook: ALL CHECKS OK, 2 CHECKS FAIL, 1 NOT CHECKED, or NO
RUN YET. With one of them, `=RECON_TIEOUT(TieOut[#All],A2)`, it is the difference actual - expected of its controls: 0 where all of them hold, and the
largest where one fails. A control that could not be checked is #N/A, never 0: type the invoice's total on Sources.

Errors: #N/A where the invoice or currency has no control, or one of them is NOT CHECKED and none fails; #REF! where a
header is missing; an error in a control that is counted is handed on.
Source: the reckoning, tie-out; the words are those of the master check on every tab.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.control import master_check_text
from recon_xl.core.money import ZERO
from recon_xl.functions.errors import NA, CellFault, error_of
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import Table, folded, number_of, text_of

HOLDS, FAILS = "OK", "FAIL"


class Controls:
    """The tab Tie-out; a row without a control, such as an empty one, proves nothing and counts for nothing."""

    def __init__(self, whole_table: Table) -> None:
        table = whole_table.without_totals()
        names = table.texts("Control")
        columns = (table.texts("Invoice"), table.texts("Currency"), table.column("Check"), table.column("Difference"))
        self._rows = [row for name, *row in zip(names, *columns, strict=True) if name]

    def master_check(self) -> str:
        """What every tab shows."""
        return master_check_text([_word(check) for _, _, check, _ in self._rows])

    def difference(self, invoice: str, currency_code: str) -> Decimal:
        """The largest difference of the controls of an invoice, a currency, or both."""
        counted = [
            (check, difference)
            for of_invoice, currency, check, difference in self._rows
            if (not invoice or folded(str(of_invoice)) == folded(invoice))
            and (not currency_code or folded(str(currency)) == folded(currency_code))
        ]
        differences = [number_of(difference) for _, difference in counted]
        failing = [
            difference or ZERO
            for (check, _), difference in zip(counted, differences, strict=True)
            if _word(check) == FAILS
        ]
        if failing:
            return max(failing, key=abs)
        if not counted or any(_word(check) != HOLDS for check, _ in counted):
            raise CellFault(NA)
        return ZERO


def _word(check: object) -> str:
    """OK, FAIL or NOT CHECKED; an error is handed on."""
    error = error_of(check)
    if error is not None:
        raise CellFault(error)
    return text_of(check).upper()


def tie_out(invoice: str, currency_code: str, controls: Controls) -> object:
    """The master check, or a difference."""
    return controls.difference(invoice, currency_code) if invoice or currency_code else controls.master_check()


_TABLE = (
    '{"Control","Invoice","Currency","Difference","Check";'
    '"Vendor invoice","G1","USD",-9.4,"FAIL";"Vendor invoice","G2","USD","","NOT CHECKED";"Drafts","","EUR",0,"OK"}'
)

FUNCTION = WorksheetFunction(
    name="TIEOUT",
    help="The master check, or what one invoice or currency is out by.",
    arguments=(
        Argument("tie_out", "The tab Tie-out with its header row: TieOut[#All].", is_table=True),
        Argument("invoice", "Only the controls of this vendor invoice.", True, takes=Takes.TEXT, default=""),
        Argument("currency_code", "Only the controls in this currency.", True, takes=Takes.CURRENCY, default=""),
    ),
    calculate=tie_out,
    examples=(
        Example(
            f"=RECON_TIEOUT({_TABLE})",
            '"1 CHECK FAILS"',
            '=SUMPRODUCT(--({"FAIL";"NOT CHECKED";"OK"}="FAIL"))&" CHECK FAILS"',
        ),
        Example(f'=RECON_TIEOUT({_TABLE},"G1")', "-9.4", '=INDEX({-9.4;"";0},MATCH("G1",{"G1";"G2";""},0))'),
        Example(f'=RECON_TIEOUT({_TABLE},{{"G1";"G2"}})', "{-9.4;#N/A}"),
        Example(f'=RECON_TIEOUT({_TABLE},,"EUR")', "0"),
    ),
    doc=__doc__ or "",
    prepare=Controls,
)
