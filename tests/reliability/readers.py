"""Every reader of the atlas as a target: what it is fed, and what must hold of whatever comes out.

A target takes one generated input, gives back "read" or "refused", and raises AssertionError when the reader did what it
must not: another failure than a Fault in one short line, a span outside the text, words shown as markup.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal

from hypothesis import strategies as st

from geo.faults import Fault
from geo.ledger.query import Ledger
from geo.text.article import Article
from geo.text.decoding import without_surrogates
from geo.text.span import Span
from tests import made
from tests.reliability import hostile

Outcome = Literal["read", "refused"]
LONGEST_LINE = 1_000
"""Characters of a refusal: somebody has to read it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader under attack. ``share`` of a run's inputs goes to it; one input may cost it ``seconds``."""

    name: str
    strategy: st.SearchStrategy[Any]
    feed: Callable[[Any], Outcome]
    share: float
    seconds: float = 2.0


def refused(fault: Fault) -> Outcome:
    """A refusal is one line that a person can read."""
    line = str(fault)
    assert "\n" not in line, f"a refusal of several lines: {line!r}"
    assert len(line) <= LONGEST_LINE, f"a refusal of {len(line)} characters: {line[:200]!r}"
    return "refused"


def sound(article: Article) -> None:
    """Offsets count in the text, the text can be written to a file, and its sentences lie in order inside it."""
    from geo.text.sentences import sentences

    for said in (article.text, article.title, article.id, article.publisher or ""):
        said.encode("utf-8")
    last = 0
    for sentence in sentences(article):
        assert last <= sentence.span.start < sentence.span.end <= len(article.text), sentence.span
        last = sentence.span.end
    assert all(span.end <= len(article.text) for span in article.crawl_dates)


# ---- articles -------------------------------------------------------------------------------------


def _file(name: str) -> Callable[[bytes], Outcome]:
    def feed(content: bytes) -> Outcome:
        from geo.text.reader import parse

        try:
            article = parse(content, Path(name))
        except Fault as fault:
            return refused(fault)
        sound(article)
        return "read"

    return feed


def _lines(content: bytes) -> Outcome:
    """A file of records: as a corpus, and as the input of ``geo parse`` and ``geo kinds``."""
    from geo.ledger.files import read_lines
    from geo.places.parse import document
    from geo.text.corpus import read_corpus

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.jsonl"
        file.write_bytes(content)
        corpus = read_corpus([file])
        for article in corpus.articles:
            sound(article)
        for fault in corpus.refused:
            refused(fault)
        try:
            for where, record in read_lines(file):
                document(where, record, gold_spans=True)
        except Fault as fault:
            refused(fault)
    return "read" if corpus.articles else "refused"


def _uploads(files: list[tuple[str, bytes]]) -> Outcome:
    from geo.view.adding import MOST_FILES, from_files

    given = from_files(files)
    assert len(given.articles) <= MOST_FILES
    for article in given.articles:
        sound(article)
        assert "/" not in (article.source or ""), f"a path as a name: {article.source!r}"
    for fault in given.refused:
        refused(fault)
    return "read" if given.articles else "refused"


# ---- what people and links say --------------------------------------------------------------------


def _corrections(content: bytes) -> Outcome:
    from geo.ledger.corrections import load, replay

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corrections.jsonl"
        file.write_bytes(content)
        try:
            found = load(file)
        except Fault as fault:
            return refused(fault)
    by_id = {place.id: place for place in made.PLACES}
    try:
        replayed = replay(made.few(), found, by_id.get)
    except ValueError:  # a place that the gazetteer lacks
        return "refused"
    assert len(replayed.readings) == len(made.few())
    return "read" if found else "refused"


def _address(query: dict[str, list[str]]) -> Outcome:
    from geo.ledger.filters import Filters
    from geo.view.address import clean, read, whole_number, write
    from geo.view.filters import active

    filters = read(query)
    assert read(write(filters)) == filters, "a view and its address differ"
    active(filters)
    query = clean(query)
    ledger = shared_ledger()
    assert 0 <= ledger.count(filters) <= ledger.count()
    ledger.facets(filters)
    ledger.hidden(filters)
    for value in query.get("article", ()):
        ledger.article(value)
        ledger.claims(Filters(article=value))
    for value in query.get("place", ()):
        try:
            ledger.places(Filters(place=whole_number(value)))
        except ValueError:
            continue
    return "read" if filters != Filters() else "refused"


# ---- what is shown --------------------------------------------------------------------------------

SHOWN = frozenset(
    ("a", "article", "b", "bdi", "blockquote", "br", "button", "caption", "circle", "cite", "dd", "details", "div", "dl",
     "dt", "em", "footer", "h1", "h2", "h3", "h4", "header", "i", "li", "mark", "ol", "p", "path", "section", "small",
     "span", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "th", "thead", "time", "title",
     "tr", "u", "ul")
)  # fmt: skip
"""The elements that our own pages are made of; nothing that loads, runs or submits is among them."""
_ADDRESSES = ("http://", "https://", "article?", "./?", "?", "#", "mailto:")


class Page(HTMLParser):
    """Reads HTML as a browser would, and knows what must not be in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHOWN, f"an element that is none of ours: <{tag}>"
        for name, value in attrs:
            assert not name.startswith("on"), f"a script in an attribute: {name}"
            assert name.replace("-", "").isalpha(), f"no attribute of ours: {name!r}"
            if name in ("href", "src"):
                assert (value or "").startswith(_ADDRESSES), f"a link to {value!r}"
            if name == "style":
                assert "url(" not in (value or ""), f"a style that loads: {value!r}"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:80]!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl[:80]!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data[:80]!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data[:80]!r}")


_NOT_SHOWN = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))


def harmless(html: str) -> str:
    """The words of our own HTML; AssertionError when anything but our own elements is in it."""
    page = Page()
    page.feed(html)
    page.close()
    words = "".join(page.words)
    assert not any(ord(letter) in _NOT_SHOWN or letter == "\x00" for letter in words), "a control that reorders the page"
    html.encode("utf-8")
    return words


def _shown(words: tuple[str, str, str]) -> Outcome:
    """One article of nothing but hostile words on every part of a page that shows an article."""
    from geo.view import map
    from geo.view.cards import card, grouped
    from geo.view.reader import facts, listing, reader
    from geo.view.table import table

    place, name, said = words
    body = said if said.split() else "They met."
    where = made.place(name, -99, note=place)
    source = made.article(name or "x", f"{body}\n", None, title=place, publisher=said, authors=(name,), url=place)
    try:
        read = made.reading(source, [{"line": 0, "places": [(where, "happened_at")], "speaker": name or None}])
    except IndexError:  # blanks of some kind only
        return "refused"
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(made.ledger(Path(folder), [read]))
        try:
            found = grouped(ledger.rows.claims())
            article = ledger.article(without_surrogates(source.id))
            listed = ledger.rows.articles()
            places = ledger.rows.places()
            mentions = ledger.rows.mentions(without_surrogates(source.id))
        finally:
            ledger.close()
    assert article is not None
    for one in found:
        full = type(one)(one.claim, one.places, article)
        harmless(card(full, link="article?article=x"))
    for html in (table(found, said), reader(article, found, mentions, None), facts(article), listing(listed)):
        harmless(html)
    dots = [map.Dot(int(row["place_id"]), str(row["place_name"]), row["lat"], row["lon"], (1,)) for row in places]
    _numbers(map.features(dots))
    return "read"


def _numbers(value: Any) -> None:
    """What the map is given holds no word of an article."""
    if isinstance(value, dict):
        for one in value.values():
            _numbers(one)
    elif isinstance(value, list):
        for one in value:
            _numbers(one)
    else:
        assert not isinstance(value, str) or value in ("FeatureCollection", "Feature", "Point"), value


def _words(words: tuple[str, str]) -> Outcome:
    """The one place where words become HTML, and the one where they become a widget's label."""
    from geo.view.filters import css, label
    from geo.view.words import Mark, marked, plain

    text, hint = words
    shown = harmless(f"<p>{plain(text)}</p>")
    kept = [letter for letter in text if letter.isalnum()]
    assert [letter for letter in shown if letter.isalnum()] == kept, "a letter was lost"
    n = len(text)
    harmless(marked(text, Span(0, n), [Mark(Span(0, n // 2), "word", hint), Mark(Span(n // 3, n), "place", hint)]))
    assert set(css(text)) <= {*"#", *(letter for letter in text if letter.isalnum())}
    assert label(text).replace("\\", "") == text.replace("\\", "")
    return "read"


# ---- what the program keeps for itself ------------------------------------------------------------


def _meta(content: bytes) -> Outcome:
    """A ledger's ``meta.json``, and the same bytes as the manifests of the gazetteer and the encoder."""
    from geo.model.encoder import MANIFEST, verify
    from geo.places.storage import read_manifest

    with tempfile.TemporaryDirectory() as folder:
        for name in ("meta.json", "manifest.json", MANIFEST):
            (Path(folder) / name).write_bytes(content)
        for opened in (Ledger.open, read_manifest, verify):
            try:
                opened(Path(folder))
            except Fault as fault:
                refused(fault)
            else:
                assert opened is verify, "nothing is there to be opened"
    return "refused"


def _kept(content: bytes) -> Outcome:
    """A reading kept from an earlier build, damaged: it counts as absent."""
    import gzip

    from geo.ledger.kept import Kept

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ab" / "ab.json.gz"
        file.parent.mkdir()
        file.write_bytes(gzip.compress(content, 1) if len(content) % 2 else content)
        return "read" if Kept(Path(folder)).get("ab") else "refused"


def _claims(words: str) -> Outcome:
    """A whole text read for claims, and its record as ``geo claims`` writes it."""
    import json

    from geo.claims.extract import read_article
    from geo.claims.record import to_record
    from geo.text.reader import from_record

    try:
        article = from_record({"id": "a", "text": words})
    except Fault as fault:
        return refused(fault)
    reading = read_article(article)
    for claim in reading.claims:
        assert 0.0 <= claim.score <= 1.0
    for mention in reading.mentions:
        assert mention.toponym.span.end <= len(article.text)
    json.dumps(to_record(reading), default=lambda number: number.item())
    return "read"


@cache
def shared_ledger() -> Ledger:
    """The small made-up ledger, for as long as the process lives."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-fuzz-"))
    return Ledger.open(made.ledger(folder))


TARGETS = (
    Target("front matter (.md)", hostile.briefs, _file("a.md"), 0.15),
    Target("plain text (.txt)", hostile.raw(), _file("a.txt"), 0.12),
    Target("web page (.html)", hostile.pages, _file("a.html"), 0.12),
    Target("JSON lines", hostile.json_lines, _lines, 0.12),
    Target("uploads and archives", hostile.uploads, _uploads, 0.10),
    Target("corrections", hostile.correction_lines, _corrections, 0.10),
    Target("addresses of a view", hostile.addresses, _address, 0.08),
    Target("words as HTML", st.tuples(hostile.text(), hostile.short), _words, 0.12),
    Target("cards, table, article, map", st.tuples(hostile.short, hostile.short, hostile.text(6)), _shown, 0.03),
    Target("ledger and manifests", hostile.metas, _meta, 0.03),
    Target("kept readings", st.one_of(hostile.metas, hostile.raw(3)), _kept, 0.02),
    Target("claims of a whole text", hostile.text(8), _claims, 0.01, seconds=20.0),
)
