"""How faithfully, how safely and how fast documents are read, measured on real files."""
