"""Whether the month ties out: the master check, or what one invoice or currency is out by.

`=RECON_TIEOUT(TieOut[#All])`, without an invoice and a currency, is the master check of the workbook: ALL CHECKS OK,
2 CHECKS FAIL, 1 NOT CHECKED, `2 FAIL, 1 NOT CHECKED`, or NOTHING TO CHECK where there is no control. With one of them,
`=RECON_TIEOUT(TieOut[#All],A2)`, it is the difference actual - expected of its controls: 0 where all of them hold, and the
largest where one fails. A control that could not be checked is #N/A, never 0: type the invoice's total on Sources.

Errors: #N/A where the invoice or currency has no control, or one of them is NOT CHECKED and none fails; #REF! where a
header is missing; an error in a control that is counted is handed on.
Source: the user guide, Tie-out and control totals; the words are those of the master check on every tab.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.control import master_check_text
from recon_xl.core.money import ZERO
from recon_xl.functions.errors import NA, CellFault, error_of
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.functions.tables import Table, by_text, folded, number_of, text_of

HOLDS, FAILS, KEPT = "OK", "FAIL", "RESOLVED"


class Controls:
    """The tab Tie-out; a row without a control, such as an empty one, proves nothing and counts for nothing."""

    def __init__(self, whole_table: Table) -> None:
        table = whole_table.without_totals()
        kept = [word == KEPT for word in table.texts("Check")]
        self._named = [row for row, name in enumerate(table.texts("Control")) if name and not kept[row]]
        self._of_invoice = by_text(table.texts("Invoice"))
        self._currencies = [folded(currency) for currency in table.texts("Currency")]
        self._checks, self._differences = table.column("Check"), table.column("Difference")

    def master_check(self) -> str:
        """What every tab shows."""
        return master_check_text([_word(self._checks[row]) for row in self._named])

    def difference(self, invoice: str, currency_code: str) -> Decimal:
        """The largest difference of the controls of an invoice, a currency, or both."""
        of_invoice = self._of_invoice.get(folded(invoice), ()) if invoice else self._named
        rows = [row for row in of_invoice if folded(currency_code) in ("", self._currencies[row])]
        words = [_word(self._checks[row]) for row in rows]
        amounts = [number_of(self._differences[row]) or ZERO for row in rows]
        failing = [amount for word, amount in zip(words, amounts, strict=True) if word == FAILS]
        if failing:
            return max(failing, key=abs)
        if not words or any(word != HOLDS for word in words):
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
            '"1 FAIL, 1 NOT CHECKED"',
            '=SUMPRODUCT(--({"FAIL";"NOT CHECKED";"OK"}="FAIL"))&" FAIL, 1 NOT CHECKED"',
        ),
        Example(f'=RECON_TIEOUT({_TABLE},"G1")', "-9.4", '=INDEX({-9.4;"";0},MATCH("G1",{"G1";"G2";""},0))'),
        Example(f'=RECON_TIEOUT({_TABLE},{{"G1";"G2"}})', "{-9.4;#N/A}"),
        Example(f'=RECON_TIEOUT({_TABLE},,"EUR")', "0"),
    ),
    doc=__doc__ or "",
    prepare=Controls,
)
