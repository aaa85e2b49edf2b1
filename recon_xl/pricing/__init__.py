"""Price rules and billing profiles: what each source line should be billed at (the reckoning, section 3)."""
