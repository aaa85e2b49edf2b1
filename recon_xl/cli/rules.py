"""Show the rule catalogue: what each rule finds, why it matters, and how to clear it."""

from __future__ import annotations

import argparse

from recon_xl.cli.outcome import Outcome
from recon_xl.rules import catalogue

NAME = "rules"
HELP = "show what is checked"
EXAMPLE = "recon-xl rules"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def execute(options: argparse.Namespace) -> Outcome:
    """The catalogue, from the rules themselves."""
    rules = catalogue()
    data = [{"code": r.code, "title": r.title, "severity": r.severity, "doc": r.doc.strip()} for r in rules]
    lines = [
        line for rule in rules for line in (f"{rule.code}  [{rule.severity}]  {rule.title}", _indented(rule.doc), "")
    ]
    return Outcome(0, {"rules": data}, lines)


def _indented(doc: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in doc.strip().splitlines())
