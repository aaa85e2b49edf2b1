"""Places for mistakes: a scene is made ready before the bill is written, the mistake is planted in it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from recon_xl.sample.catalogue import BUSINESS_PREMIUM, M365_E3, Product
from recon_xl.sample.clients import REVERSE_CHARGE, Client
from recon_xl.sample.deals import Deal
from recon_xl.sample.month import PlantedFault
from recon_xl.sample.planting import Planter
from recon_xl.sample.stories import steady
from recon_xl.sample.workshop import Workshop

MOST, CLOSED = 4, 1000


@dataclass(frozen=True)
class StagedFault:
    """A kind of mistake with a place of its own; `whole` ones concern everything of a client, who has nothing else."""

    name: str
    prepare: Callable[[Workshop], Deal]
    spoil: Callable[[Planter, Deal], PlantedFault]
    whole: bool = False

    def __call__(self, planter: Planter) -> PlantedFault:
        """Plant it in the place that was made ready."""
        return self.spoil(planter, planter.take(self.name))


def by_name(*faults: StagedFault) -> dict[str, StagedFault]:
    """The faults by their names."""
    return {fault.name: fault for fault in faults}


def prepare_all(shop: Workshop, faults: Iterable[str], known: Mapping[str, StagedFault]) -> dict[str, list[Deal]]:
    """Make a place ready for each of the faults that needs one."""
    staged: dict[str, list[Deal]] = {}
    for name in faults:
        if name in known:
            deal = known[name].prepare(shop)
            shop.hosted[deal.client.name] += CLOSED if known[name].whole else 1
            staged.setdefault(name, []).append(deal)
    return staged


def host(shop: Workshop, *products: Product, wanted: Callable[[Client], bool] = lambda client: True) -> Client:
    """An ordinary client without any of these products and with as few mistakes as can be; else a new one."""
    # Every so many clients one is left alone, so that whole clients can still be hidden from the mapping.
    free = [
        client
        for number, client in enumerate(shop.clients)
        if number % shop.spared != 1
        and _ordinary(client)
        and shop.hosted[client.name] < MOST
        and wanted(client)
        and not any(shop.has(client, product) for product in products)
    ]
    if not free:
        return guest(shop, wanted)
    fewest = min(shop.hosted[client.name] for client in free)
    return shop.rng.choice([client for client in free if shop.hosted[client.name] == fewest])


def _ordinary(client: Client) -> bool:
    own_currency = client.currency == client.home.currency
    return own_currency and len(client.tenants) == 1 and not client.certificate and client.region != REVERSE_CHARGE


def guest(shop: Workshop, wanted: Callable[[Client], bool] = lambda client: True) -> Client:
    """A client of whom nothing has been told yet."""
    found = next((client for client in shop.guests if wanted(client)), None)
    if found is None:
        raise LookupError("no client fits this fault; ask for more currencies or fewer faults")
    shop.guests.remove(found)
    shop.clients.append(found)
    return found


def folded(deal: Deal) -> Deal:
    """The deal, to be billed as one line."""
    deal.style = "folded"
    return deal


def furnished(shop: Workshop, client: Client, products: Sequence[Product] = (M365_E3, BUSINESS_PREMIUM)) -> Deal:
    """A client with a steady deal for each of the products; the first deal."""
    deals = [folded(steady(shop, client, product)) for product in products]
    return deals[0]


def deals_of(planter: Planter, client: Client) -> list[Deal]:
    """Everything that a client has."""
    return [deal for deal in planter.assembly.shop.deals.values() if deal.client is client]
