"""Training of the encoder. The only place where torch is imported; nothing else in ``geo`` imports this package."""
