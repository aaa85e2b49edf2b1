"""Puts recon-xl's tabs into a workbook that lacks them: a user's own, or one of an earlier version."""

from recon_xl.hosts.upgrade.upgrade import Upgraded, upgrade

__all__ = ["Upgraded", "upgrade"]
