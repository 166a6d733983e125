"""Every regular expression of the program, and strings made to keep each of them busy.

The program's modules are read for calls of ``re`` with their pattern written there, and every pattern that is put
together while the program runs is caught when it is compiled. For each repetition in a pattern there is an attack: what
matches before it, what it repeats, many times, and a sign that fits nothing.

python -m tests.reliability.patterns     prints them as JSON; in a process of its own, where none is compiled yet
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from re import _constants as code  # type: ignore[attr-defined]  # isort: skip
from re import _parser as parser  # type: ignore[attr-defined]  # isort: skip

LONGEST = 4_000
"""Characters of an attack; a quadratic expression then takes about sixteen million steps, an exponential one for ever."""
SECONDS = 1.0
_NO_FIT = "\x00!"


@contextmanager
def caught() -> Iterator[dict[str, int]]:
    """The patterns that modules of the program compile inside, with their flags."""
    found: dict[str, int] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def note(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, str) and _ours():
            found[pattern] = int(flags)
        return compiled(pattern, flags)

    re._compile = note  # type: ignore[attr-defined]
    try:
        yield found
    finally:
        re._compile = compiled  # type: ignore[attr-defined]


def _ours() -> bool:
    """Whether a module of the program asks, however many functions of ``re`` stand in between."""
    frame = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename.endswith("re/__init__.py"):
        frame = frame.f_back  # type: ignore[assignment]
    return frame is not None and frame.f_globals.get("__name__", "").startswith("geo.")


def modules() -> list[str]:
    """Every module of the program but those of training and building, which read no stranger's text."""
    import geo

    names = [found.name for found in pkgutil.walk_packages(geo.__path__, "geo.")]
    return [name for name in names if not re.match(r"geo\.(model\.train|places\.making|__main__)|.*_training", name)]


def of_modules() -> dict[str, int]:
    """The patterns compiled when the modules are read anew; the modules themselves are left as they were."""
    names = modules()
    for name in names:
        importlib.import_module(name)
    kept = {name: sys.modules[name] for name in sys.modules if name == "geo" or name.startswith("geo.")}
    with caught() as found:
        try:
            for name in kept:
                del sys.modules[name]
            for name in names:
                importlib.import_module(name)
        finally:
            for name in [name for name in sys.modules if name == "geo" or name.startswith("geo.")]:
                del sys.modules[name]
            sys.modules.update(kept)
    return found


def attacks(pattern: str, flags: int = 0, length: int = LONGEST) -> list[str]:
    """Strings of about that length, one or two for each repetition in the pattern."""
    tree = parser.parse(pattern, flags)
    made = []
    for before, repeated in _repetitions(list(tree), ""):
        unit = repeated or "a"
        many = unit * (length // len(unit))
        made += [before + many + _NO_FIT, many]
    return made or ["a" * length]


def _repetitions(tree: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """For each repetition that may be long: an example of what stands before it, and one of what it repeats."""
    for operator, value in tree:
        for inner in _inside(operator, value):
            yield from _repetitions(inner, before)
        if operator in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT) and value[1] > 8:
            yield before, _example(list(value[2]))
        before += _example([(operator, value)])


def _inside(operator: Any, value: Any) -> Iterator[list[Any]]:
    if operator in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        yield list(value[2])
    elif operator is code.SUBPATTERN:
        yield list(value[3])
    elif operator is code.BRANCH:
        yield from (list(branch) for branch in value[1])
    elif operator in (code.ASSERT, code.ASSERT_NOT):
        yield list(value[1])
    elif operator is code.ATOMIC_GROUP:
        yield list(value)


def _example(tree: list[Any]) -> str:
    """A short string that a part of a pattern matches, as far as that can be told simply."""
    made = ""
    for operator, value in tree:
        if operator is code.LITERAL:
            made += chr(value)
        elif operator is code.NOT_LITERAL:
            made += "a" if chr(value) != "a" else "b"
        elif operator is code.ANY:
            made += "a"
        elif operator is code.IN:
            made += _one_of(value)
        elif operator in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            made += _example(list(value[2])) * max(1, min(value[0], 8)) if value[0] else ""
        elif operator is code.SUBPATTERN:
            made += _example(list(value[3]))
        elif operator is code.BRANCH:
            made += _example(list(value[1][0]))
        elif operator is code.ATOMIC_GROUP:
            made += _example(list(value))
    return made


def _one_of(choices: list[Any]) -> str:
    """A letter of a class; of a class of what must not stand there, a letter that may."""
    if choices[0][0] is code.NEGATE:
        pattern = re.compile("[^" + "".join(_written(choice) for choice in choices[1:]) + "]")
        return next((letter for letter in "aA1 .,-" if pattern.fullmatch(letter)), "§")
    operator, value = choices[0]
    if operator is code.LITERAL:
        return chr(value)
    if operator is code.RANGE:
        return chr(value[0])
    return {code.CATEGORY_DIGIT: "1", code.CATEGORY_SPACE: " ", code.CATEGORY_WORD: "a"}.get(value, "-")


def _written(choice: tuple[Any, Any]) -> str:
    operator, value = choice
    if operator is code.LITERAL:
        return re.escape(chr(value))
    if operator is code.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {
        code.CATEGORY_DIGIT: r"\d",
        code.CATEGORY_NOT_DIGIT: r"\D",
        code.CATEGORY_SPACE: r"\s",
        code.CATEGORY_NOT_SPACE: r"\S",
        code.CATEGORY_WORD: r"\w",
        code.CATEGORY_NOT_WORD: r"\W",
    }
    return names[value]


def seconds(pattern: str, flags: int, attack: str) -> float:
    """Processor time to look for a pattern in a string and to match it, the worse of the two."""
    compiled = re.compile(pattern, flags)
    taken = []
    for look in (compiled.search, compiled.fullmatch):
        begun = time.thread_time()
        look(attack)
        taken.append(time.thread_time() - begun)
    return max(taken)


def of_reading() -> dict[str, int]:
    """The patterns that are put together while an article and a web page are read."""
    from geo.claims.extract import read_article
    from geo.text.reader import from_record, parse
    from tests.reliability.hostile import NEWS

    with caught() as found:
        read_article(from_record({"id": "a", "text": "\n\n".join(NEWS) * 2}))
        parse(f"<html><body><article><p>{'</p><p>'.join(NEWS)}</p></article></body></html>".encode(), Path("a.html"))
    return found


if __name__ == "__main__":
    print(json.dumps(of_modules() | of_reading()))
