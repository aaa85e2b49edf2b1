"""Realistic months of a managed service provider, clean or with planted faults, from a seed.

The demo month shows the product; generated months of any size test it. Nothing here uses the
product's own arithmetic: what should be billed is worked out a second time, in exact fractions.
"""

from recon_xl.sample.generate import generate_month
from recon_xl.sample.month import Month, PlantedFault
from recon_xl.sample.showcase import sample_month
from recon_xl.sample.writing import write_month

__all__ = ["Month", "PlantedFault", "generate_month", "sample_month", "write_month"]
