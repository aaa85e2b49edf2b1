"""Proof to the cent: dispositions of vendor lines, controls, and the statement of what was covered (the reckoning, section 5)."""
