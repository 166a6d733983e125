"""Claims on disk: written whole or not at all, read through DuckDB, corrected by people, exported with citations."""
