"""Mistakes planted on purpose, each in a place of its own, each with the money it is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from recon_xl.sample.agreement_faults import AGREEMENT_FAULTS
from recon_xl.sample.assemble import Assembly
from recon_xl.sample.count_faults import COUNT_FAULTS
from recon_xl.sample.currency_faults import CURRENCY_FAULTS
from recon_xl.sample.deals import Deal
from recon_xl.sample.mapping_faults import MAPPING_FAULTS
from recon_xl.sample.money import minor_units
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import (
    Planter,
    bill_quantity,
    bill_without_source,
    duplicate_billed,
    duplicate_vendor,
    leave_unbilled,
    round_differently,
)
from recon_xl.sample.price_faults import PRICE_FAULTS
from recon_xl.sample.staging import prepare_all
from recon_xl.sample.tax_faults import TAX_FAULTS
from recon_xl.sample.term_faults import TERM_FAULTS
from recon_xl.sample.unmapping import (
    hide_client,
    hide_client_but_bill,
    hide_product,
    hideable_clients,
    hideable_products,
)
from recon_xl.sample.usage_faults import USAGE_FAULTS
from recon_xl.sample.vendor_faults import VENDOR_FAULTS
from recon_xl.sample.workshop import Workshop

CENT = Fraction(1, 100)


def places_needed(faults: Iterable[str]) -> int:
    """Clients to keep free for faults that need one of their own."""
    return sum(name in STAGED for name in faults)


def stage(shop: Workshop, faults: Iterable[str]) -> dict[str, list[Deal]]:
    """Make a place ready for each fault that needs one; called before the bill is written."""
    return prepare_all(shop, faults, STAGED)


def plant(
    assembly: Assembly, faults: Iterable[str], seed: int | str, staged: Mapping[str, Sequence[Deal]] | None = None
) -> tuple[PlantedFault, ...]:
    """Plant each named fault once; a name given twice is planted in two places. Whole clients are hidden first."""
    planter, names = Planter(assembly, seed, staged), list(faults)
    planter.closed |= {
        deal.client.name for name, deals in (staged or {}).items() if STAGED[name].whole for deal in deals
    }
    order = sorted(range(len(names)), key=lambda number: not names[number].startswith("unmapped"))
    planted = {number: FAULTS[names[number]](planter) for number in order}
    return tuple(planted[number] for number in range(len(names)))


def _underbilled(planter: Planter) -> PlantedFault:
    deal = planter.find(planter.plain)
    quantity = deal.billed[0].quantity
    return bill_quantity(planter, deal, quantity - planter.rng.randint(1, min(5, int(quantity) - 1)))


def _overbilled(planter: Planter) -> PlantedFault:
    deal = planter.find(planter.plain)
    return bill_quantity(planter, deal, deal.billed[0].quantity + planter.rng.randint(1, 5))


def _underbilled_minimum(planter: Planter) -> PlantedFault:
    """Bill the seats there are, where a least number above them was agreed."""

    def wanted(deal: Deal) -> bool:
        seats = sum((line.quantity for line in deal.lines), Fraction(0))
        fewer = deal.product.quantity == "vendor" and seats < (deal.minimum or 0)
        return fewer and len(deal.billed) == 1 and deal.billed[0].unit is not None

    deal = planter.find(wanted)
    return bill_quantity(planter, deal, deal.lines[0].quantity)


def _unbilled(planter: Planter) -> PlantedFault:
    def wanted(deal: Deal) -> bool:
        priced = deal.basis != "as billed" and not deal.timing and deal.style != "subscription" and not deal.usage
        renewed = any(line.charge == "renew" and line.subscription.term != "P1M" for line in deal.lines)
        return priced and not renewed and bool(deal.billed) and planter.expected(deal).amount > 1

    return leave_unbilled(planter, planter.find(wanted))


def _billed_without_source(planter: Planter) -> PlantedFault:
    shop = planter.assembly.shop
    template = planter.find(
        lambda deal: deal.product.name in ("Microsoft 365 Business Basic", "Microsoft 365 E3") and bool(deal.billed)
    )
    planter.used.discard(template.key)
    open_clients = [
        client
        for client in shop.clients
        if client.name not in planter.closed and not shop.has(client, template.product)
    ]
    if not open_clients:
        raise LookupError("every client has the product")
    deal = shop.deal(planter.rng.choice(open_clients), template.product)
    deal.price = shop.list_price(deal, "7.50") if deal.basis == "list" else shop.sell_price(deal)
    return bill_without_source(planter, deal, planter.rng.randint(2, 15), deal.price)


def _duplicate_vendor(planter: Planter) -> PlantedFault:
    return duplicate_vendor(
        planter, planter.find(lambda deal: not deal.usage and any(line.subtotal > 0 for line in deal.lines))
    )


def _duplicate_billed(planter: Planter) -> PlantedFault:
    return duplicate_billed(planter, planter.find(planter.plain))


def _rounding(planter: Planter) -> PlantedFault:
    def wanted(deal: Deal) -> bool:
        priced = deal.basis != "as billed" and not deal.timing and deal.style != "subscription"
        return priced and len(deal.billed) == 1 and minor_units(deal.client.currency) == 2 and deal.billed_net() > 1

    return round_differently(planter, planter.find(wanted), planter.rng.choice((-2, -1, 1, 2)) * CENT)


def _unmapped_client(planter: Planter) -> PlantedFault:
    return hide_client(planter.assembly, _client(planter))


def _unmapped_client_billed(planter: Planter) -> PlantedFault:
    return hide_client_but_bill(planter.assembly, _client(planter, by_one_name=True))


def _client(planter: Planter, *, by_one_name: bool = False) -> str:
    touched = {client for client, _ in planter.used} | planter.closed
    free: Sequence[str] = [
        name for name in hideable_clients(planter.assembly, by_one_name=by_one_name) if name not in touched
    ]
    if not free:
        raise LookupError("no client left to hide")
    name = planter.rng.choice(free)
    planter.closed.add(name)
    return name


def _unmapped_product(planter: Planter) -> PlantedFault:
    rare = hideable_products(planter.assembly)
    deal = planter.find(lambda deal: deal.product.name in rare)
    return hide_product(planter.assembly, deal)


STAGED = {
    **PRICE_FAULTS, **TERM_FAULTS, **CURRENCY_FAULTS, **VENDOR_FAULTS, **MAPPING_FAULTS, **TAX_FAULTS,
    **AGREEMENT_FAULTS, **COUNT_FAULTS, **USAGE_FAULTS,
}  # fmt: skip
FAULTS: dict[str, Callable[[Planter], PlantedFault]] = {
    "underbilled": _underbilled,
    "underbilled-minimum": _underbilled_minimum,
    "overbilled": _overbilled,
    "unbilled": _unbilled,
    "billed-without-source": _billed_without_source,
    "unmapped-client": _unmapped_client,
    "unmapped-client-billed": _unmapped_client_billed,
    "unmapped-product": _unmapped_product,
    "duplicate-vendor-line": _duplicate_vendor,
    "duplicate-billed-line": _duplicate_billed,
    "rounding": _rounding,
    **STAGED,
}
