"""The atlas: claims in the news, each with its place, its dates, its voice and its reason.

Rooms, from the first to the last; a module imports only from rooms before its own:
faults, text, model, places, claims, ledger, build, view, __main__.
"""

__version__ = "0.1.0"
