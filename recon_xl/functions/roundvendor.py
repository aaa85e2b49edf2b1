"""The Subtotal that Microsoft's own rounding gives for one line, to be compared with the one printed.

Microsoft's documents hold two models for seats and one for usage; all cut toward zero, none rounds half up:
`A` cuts once, ROUNDDOWN(unit price x quantity x rate). `B` cuts the unit price, ROUNDDOWN(unit price x rate) x quantity.
`usage` cuts twice, ROUNDDOWN(ROUNDDOWN(unit price x quantity) x rate). A line that fits A or B is right.
A printed unit price of two decimals may be cut itself: use UnitPrice / cycle days x billed days where it is.
A refund (one of price and quantity negative) is the mirror image of its charge.

Errors: #VALUE! for another model; #NUM! for a rate of 0 or less; #N/A where price or quantity is missing.
Source: Microsoft's reconciliation file reference and billing scenarios: of its worked examples fifteen fit A, five only B.
"""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.money import minor_digits, product
from recon_xl.core.price import ONE
from recon_xl.functions.limits import require_rates
from recon_xl.functions.model import Argument, Example, Takes, WorksheetFunction
from recon_xl.intake.formats.vendor_arithmetic import VendorCharge, recompute_subtotal

MODELS = ("A", "B", "usage")


def round_vendor(
    unit_price: Decimal, quantity: Decimal, vendor_rate: Decimal, model: str, currency_code: str
) -> Decimal:
    """The Subtotal by one of the documented models."""
    require_rates(vendor_rate)
    charge = VendorCharge(
        subtotal=product(unit_price, quantity),
        effective_unit_price=unit_price,
        quantity=quantity,
        exchange_rate=vendor_rate,
        is_usage=model == "usage",
        digits=minor_digits(currency_code),
    )
    return dict(recompute_subtotal(charge))[model]


FUNCTION = WorksheetFunction(
    name="ROUNDVENDOR",
    help="The Subtotal of a vendor line by Microsoft's own rounding: always cut, never half up.",
    arguments=(
        Argument("unit_price", "EffectiveUnitPrice, with all its digits."),
        Argument("quantity", "BillableQuantity."),
        Argument("vendor_rate", "PCToBCExchangeRate; 1 if left out.", True, default=ONE),
        Argument(
            "model",
            "A cuts once, B cuts the unit price, usage cuts twice; A if left out.",
            True,
            takes=Takes.TEXT,
            choices=MODELS,
            default="A",
        ),
        Argument(
            "currency_code",
            "Billing currency, for its minor unit; two decimals if left out.",
            True,
            takes=Takes.CURRENCY,
            default="",
        ),
    ),
    calculate=round_vendor,
    examples=(
        Example("=RECON_ROUNDVENDOR(9.408,12)", "112.89", "=ROUNDDOWN(9.408*12,2)"),
        Example('=RECON_ROUNDVENDOR(9.408,12,1,"B")', "112.8", "=ROUNDDOWN(9.408,2)*12"),
        Example(
            '=RECON_ROUNDVENDOR(0.0124,1234.5,0.846202666,"usage")',
            "12.94",
            "=ROUNDDOWN(ROUNDDOWN(0.0124*1234.5,2)*0.846202666,2)",
        ),
        Example("=RECON_ROUNDVENDOR(-9.408,10)", "-94.08", "=ROUNDDOWN(-9.408*10,2)"),
        Example('=RECON_ROUNDVENDOR({9.408;9.408},12,1,{"A";"B"})', "{112.89;112.8}"),
    ),
    doc=__doc__ or "",
)
