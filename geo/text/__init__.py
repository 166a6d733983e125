"""A file becomes sentences."""
