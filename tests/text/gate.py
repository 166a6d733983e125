"""How well the section gate and the splitter do on every labelled page: shares, and a line for each miss.

python -m tests.text.gate [FOLDER ...] [--misses]    folders of pages labelled as tests/gold/elsewhere is
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.text.article import OPEN_SECTIONS, Article, Sentence
from geo.text.reader import read
from geo.text.sentences import sentences
from tests.text.originals import gold_sentences, originals

ELSEWHERE = Path(__file__).resolve().parents[1] / "gold" / "elsewhere"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and its labelled sentences: first and last character, section, whether the ends are to be scored."""

    name: str
    article: Article
    rows: tuple[tuple[int, int, str], ...]
    lost: tuple[str, ...] = ()


def labelled_originals() -> Iterator[Labelled]:
    """The five originals of ../shared, where they are."""
    for path in originals():
        rows = [row for row in gold_sentences() if row["seed"] == path.name]
        yield Labelled(path.stem, read(path), tuple((*row["char"], row["section"]) for row in rows))


def labelled_pages(folder: Path, suffix: str = ".txt") -> Iterator[Labelled]:
    """The pages of a folder in one of their forms; sentences of a web page are looked for in the text read from it."""
    for path in sorted(folder.glob(f"*{suffix}")):
        labels = path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()[1:]
        rows: list[dict[str, Any]] = [json.loads(label) for label in labels]
        article = read(path)
        if suffix == ".txt":
            yield Labelled(path.name, article, tuple((row["start"], row["end"], row["section"]) for row in rows))
            continue
        text, at = article.text.replace("\u00a0", " "), 0
        found: list[tuple[int, int, str]] = []
        lost: list[str] = []
        for row in rows:
            start = text.find(row["text"], at) if row["section"] == "body" else text.find(row["text"])
            if start < 0:
                lost += [row["text"]] if row["section"] in OPEN_SECTIONS else []
                continue
            found.append((start, start + len(row["text"]), row["section"]))
            at = found[-1][1] if row["section"] == "body" else at
        yield Labelled(path.name, article, tuple(found), tuple(lost))


def figures(pages: Iterator[Labelled]) -> tuple[dict[str, float], list[str]]:
    """Sentences of the article that are shut out, sentences of the rest that stay open, and F1 of the sentences' ends."""
    count: Counter[str] = Counter()
    misses: list[str] = []
    for page in pages:
        mine = sentences(page.article)
        count["lost"] += len(page.lost)
        misses += [f"{page.name}: lost: {words[:100]}" for words in page.lost]
        for start, end, section in page.rows:
            kind = "article" if section in OPEN_SECTIONS else "rest"
            count[kind] += 1
            wrong = _other_side(mine, start, end, section in OPEN_SECTIONS)
            if wrong is not None:
                count[f"{kind} wrong"] += 1
                misses.append(f"{page.name}: {section} read as {wrong.section}: {page.article.text[start:end][:110]!r}")
        gold = {(start, end) for start, end, section in page.rows if section in OPEN_SECTIONS}
        cut = {(s.span.start, s.span.end) for s in mine}
        touched = {ends for ends in cut if any(ends[0] < end and start < ends[1] for start, end in gold)}
        count.update(right=len(gold & cut), gold=len(gold), cut=len(touched))
        misses += [
            f"{page.name}: ends: {page.article.text[a:b][:70]!r} ... {page.article.text[a:b][-40:]!r}"
            for a, b in sorted(gold - cut)
        ]
    out = {
        "article_sentences": count["article"],
        "article_shut_out": count["article wrong"],
        "article_lost": count["lost"],
        "rest_sentences": count["rest"],
        "rest_left_open": count["rest wrong"],
        "sentence_ends_f1": round(2 * count["right"] / max(count["gold"] + count["cut"], 1), 4),
    }
    return out, misses


def _other_side(mine: tuple[Sentence, ...], start: int, end: int, open_: bool) -> Sentence | None:
    """The sentence that covers most of these characters, when the gate took it for the other side."""
    shared = [(min(end, s.span.end) - max(start, s.span.start), s) for s in mine]
    most, best = max(shared, key=lambda pair: pair[0])
    return best if most > 0 and best.open != open_ else None


def main() -> int:
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    sets: dict[str, Iterator[Labelled]] = {}
    if not folders:
        sets = {"originals": labelled_originals(), "elsewhere": labelled_pages(ELSEWHERE)}
    for folder in folders:
        sets |= {str(folder): labelled_pages(folder), f"{folder} as HTML": labelled_pages(folder, ".html")}
    for name, pages in sets.items():
        found, misses = figures(pages)
        print(name, json.dumps(found))
        if "--misses" in sys.argv:
            print("\n".join(misses), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
