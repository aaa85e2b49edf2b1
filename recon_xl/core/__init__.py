"""Pure and small: money, rounding, charge cycles, proration, price methods, identity. No files, no Excel, no clock."""
