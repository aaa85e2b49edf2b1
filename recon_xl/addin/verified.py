"""What has been seen in a real Excel, and by whom: the signatures of the smoke test."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Signature:
    """One signed run of the smoke test."""

    version: str
    excel: str
    system: str
    date: date
    name: str
    remarks: str = ""


def signatures() -> tuple[Signature, ...]:
    """Every signed run, oldest first."""
    text = files("recon_xl.addin").joinpath("verified.toml").read_text(encoding="utf-8")
    found = (Signature(**block) for block in tomllib.loads(text).get("signed", []))
    return tuple(sorted(found, key=lambda one: one.date))


def verified_sentence(version: str, excel: str) -> str:
    """Whether this version was seen in an Excel, in one sentence; `excel` is the version on this computer, if known."""
    mine = [one for one in signatures() if one.version == version]
    if mine:
        return "; ".join(f"verified in Excel {one.excel} on {one.system}, {one.date}, {one.name}" for one in mine)
    return (
        f"not yet verified in Excel{f' {excel}' if excel else ''}: docs/excel-smoke-test.md is unsigned for {version}"
    )
