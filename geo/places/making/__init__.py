"""How the gazetteer is made: from packages, or from a full GeoNames dump."""

from geo.places.making.build import build

__all__ = ["build"]
