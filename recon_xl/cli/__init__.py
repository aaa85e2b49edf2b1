"""The command line: the headless twin of the ribbon. One file a command, discovered by folder."""

from recon_xl.cli.main import main

__all__ = ["main"]
