"""Events across blocks: claims of a kind at one place, in one province, or in the same rare words, shared out by key.

As ``geo.claims.events`` finds them in memory, by the same functions, for a corpus of any size. Steps, each with a task
for every block or bucket:

    items      block    every claim with its origin and words; its words, by word
    rarity     bucket   in how many articles each word stands
    weighed    block    how much the words of each claim tell; claims with a place, by kind and place; rare words, by word
    scenes     bucket   happenings of one kind at one place; those with days, by kind and province
    provinces  bucket   a province's happenings with the one place's that they belong to
    words      bucket   claims with a rare word in common, as pairs
    edges      bucket   pairs that tell of one happening by their words
    chains     once     happenings that edges join: the only step that sees all edges, as pairs of numbers
    tellers    block    claims of happenings with several, or with edges, by happening or chain
    joins      bucket   edges, by chain
    events     bucket   the events
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.build import copies
from geo.build.copies import NUMBER
from geo.build.exchange import Numbers, components, joined_with, shared_out
from geo.build.inputs import Block
from geo.build.job import SHIFT, Job, beyond, first_of, told
from geo.claims import events
from geo.claims.claim import Claim, Voice
from geo.claims.events import Happening, Item
from geo.claims.likeness import Rarity, Words, telling, weight
from geo.claims.reuse import originated, source
from geo.places.place import Place
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.span import Span

TEXT, DAY, WHOLE = pa.string(), pa.date32(), pa.int64()
ITEM = [
    ("at", NUMBER),
    ("claim", TEXT),
    ("kind", TEXT),
    ("article", TEXT),
    ("start", WHOLE),
    ("published", DAY),
    ("first", DAY),
    ("last", DAY),
    ("planned", pa.bool_()),
    ("place", WHOLE),
    ("place_name", TEXT),
    ("place_kind", TEXT),
    ("country", TEXT),
    ("admin1", TEXT),
]
ITEMS = pa.schema(
    [*ITEM, ("stance", TEXT), ("speaker", TEXT), ("origin", TEXT), ("sentence", TEXT), ("words", pa.list_(TEXT))]
)
WEIGHED = pa.schema([*ITEMS, ("weights", pa.list_(pa.float64()))])
COUNTED = pa.schema([("word", TEXT), ("articles", WHOLE)])
PLACED = pa.schema(ITEM)
KEYS = pa.schema([("key", NUMBER), ("at", NUMBER)])
MEMBERS = pa.schema([("at", NUMBER), ("happening", NUMBER)])
DATED = pa.schema(
    [
        ("happening", NUMBER),
        ("kind", TEXT),
        ("first", DAY),
        ("last", DAY),
        ("place", WHOLE),
        ("place_name", TEXT),
        ("place_kind", TEXT),
        ("country", TEXT),
        ("admin1", TEXT),
    ]
)
PAIRS = pa.schema([("one", NUMBER), ("other", NUMBER)])
EDGES = pa.schema(
    [*PAIRS, ("happening", NUMBER), ("another", NUMBER), ("likeness", pa.float64()), ("words", pa.list_(TEXT))]
)
CHAINS = pa.schema([("happening", NUMBER), ("chain", NUMBER)])
TELLERS = pa.schema([*ITEMS, ("happening", NUMBER)])
NAMED = pa.schema([("at", NUMBER), ("event", TEXT)])
EVENTS = pa.schema([("key", NUMBER), ("event", TEXT), ("because", TEXT), ("origins", WHOLE), ("disagreements", TEXT)])


# ---- claims and the rarity of their words ----------------------------------------------------------------------------


def list_items(job: Job, block: Block, outlets: frozenset[str]) -> Any:
    """Every claim of a block with its origin, and its words by word."""
    first, number = copies.sources(job, block), first_of(block)
    rows: list[dict[str, Any]] = []
    having: Counter[str] = Counter()
    articles = 0
    for one in told(job, block):
        article = source(one.reading.article)
        begun: dict[int, int] = {}
        found: set[str] = set()
        for claim in one.reading.claims:
            at = begun.setdefault(claim.sentence.span.start, number)
            words = telling(claim.sentence.text)
            rows.append(_row(number, originated(claim, article, first.get(at, article), outlets), words))
            found |= words
            number += 1
        having.update(found)
        articles += bool(one.reading.claims)
    job.exchange.put("items", block.number, [pa.Table.from_pylist(rows, ITEMS)], None)
    words = pa.table([list(having), list(having.values())], schema=COUNTED)
    keys = np.fromiter((zlib.crc32(word.encode()) for word in having), np.uint64, len(having))
    return job.exchange.put("counted", block.number, shared_out(words, keys, job.buckets), articles)


def _row(number: int, claim: Claim, words: Iterable[str]) -> dict[str, Any]:
    place, article = events.scene(claim), claim.sentence.article
    return {
        "at": number,
        "claim": claim.id,
        "kind": claim.kind,
        "article": article.id,
        "start": claim.sentence.span.start,
        "published": article.published.first,
        "first": claim.event_date.first,
        "last": claim.event_date.last,
        "planned": claim.planned,
        **_place_row(place),
        "stance": claim.voice.stance,
        "speaker": claim.voice.speaker,
        "origin": claim.origin,
        "sentence": claim.sentence.text,
        "words": sorted(words),
    }


def _place_row(place: Place | None) -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(("place", "place_name", "place_kind", "country", "admin1"))
    return {
        "place": place.id,
        "place_name": place.name,
        "place_kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
    }


def count_words(job: Job, bucket: int) -> Any:
    """In how many articles each word of a bucket stands."""
    table = job.exchange.bucket("counted", bucket).group_by("word").aggregate([("articles", "sum")])
    table = pa.table([table["word"], table["articles_sum"]], schema=COUNTED).combine_chunks()
    return job.exchange.put("rarity", bucket, [table], len(table))


def weigh_items(job: Job, block: Block, articles: int) -> Any:
    """How much the words of a block's claims tell; places and rare words shared out."""
    items = job.exchange.part("items", block.number)
    own = pc.unique(pc.list_flatten(items["words"]))
    weights: dict[str, float] = {}
    for bucket in range(job.buckets):
        known = job.exchange.part("rarity", bucket)
        known = known.filter(pc.is_in(known["word"], value_set=own))
        weights |= {w: weight(articles, n) for w, n in zip(*(known[c].to_pylist() for c in COUNTED.names), strict=True)}
    lists = items["words"].to_pylist()
    told = pa.array([[weights[word] for word in words] for words in lists], pa.list_(pa.float64()))
    weighed = items.append_column("weights", told)
    job.exchange.put("weighed", block.number, [weighed.cast(WEIGHED)], None, packed=False)
    rows = weighed.to_pylist()
    placed = [n for n, row in enumerate(rows) if events.spot(_place(row)) is not None]
    keys = _hashes([f"{rows[n]['kind']} {rows[n]['place']}" for n in placed])
    there = items.select(PLACED.names).take(pa.array(placed, WHOLE))
    job.exchange.put("placed", block.number, shared_out(there, keys, job.buckets), None)
    looked = [(f"{kind} {month} {word}", row["at"]) for row in rows for kind, word, month in events.keys(_item(row))]
    keys = _hashes([key for key, _ in looked])
    table = pa.table([keys, np.array([at for _, at in looked], np.uint64)], schema=KEYS)
    return job.exchange.put("keys", block.number, shared_out(table, keys, job.buckets), len(table))


def _hashes(names: Sequence[str]) -> Numbers:
    """Numbers of 64 bits that are the same everywhere."""
    plain = [name.encode("utf-8", "surrogatepass") for name in names]
    return np.fromiter((zlib.crc32(name) << 32 | zlib.adler32(name[::-1]) for name in plain), np.uint64, len(plain))


# ---- happenings at one place, and in one province ----------------------------------------------------------------------


def find_scenes(job: Job, bucket: int) -> Any:
    """The happenings of the kinds and places of a bucket; those with days go on by province."""
    blocks: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in job.exchange.bucket("placed", bucket).to_pylist():
        blocks[row["kind"], row["place"]].append(row)
    members: list[tuple[int, int]] = []
    dated: list[dict[str, Any]] = []
    keys: list[str] = []
    for rows in blocks.values():
        number = {row["claim"]: row["at"] for row in rows}
        for happening in events.here(sorted(map(_item, rows), key=lambda one: one.rank)):
            own = [number[one.claim.id] for one in happening.members]
            if len(own) > 1:
                members += [(at, own[0]) for at in own]
            if (key := events.province(happening)) is not None:
                keys.append(" ".join(key))
                dated.append(_dated(own[0], happening))
    _put_members(job, "members", bucket, members)
    table = pa.Table.from_pylist(dated, DATED)
    return job.exchange.put("dated", bucket, shared_out(table, _hashes(keys), job.buckets), len(members))


def _dated(number: int, happening: Happening) -> dict[str, Any]:
    return {
        "happening": number,
        "kind": happening.kind,
        "first": happening.first,
        "last": happening.last,
        **_place_row(happening.place),
    }


def _put_members(job: Job, step: str, part: int, members: Iterable[tuple[int, int]]) -> None:
    at, happening = np.array(sorted(members), np.uint64).reshape(-1, 2).T
    job.exchange.put(step, part, [pa.table([at, happening], schema=MEMBERS)], len(at), packed=False)


def join_provinces(job: Job, bucket: int) -> Any:
    """The happenings of whole provinces with the one place's that they belong to."""
    blocks: defaultdict[tuple[str, str, str], list[Happening]] = defaultdict(list)
    number: dict[int, int] = {}
    for row in job.exchange.bucket("dated", bucket).to_pylist():
        one = Happening(row["kind"], _place(row), row["first"], row["last"])
        number[id(one)] = row["happening"]
        if (key := events.province(one)) is not None:
            blocks[key].append(one)
    found = [(number[id(outer)], number[id(inner)]) for block in blocks.values() for outer, inner in events.within(block)]
    _put_members(job, "provinces", bucket, found)
    _put_members(job, "hosts", bucket, {(inner, inner) for _, inner in found})
    return len(found)


def _homes(job: Job, at: Numbers) -> Numbers:
    """The happening of each claim of these numbers, which must be sorted: its own number when it is by itself."""
    for step in ("members", "provinces"):
        at = _replaced(at, job.exchange.matching(step, np.unique(at)))
    return at


def _replaced(numbers: Numbers, table: pa.Table) -> Numbers:
    """Numbers with those of a table's first column exchanged for its second."""
    table = table.sort_by(table.column_names[0])
    one, other = (column.to_numpy() for column in table.columns)
    at = joined_with(numbers, one)
    return np.where(at >= 0, other[at], numbers) if len(one) else numbers


# ---- happenings in the same rare words ---------------------------------------------------------------------------------


def pair_words(job: Job, bucket: int) -> Any:
    """Claims of a bucket that have a rare word, kind and month in common, as pairs."""
    key, at = (column.to_numpy() for column in job.exchange.bucket("keys", bucket).columns)
    order = np.lexsort((at, key))
    key, at = key[order], at[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
    one, other = copies.each_two(starts, np.diff(np.append(starts, len(key))), events.BLOCK)
    pairs = np.unique(np.stack([at[one], at[other]], axis=1), axis=0)
    table = pa.table([pairs[:, 0], pairs[:, 1]], schema=PAIRS)
    return job.exchange.put("words", bucket, shared_out(table, copies.mixed(pairs[:, 0]), job.buckets), len(table))


def judge_pairs(job: Job, bucket: int) -> Any:
    """Which pairs of a bucket tell of one happening by their words."""
    table = job.exchange.bucket("words", bucket)
    pairs = np.unique(np.stack([table["one"].to_numpy(), table["other"].to_numpy()], axis=1), axis=0)
    items, rare = _items_of(job, np.unique(pairs))
    found: list[tuple[int, int, float, list[str]]] = []
    for left, right in pairs.tolist():
        edge = events.judged(items[left], items[right], rare)
        if edge is not None:
            first, second = (left, right) if edge[1] is items[left] else (right, left)
            found.append((first, second, edge[0], edge[3]))
    one, other = (np.array([edge[n] for edge in found], np.uint64) for n in (0, 1))
    home, another = _homes(job, one), _homes(job, other)
    rows = [one, other, home, another, [edge[2] for edge in found], [edge[3] for edge in found]]
    kept = pa.table(rows, schema=EDGES).filter(pa.array(home != another))
    return job.exchange.put("edges", bucket, [kept], len(kept), packed=False)


def _items_of(job: Job, numbers: Numbers) -> tuple[dict[int, Item], Rarity]:
    """The claims of these numbers, sorted, with their words, and what the words tell."""
    items: dict[int, Item] = {}
    weights: dict[str, float] = {}
    blocks = np.unique(numbers >> np.uint64(SHIFT)).tolist()
    for row in job.exchange.matching("weighed", numbers, blocks).to_pylist() if blocks else ():
        items[row["at"]] = _item(row)
        weights.update(zip(row["words"], row["weights"], strict=True))
    return items, Rarity(weights)


def find_chains(job: Job) -> Any:
    """The happenings that edges join."""
    table = job.exchange.bucket("edges", 0)
    happening, chain = components(table["happening"].to_numpy(), table["another"].to_numpy())
    sizes = np.unique(chain, return_counts=True)[1]
    said = {"edges": len(table), "chains": len(sizes), "longest": int(sizes.max(initial=0))}
    return job.exchange.put("chains", 0, [pa.table([happening, chain], schema=CHAINS)], said, packed=False)


# ---- the events --------------------------------------------------------------------------------------------------------


def send_tellers(job: Job, block: Block) -> Any:
    """A block's claims that are not by themselves, shared out by happening, or by chain where edges join it."""
    items = job.exchange.part("weighed", block.number)
    at = items["at"].to_numpy()
    home = _homes(job, at)
    names = np.unique(home)
    chains = job.exchange.matching("chains", names)
    alone = np.ones(len(at), bool)
    for table in (job.exchange.matching("members", at), chains, job.exchange.matching("hosts", names)):
        found = np.sort(table.column(0).to_numpy())
        alone &= (joined_with(home, found) < 0) & (joined_with(at, found) < 0)
    kept = pa.array(~alone)
    keys = copies.mixed(_replaced(home, chains))[~alone]
    told = items.select(ITEMS.names).append_column("happening", pa.array(home)).filter(kept).cast(TELLERS)
    return job.exchange.put("tellers", block.number, shared_out(told, keys, job.buckets), len(told))


def send_edges(job: Job, bucket: int) -> Any:
    """The edges of a bucket, shared out by chain."""
    table = job.exchange.part("edges", bucket)
    names = table["happening"].to_numpy()
    keys = copies.mixed(_replaced(names, job.exchange.matching("chains", np.unique(names))))
    return job.exchange.put("joins", bucket, shared_out(table, keys, job.buckets), len(table))


def name_events(job: Job, bucket: int) -> Any:
    """The events of a bucket's claims, and which claims they are of."""
    from geo.ledger.rows import as_json

    rows = {row["at"]: row for row in job.exchange.bucket("tellers", bucket).to_pylist()}
    items = {at: _item(row) for at, row in rows.items()}
    homes: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in rows.items():
        homes[row["happening"]].append(at)
    found = [_happening(name, [items[at] for at in own], items.get(name)) for name, own in homes.items()]
    edges = [
        (row["likeness"], items[row["one"]], items[row["other"]], row["words"])
        for row in job.exchange.bucket("joins", bucket).to_pylist()
    ]
    number = {item.claim.id: at for at, item in items.items()}
    named: list[tuple[int, str]] = []
    told: list[dict[str, Any]] = []
    for happening in events.joined(found, edges):
        event = events.told(happening)
        named += [(number[one.claim.id], event.name) for one in happening.members]
        if len(happening.members) > 1:
            differ = as_json([asdict(one) for one in event.disagreements])
            key = int(_hashes([event.name])[0])
            told.append(
                {
                    "key": key,
                    "event": event.name,
                    "because": event.because,
                    "origins": event.origins,
                    "disagreements": differ,
                }
            )
    _put_sorted(job, "named", bucket, [{"at": at, "event": event} for at, event in named], NAMED)
    _put_sorted(job, "told", bucket, told, EVENTS)
    return len(told)


def _put_sorted(job: Job, step: str, bucket: int, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    first = schema.names[0]
    table = pa.Table.from_pylist(sorted(rows, key=lambda row: int(row[first])), schema)
    job.exchange.put(step, bucket, [table], len(table), packed=False)


def _happening(name: int, members: list[Item], leader: Item | None) -> Happening:
    """A happening of these claims; its place is the one of the claim that it is named for."""
    place = events.spot(leader.place) if leader is not None else None
    happening = Happening(members[0].claim.kind, place, None, None)
    for one in members:
        happening.take(one)
    return happening


def named(job: Job, block: Block) -> dict[int, tuple[str, str, int, str]]:
    """Name, reason, number of origins and disagreements of the event of each claim of a block that is not by itself."""
    at = job.exchange.stretch("named", first_of(block), beyond(block)).to_pydict()
    keys = np.unique(_hashes(at["event"]))
    told = {row["event"]: row for row in job.exchange.matching("told", keys).to_pylist()}
    return {
        number: (event, told[event]["because"], told[event]["origins"], told[event]["disagreements"])
        for number, event in zip(at["at"], at["event"], strict=True)
        if event in told
    }


def _item(row: dict[str, Any]) -> Item:
    """A claim as ``geo.claims.events`` looks at it; of its article there is no more than that takes."""
    published: date | None = row["published"]
    text = row.get("sentence", "")
    article = Article(row["article"], "", text, Period(published, published, ""))
    when = Period(row["first"], row["last"], "")
    voice = Voice(row.get("speaker"), "", row.get("stance", "asserted"), "")
    sentence = Sentence(article, Span(0, len(text)), "body")
    claim = Claim(
        row["claim"], row["kind"], sentence, (), when, voice, row["planned"], 0.0, "", (), row.get("origin", "")
    )
    weights = dict(zip(row.get("words", ()), row.get("weights", ()), strict=False))
    words = Words.weighed(frozenset(row.get("words", ())), Rarity(weights))
    rank = (published or date.max, row["article"], row["start"], row["claim"])
    return Item(claim, _place(row), words, rank[0], when.first, when.last, events.narrow(when), rank)


def _place(row: dict[str, Any]) -> Place | None:
    if row["place"] is None:
        return None
    return Place(row["place"], row["place_name"], row["place_kind"], row["country"], row["admin1"], "", 0.0, 0.0, 0)
