"""Usage against its own past: baselines from Usage History, spikes and drops, and the rows of the Usage tab."""
