"""Headers with a letter that only looks like the right one: a Cyrillic `С` in `Сustomer` is another header."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from recon_xl.contract import normalise_header
from recon_xl.core.errors import InputError

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХУаеѕіјорсухԁԛԝһ", "ABESIJKMHOPCTXYaesijopcyxdqwh", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν", "ABEZHIKMNOPTYXoiv", strict=True))
_LATIN = str.maketrans({**_CYRILLIC, **_GREEK})


def refuse_lookalikes(where: str, headers: Sequence[str], known: Collection[str]) -> None:
    """`InputError` for a header that is a known one but for letters of another alphabet; `known` are normalised."""
    for header in headers:
        meant = header.translate(_LATIN)
        if meant == header or normalise_header(meant) not in known:
            continue
        letter = next(one for one, other in zip(header, meant, strict=True) if one != other)
        raise InputError(
            where=f"{where} > {header}",
            found=f"the header {header!r}, in which {letter!r} is {unicodedata.name(letter).lower()} (U+{ord(letter):04X})",
            expected=f"{meant!r} in Latin letters",
            todo="Type the header anew.",
        )
