"""How long checks take, in ratios of paired runs."""
