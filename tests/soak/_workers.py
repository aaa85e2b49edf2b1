"""Processes to kill: each begins as a copy of one that has loaded everything, so that thousands cost little."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

TESTS = Path(__file__).parents[1]


def workers(module: str) -> ForkServerContext:
    """Where processes come from that have loaded a soak's module."""
    # The server looks for modules here, and not where this process found them.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["soak.kills", "soak.faults", "soak.writers", module])
    return context


def told(here: Connection) -> str:
    """What a process that has ended said last; nothing where it had no time to."""
    try:
        return str(here.recv()) if here.poll() else ""
    except EOFError:
        return ""
    finally:
        here.close()
