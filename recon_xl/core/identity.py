"""Identity: keys that survive reruns, reordering and months, made from business facts and never from row numbers."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_LEGAL_FORMS = frozenset(
    {"ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "gmbh", "corp", "corporation", "co"}
)


def fingerprint(code: str, *business_keys: str) -> str:
    """A short, stable key: initials of the code and twelve hex digits of what the finding is about.

    >>> fingerprint("unmapped-client", "a", "b") == fingerprint("unmapped-client", "a", "b")
    True
    """
    initials = "".join(word[0] for word in code.split("-")).upper()
    text = "\x1f".join((code, *business_keys))
    return f"{initials}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


@lru_cache(maxsize=65536)
def normalise_name(name: str) -> str:
    """A name without case, punctuation, accents' encoding and legal form: `Alder & Co. Ltd` is `alder`.

    >>> normalise_name("ALDER  Dental, Limited") == normalise_name("Alder Dental Ltd.")
    True
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


@lru_cache(maxsize=65536)
def exact_key(name: str) -> str:
    """A name as it stands but for case and outer spaces, marked so that it never equals a normalised one; blank for none."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return f"={folded}" if folded else ""


@lru_cache(maxsize=65536)
def normalise_label(label: str) -> str:
    """A product or service name without case and punctuation: `Exchange Online (Plan 1)` is `exchange online plan 1`."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", label).casefold()))
