"""The small encoder and the grammar: what is learned, not ruled."""
