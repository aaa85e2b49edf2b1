"""How amounts and dates are written in each declared locale. Once declared, nothing is ambiguous."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NO_BREAK, _NARROW, _THIN = "\u00a0", "\u202f", "\u2009"
_ALWAYS_GROUPS = f"{_NO_BREAK}{_NARROW}{_THIN}'\u2019"
"""Nobody's decimal mark: as grouping marks they are clear in every locale."""

_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"
)
CURRENCY_CODES = frozenset(_CODES.split())
"""ISO 4217 codes that may stand beside an amount; `DEC 12` is not one."""


@dataclass(frozen=True, slots=True)
class Locale:
    """One declared way of writing: the decimal mark, the grouping marks, and the order of a date."""

    name: str
    decimal: str
    groups: str
    date_order: str
    date_mark: str
    sample_amount: str
    sample_date: str

    @property
    def number(self) -> re.Pattern[str]:
        """An unsigned amount: plain digits or correct groups of three, decimals, an exponent without groups."""
        mark = re.escape(self.decimal)
        grouped = rf"[1-9][0-9]{{0,2}}(?:(?P<group>[{re.escape(self.groups)}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*)"
        plain = rf"(?:[0-9]+(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?"
        return re.compile(f"{grouped}(?:{mark}[0-9]*)?|{plain}" if self.groups else plain)


LOCALES: dict[str, Locale] = {
    locale.name: locale
    for locale in (
        Locale("en-US", ".", f",{_ALWAYS_GROUPS}", "MDY", "/", "1,234.56", "10/31/2026"),
        Locale("en-GB", ".", f",{_ALWAYS_GROUPS}", "DMY", "/", "1,234.56", "31/10/2026"),
        Locale("de-DE", ",", f".{_ALWAYS_GROUPS}", "DMY", ".", "1.234,56", "31.10.2026"),
        Locale("fr-FR", ",", f" {_ALWAYS_GROUPS}", "DMY", "/", "1 234,56", "31/10/2026"),
        Locale("iso", ".", "", "YMD", "-", "1234.56", "2026-10-31"),
    )
}
