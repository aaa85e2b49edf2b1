"""Which tax regions can be told to be of another country. Silent wherever a name could mean something else."""

from __future__ import annotations

import re
from functools import lru_cache

# ISO 3166-1 alpha-2 of the countries that levy a value added, goods and services or sales tax under names of their own.
_CODES = """
    AE AR AT AU BE BG BH BR CA CH CL CN CO CR CY CZ DE DK EE ES FI FR GB GE GR HK HR HU ID IE IL IN IS IT JP KE KR KW KZ LI LT
    LU LV MA MT MX MY NG NL NO NZ OM PE PH PK PL PT QA RO RS SA SE SG SI SK TH TN TR TW UA US UY VN ZA
"""
_COUNTRIES = frozenset(_CODES.split())
_OTHER_NAMES = {"UK": "GB", "EL": "GR", "XI": "GB", "IM": "GB", "MC": "FR"}
"""Codes of customs and tax offices, and places within another country's tax."""

_NAMES_STATES_BY_TWO_LETTERS = frozenset({"AR", "AU", "BR", "CA", "CH", "CN", "ES", "IN", "IT", "MX", "MY", "US"})
"""Here DE can be Delaware, CA California and BE Bern: a region of two letters tells no country."""

_leading_code = re.compile(r"([A-Za-z]{2})(?![A-Za-z0-9])").match


@lru_cache(maxsize=4096)
def is_of_another_country(region: str, country: str) -> bool:
    """True where a tax region begins with a country's code, the client has another one, and nothing else can be meant.

    >>> is_of_another_country("DE", "FR"), is_of_another_country("DE-19", "FR"), is_of_another_country("Germany", "FR")
    (True, True, False)
    >>> is_of_another_country("CA", "US"), is_of_another_country("UK", "GB"), is_of_another_country("EU", "FR")
    (False, False, False)
    """
    found = _leading_code(region.strip())
    own = _plain(country)
    if found is None or own not in _COUNTRIES or own in _NAMES_STATES_BY_TWO_LETTERS:
        return False
    named = _plain(found[1])
    return named in _COUNTRIES and named != own


def _plain(code: str) -> str:
    upper = code.strip().upper()
    return _OTHER_NAMES.get(upper, upper)
