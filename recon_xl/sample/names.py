"""Fictional names: no company, person or domain of the sample exists."""

from __future__ import annotations

import random
import re

_FIRST_WORDS = """
Alder Amberfield Birchway Bluewater Bramblewick Brightmoor Cedarline Clearbrook Copperleaf Cragside Deepwell
Driftwood Eastmere Elmhollow Fernbank Foxglove Glenrock Goldcrest Greywater Harborlight Hazelmere Highfen
Ironbridge Junipera Kestrelway Larkspur Lindenau Marigold Millpond Mossbank Northgate Oakenfold Pebblecombe
Quillmark Ravensford Saltmarsh Silverbirch Stonecrop Thistledown Willowmere
"""
_TRADE_WORDS = """
Accounting Aerospace Apparel Architects Bakery Ceramics Clinic Coatings Construction Consulting Dairy Dental
Design Engineering Events Fisheries Foods Forestry Freight Fundraising Gardens Glassworks Hospitality Insurance
Interiors Labs Legal Logistics Machining Media Mobility Nursery Optics Packaging Pharmacy Printing Recycling
Robotics Textiles Veterinary
"""
_SUFFIX = {"US": "LLC", "GB": "Ltd", "DE": "GmbH", "CA": "Inc", "AU": "Pty Ltd", "JP": "KK", "CH": "AG", "KW": "WLL"}
ROLES = ("Accounts Payable", "Finance Office", "IT Purchasing", "Office Manager")


def company_names(rng: random.Random, how_many: int) -> list[tuple[str, str]]:
    """At least so many names: every pair of first word and trade, in an order of its own for each seed.

    Where these are used up, each comes again with a second first word, such as `Alder Birchway Dairy`.
    """
    firsts = _FIRST_WORDS.split()
    pairs = [(first, trade) for first in firsts for trade in _TRADE_WORDS.split()]
    rng.shuffle(pairs)
    following = {first: firsts[place:] + firsts[:place] for place, first in enumerate(firsts)}
    rounds = -(-how_many // len(pairs))
    if rounds > len(firsts):
        raise ValueError(f"{how_many} clients: there are {len(pairs) * len(firsts)} names")
    twice = [(f"{first} {following[first][away]}", trade) for away in range(1, rounds) for first, trade in pairs]
    return pairs + twice


def legal_name(pair: tuple[str, str], country: str) -> str:
    """The name with the suffix of its country."""
    return f"{pair[0]} {pair[1]} {_SUFFIX.get(country, 'Ltd')}"


def slug(name: str) -> str:
    """Lower-case letters, digits and hyphens only: the host part of an .example domain."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


class Ids:
    """Ids in the shapes that vendors use, drawn from a seeded source."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def guid(self) -> str:
        """A GUID such as Partner Center prints for tenants and subscriptions."""
        digits = f"{self._rng.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    def order(self) -> str:
        """A twelve-digit hexadecimal order id; always with a letter, so that it is no number."""
        return f"{self._rng.getrandbits(44):011x}d"
