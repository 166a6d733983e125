"""A sentence becomes a claim."""
