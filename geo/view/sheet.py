"""A map sheet: one view, its map and its cards, as one HTML file that needs neither the app nor a network.

The file forbids itself everything by a content security policy, but for the one style and the one script that are its
own, named by their hashes. Nothing of an article is in either; words of articles stand in the page as escaped text.
Without its script the page still shows the whole map, the list of places and every card.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Sequence
from datetime import date
from itertools import count, pairwise
from typing import Any

from geo.ledger.export import provenance
from geo.ledger.query import Filters, Ledger
from geo.view import backdrop, panel
from geo.view.assets import STATIC
from geo.view.backdrop import Stretch, projected
from geo.view.cards import Evidence, card, grouped
from geo.view.filters import active
from geo.view.happenings import Happening, framed, happenings
from geo.view.kinds import KindLook, look, ordered
from geo.view.map import Bounds, Dot, Way, around
from geo.view.words import plain

MOST = 5_000
"""Claims on one sheet; a page with more would not open."""
SHAPE = 1.7  # how much wider than high the map is
PIXELS = 1000  # the width at which marks have their own size
AREAS_FROM = 40.0  # km: from this doubt on a place is a soft circle too, as in static/map/atlas.js
_TINT = re.compile(r' style="--kind:(#[0-9a-fA-F]{3,8})"')
_BEND, _FAR = 0.16, 0.13  # of a way: its bend, of its length; how far a whole country's end may lie, of the map's width
_WIDE = 70.0  # degrees: on a wider map first-level borders are only noise


def sheet(ledger: Ledger, filters: Filters, made: date) -> bytes:
    """The filtered view as a page to keep; ``made`` is the day that the page bears.

    Holds every claim of ``ledger.claims(filters)``, newest event first, up to ``MOST``; beyond that it says what it
    leaves out.
    """
    events = happenings(_evidence(ledger, filters), fold=False)
    found = [one for event in events for one in event.told]
    hidden = ledger.hidden(filters)
    places = ledger.rows.places(filters)
    kinds = ordered(ledger.kinds)
    title, _ = panel.title(ledger, filters, hidden)
    looks = [look(kind) for kind in kinds]
    head = f'<p class="wordmark">Claim Atlas</p><h1 class="title">{plain(title)}</h1>{_lead(filters, made)}'
    drawn = _map(panel.dots(places, kinds), panel.ways(ledger.ways(filters), kinds), looks)
    parts = [
        f"<header>{head}</header>",
        f'<main><div class="where">{drawn}{panel.legend(looks)}',
        f"{panel.left_out(hidden)}{_index(places, found)}</div>{_cards(ledger, events, hidden.matching)}</main>",
        _foot(ledger),
    ]
    return _page(title, "".join(parts)).encode("utf-8", "replace")


def _evidence(ledger: Ledger, filters: Filters) -> list[Evidence]:
    """The first claims of the view, ``MOST`` of them, each with all its places: the view may be of one of them only."""
    found = ledger.rows.claims(filters, columns=["claim_id"])
    ids = list(dict.fromkeys(row["claim_id"] for row in found))[:MOST]
    if not ids:
        return []
    whole = {one.claim["claim_id"]: one for one in grouped(ledger.rows.claims(Filters(claims=tuple(ids))))}
    return [whole[id] for id in ids]


# ---- the page ------------------------------------------------------------------------------------


def _page(title: str, body: str) -> str:
    """A whole document. Inline styles, which the policy forbids, become rules of its one style."""
    tints = dict.fromkeys(_TINT.findall(body))
    body = _TINT.sub(lambda found: f' data-tint="{found[1][1:]}"', body)
    rules = "".join(f'[data-tint="{tint[1:]}"] {{ --kind: {tint}; }}\n' for tint in tints)
    style = "\n".join([_static("page.css"), _static("sheet", "sheet.css"), rules])
    script = _static("sheet", "sheet.js")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{plain(title)}</title>\n<link rel="icon" href="data:,">\n'
        f'<style>{style}</style>\n</head>\n<body class="sheet">\n{body}\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _static(*path: str) -> str:
    return STATIC.joinpath(*path).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _lead(filters: Filters, made: date) -> str:
    """What was asked for, and when."""
    asked = "; ".join(plain(re.sub(r"\\(.)", r"\1", words)) for words, _ in active(filters))
    return f'<p class="lead">{f"Only: {asked}. " if asked else ""}Taken from the atlas on {made.day} {made:%B %Y}.</p>'


def _index(places: Sequence[dict[str, Any]], found: Sequence[Evidence]) -> str:
    """The places, each with links to its cards: the way to them without the map."""
    at: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        for id in dict.fromkeys(row["place_id"] for row in one.places if row["pin"]):
            at.setdefault(id, []).append(number)
    items = "".join(
        f'<li id="place{place["place_id"]}"><a class="to-place" href="#place{place["place_id"]}" '
        f'data-place="{place["place_id"]}"><bdi>{plain(place["place_name"])}</bdi></a> '
        f"<span>{plain(panel.area(place))}</span> "
        + " ".join(
            f'<a href="#claim{n}" aria-label="claim {n + 1}, {plain(place["place_name"])}">{n + 1}</a>'
            for n in at.get(place["place_id"], ())
        )
        + "</li>"
        for place in places
    )
    return (
        f'<details class="index"><summary>{len(places)} {"place" if len(places) == 1 else "places"} with a marker'
        f"</summary><ul>{items}</ul></details>"
        if places
        else ""
    )


def _cards(ledger: Ledger, events: Sequence[Happening], n: int) -> str:
    """Every claim on a card, those of one event together, with what its tellers do not agree about."""
    numbers = count()
    items = "".join(
        framed(
            event,
            panel.tellers(ledger, event) if event.disagreements else {},
            f'<ol class="cards">{"".join(_item(next(numbers), one) for one in event.told)}</ol>',
        )
        for event in events
    )
    found = sum(len(event.told) for event in events)
    left = (
        f'<p class="notice">This page holds the newest {MOST} of {n} claims. A CSV has all of them.</p>'
        if n > found
        else ""
    )
    none = "" if found else '<p class="notice">Nothing matches these filters.</p>'
    total = f"{n} {'claim' if n == 1 else 'claims'}"
    return (
        f'<section aria-label="Claims"><h2 class="side" id="shown" tabindex="-1" data-all="{total}">{total}</h2>'
        f'<p><button type="button" id="all" hidden>Show all claims</button></p>{left}{none}'
        f'<div class="told">{items}</div></section>'
    )


def _item(number: int, one: Evidence) -> str:
    places = " ".join(str(row["place_id"]) for row in one.places if row["pin"])
    return f'<li id="claim{number}" data-places="{places}"><span class="number">{number + 1}</span>{card(one)}</li>'


def _foot(ledger: Ledger) -> str:
    versions = "; ".join(f"{plain(name)} {plain(value)}" for name, value in provenance(ledger).items() if value)
    return (
        '<footer class="foot"><p>A claim is what somebody published, not what is known to have happened. '
        "Places: GeoNames, CC BY 4.0. Base map: Natural Earth, public domain.</p>"
        f"<p>Made with: {versions}.</p></footer>"
    )


# ---- the map -------------------------------------------------------------------------------------


def _map(dots: Sequence[Dot], ways: Sequence[Way], kinds: Sequence[KindLook]) -> str:
    """The places over the base map, as one SVG; every marker is a link to its place."""
    if not dots:
        return ""
    points = [(dot.lat, dot.lon) for dot in dots]
    home = backdrop.stretch(around(points), shape=SHAPE)
    whole = backdrop.stretch(_all(points, around(points)), shape=SHAPE, margin=0.5)
    unit = home.width / PIXELS
    lines = "".join(_way(way, kinds, home) for way in ways)
    marks = (
        "".join(_area(dot, kinds) for dot in dots) + lines + "".join(_marker(dot, kinds, unit) for dot in reversed(dots))
    )
    labels = "".join(
        f'<g class="at" data-x="{x:.4f}" data-y="{y:.4f}" data-from="{zoom}" transform="translate({x:.4f} {y:.4f}) '
        f'scale({unit:.6g})"><text class="country">{name}</text></g>'
        for name, x, y, zoom in backdrop.names(whole)
    )
    buttons = "".join(
        f'<button type="button" data-do="{do}" aria-label="{words}">{sign}</button>'
        for do, words, sign in (("in", "Zoom in", "+"), ("out", "Zoom out", "−"), ("home", "Back to the first view", "⌂"))
    )
    return (
        f'<div class="map"><div class="buttons" hidden>{buttons}</div>'
        f'<svg id="map" viewBox="{_box(home)}" data-home="{_box(home)}" data-whole="{_box(whole)}" role="group" '
        f'aria-label="Map of {len(dots)} places">{backdrop.drawn(whole, home if home.width < _WIDE else None)}'
        f'<g aria-hidden="true">{labels}</g>{marks}</svg></div>'
    )


def _all(points: Sequence[tuple[float, float]], at_least: Bounds) -> Bounds:
    lats, lons = (sorted([*(p[n] for p in points), *(corner[n] for corner in at_least)]) for n in (0, 1))
    return (lats[0], lons[0]), (lats[-1], lons[-1])


def _box(part: Stretch) -> str:
    return f"{part.left:.4f} {part.top:.4f} {part.width:.4f} {part.height:.4f}"


def _main(dot: Dot, kinds: Sequence[KindLook]) -> KindLook:
    return kinds[dot.counts.index(max(dot.counts))]


def _area(dot: Dot, kinds: Sequence[KindLook]) -> str:
    """The soft circle of a place that is wide: its radius in degrees, grown as the projection grows things."""
    if dot.radius_km < AREAS_FROM:
        return ""
    x, y = projected(dot.lat, dot.lon)
    radius = dot.radius_km / 111.2 / math.cos(math.radians(min(80.0, abs(dot.lat))))
    return f'<circle class="soft" cx="{x:.4f}" cy="{y:.4f}" r="{radius:.3f}" fill="{plain(_main(dot, kinds).colour)}"/>'


def _marker(dot: Dot, kinds: Sequence[KindLook], unit: float) -> str:
    """A disc cut into its kinds, as the app draws it, with its name beside it."""
    x, y = projected(dot.lat, dot.lon)
    r = min(26.0, 9 + 3 * math.sqrt(max(0, sum(dot.counts) - 1)))
    n = sum(dot.counts)
    title = f"{dot.name}: {n} {'claim' if n == 1 else 'claims'}"
    return (
        f'<a class="pin at" href="#place{dot.id}" data-place="{dot.id}" data-x="{x:.4f}" data-y="{y:.4f}" '
        f'data-r="{r:.1f}" aria-label="{plain(title)}" transform="translate({x:.4f} {y:.4f}) scale({unit:.6g})">'
        f'<title>{plain(title)}</title><circle class="halo" r="{r + 4:.1f}"/><circle class="rim" r="{r + 1.5:.1f}"/>'
        f"{_slices(dot, kinds, r)}{_rim(dot, r)}{_origins(dot, r)}"
        f'<text class="name" x="{r + 5:.1f}" aria-hidden="true">{plain(dot.name)}</text></a>'
    )


def _slices(dot: Dot, kinds: Sequence[KindLook], r: float) -> str:
    parts = [(n, kind) for n, kind in zip(dot.counts, kinds, strict=True) if n]
    whole, turn, shapes, letters = sum(dot.counts), -math.pi / 2, "", ""
    for n, kind in parts:
        share, colour = n / whole * 2 * math.pi, plain(kind.colour)
        middle, far = turn + share / 2, (0.0 if len(parts) == 1 else r * 0.56)
        if len(parts) == 1:
            shapes += f'<circle r="{r:.1f}" fill="{colour}"/>'
        else:
            edges = [f"{r * math.cos(angle):.2f} {r * math.sin(angle):.2f}" for angle in (turn, turn + share)]
            large = int(share > math.pi)
            shapes += f'<path d="M0 0L{edges[0]}A{r:.1f} {r:.1f} 0 {large} 1 {edges[1]}Z" fill="{colour}"/>'
        if share > 0.7:
            size = max(7.5, min(15.0, r if len(parts) == 1 else r * 0.62))
            at = f'x="{far * math.cos(middle):.1f}" y="{far * math.sin(middle):.1f}"'
            letters += f'<text class="letter" {at} font-size="{size:.1f}">{plain(kind.letter)}</text>'
        turn += share
    if dot.rim == "denied":
        hole = "".join(plain(kind.letter) for _, kind in parts)
        return f'{shapes}<circle class="hole" r="{r * 0.68:.1f}"/><text class="letter hollow" font-size="9">{hole}</text>'
    return shapes + letters


def _rim(dot: Dot, r: float) -> str:
    return f'<circle class="alleged" r="{r + 1.5:.1f}"/>' if dot.rim == "alleged" else ""


def _origins(dot: Dot, r: float) -> str:
    """How many independent texts tell of it, where that is more than one."""
    if dot.origins < 2:
        return ""
    at = f"{r * 0.78:.1f}"
    number = f'<text class="letter hollow" x="{at}" y="-{at}" font-size="9">{dot.origins}</text>'
    return f'<circle class="badge" cx="{at}" cy="-{at}" r="7"/>{number}'


def _way(way: Way, kinds: Sequence[KindLook], home: Stretch) -> str:
    """What is said to have passed: a bent line with an arrow, dashed where it is only alleged.

    Of a whole country only the direction is meant: the line begins, or ends, near the other stop and bears its name.
    """
    ends = [projected(stop.lat, stop.lon) for stop in way.stops]
    points, last = list(ends), len(ends) - 1
    for at, beside in ((0, 1), (last, last - 1)):
        if not way.stops[at].pointed and (way.stops[beside].pointed or last > 1):
            points[at] = _nearer(ends[at], ends[beside], home.width * _FAR)
    line, unit = f"M{points[0][0]:.4f} {points[0][1]:.4f}", home.width / PIXELS
    for (ax, ay), (bx, by) in pairwise(points):
        middle = (ax + bx) / 2 + (by - ay) * _BEND, (ay + by) / 2 - (bx - ax) * _BEND
        line += f"Q{middle[0]:.4f} {middle[1]:.4f} {bx:.4f} {by:.4f}"
    turn = math.degrees(math.atan2(points[-1][1] - middle[1], points[-1][0] - middle[0]))
    colour, firmness = plain(kinds[way.kind].colour), {"alleged": ", alleged", "denied": ", denied"}.get(way.rim, "")
    names = [plain(stop.name) for stop in way.stops]
    told = (
        f"From {' by way of '.join(names[:-1])} to {names[-1]}: {way.n} {'claim' if way.n == 1 else 'claims'}{firmness}"
    )
    x, y = points[-1]
    arrow = (
        f'<g class="fix" data-x="{x:.4f}" data-y="{y:.4f}" data-turn="{turn:.1f}" transform="translate({x:.4f} {y:.4f}) '
        f'scale({unit:.6g}) rotate({turn:.1f})"><path d="M-12 0L-22 5L-22 -5Z" fill="{colour}"/></g>'
    )
    labels = "".join(_end_name(points[at], way.stops[at].name, unit) for at in (0, last) if points[at] != ends[at])
    path = f'<path class="way {plain(way.rim)}" d="{line}" stroke="{colour}"/>'
    return f"<g><title>{told}</title>{path}{arrow}{labels}</g>"


def _nearer(end: tuple[float, float], other: tuple[float, float], far: float) -> tuple[float, float]:
    long = math.dist(end, other)
    if long <= far:
        return end
    return other[0] + (end[0] - other[0]) * far / long, other[1] + (end[1] - other[1]) * far / long


def _end_name(at: tuple[float, float], name: str, unit: float) -> str:
    x, y = at
    return (
        f'<g class="fix" data-x="{x:.4f}" data-y="{y:.4f}" data-turn="0" transform="translate({x:.4f} {y:.4f}) '
        f'scale({unit:.6g})"><text class="country" y="-6">{plain(name)}</text></g>'
    )
