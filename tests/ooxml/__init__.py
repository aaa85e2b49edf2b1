"""Tests of `recon_xl.ooxml`."""
