"""Input that means harm, or could as well: the pieces of it, and strategies that put them together."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

from hypothesis import strategies as st

TEMPLATES = ("{{7*7}}", "{% raw %}", "{#", "{{config}}", "${7*7}", "`", "#{7*7}", "<%= 7*7 %>", "%s%n", "{0.__class__}")
SCRIPTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<svg/onload=alert(4)>",
    "javascript:alert(5)",
    '" onmouseover="alert(6)',
    "' autofocus onfocus='alert(7)",
    "<style>*{display:none}</style>",
    "<!--",
    "]]>",
    "\\x3cscript\\x3e",
    "&lt;b&gt;",
    "&#x3c;",
)
LETTERS = (
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u202eabc", "\u202a", "\u2066", "\u2069", "\u200b", "\ufeff", "\u2028",
    "\ud800", "\udfff", "\U0010ffff", "é", "e\u0301" + "\u0301" * 40, "کابل", "北京", "\U0001f600", "\r", "\t", "\xa0",
)  # fmt: skip
FORMULAS = ("=HYPERLINK('x')", "+1", "-1", "@SUM(A1)", "\t=1", "|calc")
PATHS = (
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\boot.ini",
    "C:\\x.txt",
    "file:///etc/passwd",
    "a\x00b.txt",
    "CON",
    "~",
)
YAML = (
    "!!python/object/apply:os.system ['true']",
    "&a [*a]",
    "*a",
    "? x",
    "<<: *a",
    "|",
    ">",
    "[",
    "{",
    "'",
    '"',
    "---",
    "...",
    "%YAML 1.1",
    "- ",
    ": ",
    "!!binary x",
    "1e999",
    "0x10",
    "2019-02-30",
    "null",
)
NEWS = (
    "Protesters marched in Herat on Monday, the police said.",
    "The Taliban denied on 3 May 2018 that Russia had sent rifles to Kunduz.",
    "HELMAND, April 9 (River Wire) — ",
    "“We met in Moscow,” he said, “for talks.”",
    "Read more:",
    "By Ann Weru",
    "Published: 12 May 2021",
    "3 years ago",
    "between 3 and 5 May 2018",
    "U.S. v. St. Louis, Mr. A. B. C. Smith Jr.",
    "the Imam Sahib district of Kunduz province",
    "in the next twenty-five years",
)
REPEATED = (
    "a", " ", "\n", "(", ")", "[", "{{", "“", '"', "'", ".", "-", ",", "A ", "the ", "Herat, ", "Herat ", "<b>", "<div>",
    "</p>", "&", "0", "1,", "12 May ", "Mr. ", "U.S.", "said ", "and ", "of ", "\u0301", "\u200b", "\u202e", "A.B.", "\t",
    "http://a", "- ", "— ", "years ", "@", "’s ", "aB", "\r\n", "é",
)  # fmt: skip

words = st.sampled_from((*TEMPLATES, *SCRIPTS, *LETTERS, *FORMULAS, *PATHS, *YAML, *NEWS))
runs = st.builds(lambda piece, times: piece * times, st.sampled_from(REPEATED), st.integers(1, 400))
any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
"""Every code point there is, half characters included."""


def text(most: int = 12) -> st.SearchStrategy[str]:
    """Hostile text of some pieces, with blanks, line ends or nothing between them."""
    pieces = st.lists(st.one_of(words, runs, any_text), max_size=most)
    return st.builds(lambda between, parts: between.join(parts), st.sampled_from((" ", "\n", "\n\n", "")), pieces)


short = text(3)
values: st.SearchStrategy[Any] = st.one_of(
    short,
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.lists(short, max_size=3),
    st.dictionaries(short, short, max_size=3),
)


def raw(most: int = 12) -> st.SearchStrategy[bytes]:
    """Hostile text as bytes of some encoding, with or without a mark, or bytes that are no text at all."""
    encoded = st.builds(
        lambda words, encoding: words.encode(encoding, "surrogatepass" if "utf" in encoding else "replace"),
        text(most),
        st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "koi8-r")),
    )
    return st.one_of(encoded, encoded, st.binary(max_size=300), st.builds(_damaged, encoded, st.integers(0, 2**31)))


def _damaged(content: bytes, chance: int) -> bytes:
    """The bytes cut short or with one of them changed."""
    if not content:
        return content
    at = chance % len(content)
    return content[:at] if chance % 2 else content[:at] + bytes([chance % 256]) + content[at + 1 :]


# ---- front matter ---------------------------------------------------------------------------------

FIELDS = (
    "id", "title", "publisher", "publisher_type", "authors", "published", "published_basis", "url", "republishes",
    "original_sha256", "text", "titel", "__class__", "",
)  # fmt: skip


def _head(pairs: list[tuple[str, str]], ends: str, body: str) -> bytes:
    lines = "".join(f"{name}: {value}\n" for name, value in pairs)
    return f"---\n{lines}{ends}\n{body}".encode("utf-8", "surrogatepass")


_heads = st.builds(
    _head,
    st.lists(
        st.tuples(
            st.sampled_from(("id", "title", "publisher", "authors", "published_basis", "republishes")),
            short.map(json.dumps),
        ),
        max_size=4,
    ),
    st.just("---"),
    text(6),
)
_bad_heads = st.builds(
    _head,
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(FIELDS), st.sampled_from(FIELDS), short),
            st.one_of(st.sampled_from(("x", "'x y'", "2019-05", "brief", "[a, b]", "https://a.example/b")), short),
        ),
        max_size=6,
    ),
    st.sampled_from(("---", "---", "---", "...", "----", "")),
    st.one_of(st.just("Crowds marched in Herat on Monday."), text(4)),
)

briefs = st.one_of(_heads, _bad_heads)

# ---- HTML -----------------------------------------------------------------------------------------

_TAGS = (
    "div", "p", "article", "span", "a", "table", "tr", "td", "script", "style", "svg", "iframe", "meta", "time", "title",
    "h1", "ul", "li", "b", "br", "img", "template", "noscript", "math", "form", "textarea", "body", "head", "html", "x-y",
)  # fmt: skip
_ATTRIBUTES = (
    "class",
    "property",
    "name",
    "content",
    "itemprop",
    "datetime",
    "href",
    "onload",
    "style",
    "pubdate",
    "title",
)


def _element(tag: str, attributes: list[tuple[str, str]], inside: str, closed: bool) -> str:
    told = "".join(f' {name}="{value}"' for name, value in attributes)
    return f"<{tag}{told}>{inside}" + (f"</{tag}>" if closed else "")


_inside = st.recursive(
    st.one_of(short, st.sampled_from(NEWS)),
    lambda child: st.builds(
        _element,
        st.sampled_from(_TAGS),
        st.lists(
            st.tuples(
                st.sampled_from(_ATTRIBUTES),
                st.one_of(
                    st.sampled_from(("article:published_time", "2019-02-30T25:00", "entry-date", "author", "og:title")),
                    short,
                ),
            ),
            max_size=3,
        ),
        st.builds("".join, st.lists(child, max_size=4)),
        st.booleans(),
    ),
    max_leaves=12,
)
_linked = st.builds(
    lambda data: f'<script type="application/ld+json">{data}</script>',
    st.one_of(
        st.builds(json.dumps, st.dictionaries(st.sampled_from(("datePublished", "@graph", "x")), values, max_size=3)),
        short,
    ),
)
pages = st.builds(
    lambda parts, around: around[0].join(parts).join(around[1:]).encode("utf-8", "surrogatepass"),
    st.lists(st.one_of(_inside, _inside, _linked), min_size=1, max_size=4),
    st.sampled_from(
        (("", "<html><body><article>", "</article></body></html>"), ("\n", "", ""), ("<p>", "<!doctype html>", ""))
    ),
)

# ---- JSON lines -----------------------------------------------------------------------------------

_records = st.dictionaries(
    st.one_of(st.sampled_from(("id", "text", "publisher", "date", "title", "url", "toponyms")), short),
    st.one_of(values, text(4), st.sampled_from(NEWS), st.sampled_from(("2019-05-03", "2019-02-30", "9" * 50))),
    max_size=7,
)
_with_a_text = st.builds(
    lambda body, more: {"id": "a", "text": body} | more,
    text(6),
    st.dictionaries(st.sampled_from(("id", "title", "url", "date", "x")), st.one_of(short, values), max_size=2),
)
_lines = st.one_of(
    st.builds(json.dumps, _with_a_text),
    st.builds(json.dumps, _with_a_text),
    st.builds(json.dumps, _records),
    st.builds(lambda record: json.dumps(record, ensure_ascii=False), _records),
    st.builds(json.dumps, values),
    short,
    st.sampled_from(
        ("[" * 3000, '{"id":' * 2000, "9" * 5000, '{"id":1,"text":NaN}', '{"id":"a","id":"b","text":"x y"}', "null")
    ),
)
json_lines = st.builds(
    lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"), st.lists(_lines, min_size=1, max_size=4)
)

# ---- archives -------------------------------------------------------------------------------------


def archive(members: list[tuple[str, bytes]], *, link: bool = False, flags: int = 0, lie: int | None = None) -> bytes:
    """A zip file. ``link`` makes every member a symbolic link, ``flags`` (1: encrypted) and ``lie`` (the size that it
    claims to have unpacked) are written over what is true."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            info = zipfile.ZipInfo(name or "x")
            info.compress_type = zipfile.ZIP_DEFLATED
            if link:
                info.external_attr = 0o120777 << 16
            out.writestr(info, content)
    made = bytearray(packed.getvalue())
    if flags or lie is not None:
        at = made.find(b"PK\x01\x02")
        while at >= 0:  # each entry of the central directory
            made[at + 8 : at + 10] = struct.pack("<H", flags)
            if lie is not None:
                made[at + 24 : at + 28] = struct.pack("<I", lie)
            at = made.find(b"PK\x01\x02", at + 4)
    return bytes(made)


_names = st.one_of(
    st.sampled_from(
        ("a.txt", "b.md", "c.html", "../../etc/x.txt", "/etc/passwd.txt", "..\\x.md", "in.zip", "x.exe", "d/.txt")
    ),
    st.builds(
        lambda name, end: name.replace("\x00", "") + end, st.text(max_size=40), st.sampled_from((".txt", ".md", ""))
    ),
)
_members = st.lists(
    st.tuples(_names.map(lambda name: name.encode("utf-8", "replace").decode()), st.one_of(raw(4), briefs, pages)),
    max_size=5,
)
archives = st.one_of(
    st.builds(archive, _members),
    st.builds(
        archive,
        _members,
        link=st.booleans(),
        flags=st.sampled_from((0, 1, 8, 0x800, 0xFFFF)),
        lie=st.sampled_from((None, 0, 1, 2**31, 2**32 - 1)),
    ),
    st.builds(lambda members: archive([("in.zip", archive(members)), ("in.txt", archive(members))]), _members),
    st.builds(_damaged, st.builds(archive, _members), st.integers(0, 2**31)),
    st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
)
uploads = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(("a.zip", "b.ZIP", "c.txt", "d.md", "e.html", "f.htm", "g.pdf")), st.text(max_size=20), words
        ),
        st.one_of(archives, raw(4), briefs, pages),
    ),
    max_size=3,
)

# ---- corrections ----------------------------------------------------------------------------------

_likely: dict[str, Any] = {
    "action": "accept",
    "article": "valley-post-1",
    "sentence": "9f2c" * 4,
    "kind": "protest",
    "name": "A. Reader",
    "reason": "A strike, not a protest.",
    "time": "2026-11-21T12:00:00+00:00",
}
_wrong = st.one_of(values, st.integers(-20, 2**40))
_corrections = st.fixed_dictionaries(
    {
        "action": st.sampled_from(("accept", "reject", "move", "redate", "rekind", "delete")),
        "article": st.one_of(st.sampled_from(("valley-post-1", "river-wire-7", "hostile-1")), short),
        "sentence": st.one_of(st.just("9f2c" * 4), short),
        "kind": st.one_of(st.sampled_from(("protest", "arms_flow", "meeting")), short),
        "name": st.one_of(st.just("A. Reader"), short),
        "reason": st.one_of(st.just("A strike, not a protest."), short),
        "time": st.one_of(st.just("2026-11-21T12:00:00+00:00"), short),
    },
    optional={
        "to": st.one_of(st.none(), st.just(1140026), st.just("2017-06"), st.just("meeting"), _wrong),
        "from": st.one_of(st.none(), st.just(1140026), _wrong),
        "role": st.one_of(st.just("happened_at"), short),
        "claim": short,
    },
)
_broken = st.builds(lambda record, name, value: record | {name: value}, _corrections, short, _wrong)
_one_field = st.builds(
    lambda name, value: _likely | {name: value},
    st.sampled_from((*_likely, "to", "from", "role", "claim")),
    st.one_of(short, short, _wrong),
)
_made = st.sampled_from(
    (
        _likely,
        _likely | {"action": "reject"},
        _likely | {"action": "move", "from": 1140026, "to": 1138958, "role": "happened_at"},
        _likely | {"action": "redate", "to": "2017-06"},
        _likely | {"action": "rekind", "to": "meeting"},
    )
)
correction_lines = st.builds(
    lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"),
    st.lists(
        st.one_of(
            st.builds(json.dumps, _made),
            st.builds(json.dumps, _one_field),
            st.builds(json.dumps, _one_field),
            st.builds(json.dumps, st.one_of(_corrections, _broken)),
            _lines,
        ),
        min_size=1,
        max_size=3,
    ),
)

# ---- addresses ------------------------------------------------------------------------------------

_numbers = st.one_of(
    st.integers(-(2**70), 2**70).map(str), st.sampled_from(("0", "-0", "١٢", "1e9", " 1", "1_0", "9" * 15)), short
)
_days = st.one_of(
    st.dates().map(str), st.sampled_from(("2017-02-30", "0001-01-01", "9999-12-31", "20170203", "2017-W01-1")), short
)
addresses = st.dictionaries(
    st.one_of(
        st.sampled_from((
            "kind", "stance", "publisher", "type", "speaker", "from", "to", "reported-from", "reported-to", "undated",
            "within", "area", "sources", "plan", "wording", "words", "place", "claim", "article", "page", "shown",
        )),
        short,
    ),
    st.lists(
        st.one_of(
            short, _numbers, _days, st.sampled_from(("protest", "alleged", "planned", "no", "AF/x", "AF//x", "//"))
        ),
        max_size=3,
    ),
    max_size=6,
)  # fmt: skip

# ---- files that the program keeps for itself ------------------------------------------------------

metas = st.one_of(
    st.builds(
        lambda record: json.dumps(record).encode(),
        st.fixed_dictionaries(
            {
                "format": st.one_of(st.just(1), values),
                "files": st.one_of(
                    st.dictionaries(
                        st.one_of(
                            st.sampled_from(
                                ("claims.parquet", "g-1/articles.parquet", "../mentions.parquet", "/etc/claims")
                            ),
                            short,
                        ),
                        st.one_of(st.just("0" * 64), values),
                        max_size=4,
                    ),
                    values,
                ),
            }
        ),
    ),
    raw(3),
)
