"""Draft invoices and credit memos: the full expected bill of the period, one a client and currency (the reckoning, section 6)."""
