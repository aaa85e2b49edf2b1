"""Laws that hold for every month, tried on months that Hypothesis draws."""
