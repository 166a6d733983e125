"""What a line of a page gives away by its own words: a button, a caption, a byline, a comment's foot.

The words are data (sections.toml); each function here asks one question about one line.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from geo.text import datewords
from geo.text.layout import Line, plain

LONGEST_SIGN = 260  # characters: longer lines are prose, and no pattern of a whole line is tried on them
PROSE_WORDS = 9  # a line that ends in a full stop and has as many words is prose; below, it may be a button or a motto
LONG_WORDS = 28  # prose even without a full stop
LONGEST_BIO = 70  # words of a paragraph about the writer
LONG_PROSE = 40  # no motto, caption or headline has as many words

_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|bin|al|de|van|von|el|and|&)){1,6}"
_PERSON = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:bin|al|de|van|von|el|da|del|der|ibn|[^\W\d_a-z][\w.'’-]*)){1,5}")
_ONLY_NAME = re.compile(rf"{_NAME}(?: [-–—|,] {_NAME}|, for (?:[Tt]he )?{_NAME}| \([A-Z][\w .-]{{1,30}}\))?")
_BULLETS = "*•·-–—▪►> \t"
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_CLOCK = re.compile(r"\d[:.h]\d\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_QUESTION = re.compile(r"(?:q|a|question|answer) ?[:.] ")
_LINKS = re.compile(r" [|›»>] ")
_CELLS = re.compile(r"\s{2,}|\t| ?[|·•›»>] ?")  # what stands between the entries of a menu
_BARE_FIGURE = re.compile(r"[$€£¥₦₹%°]|\d[.,]\d")
LONGEST_CELL = 3  # words of an entry of a menu


def is_prose(row: Line) -> bool:
    """A sentence or more, as paragraphs have, and not a label."""
    return (row.ends and row.words >= PROSE_WORDS) or row.words >= LONG_WORDS


def is_crawl_notice(row: Line) -> bool:
    """An archive's or cache's word on when the page was stored."""
    return len(row.plain) <= LONGEST_SIGN and _begins("crawl", "start", row.plain)


def is_row_of_buttons(row: Line) -> bool:
    """``Facebook Twitter WhatsApp Print``: nothing but names of buttons."""
    return len(row.text) <= LONGEST_SIGN and row.words <= 24 and _only_words("furniture", row)


def is_row_of_links(row: Line) -> bool:
    """``Home | World | Africa``, with signs between the words or without."""
    if row.words <= 40 and not row.ends:
        words = _LETTERS.findall(row.plain)
        if len(words) >= 2 and set(words) <= set(_data()["furniture"]["menu"]):
            return True
        cells = _CELLS.split(row.text)
        if len(cells) >= 4 and all(0 < len(cell.split()) <= LONGEST_CELL for cell in cells) and not is_date_line(row):
            return True
    return (
        not row.ends and len(row.text) <= LONGEST_SIGN and not is_date_line(row) and len(_LINKS.findall(row.plain)) >= 2
    )


def is_figures(row: Line) -> bool:
    """``Brent $63.10 -1.2%``: prices, rates or results, half of whose words are figures."""
    if row.words > 14 or row.ends or not _BARE_FIGURE.search(row.text) or is_date_line(row):
        return False
    words = row.text.split()
    return 2 * sum(any(sign.isdigit() for sign in word) for word in words) >= len(words)


def announces_another(row: Line) -> bool:
    """``See also``, ``Read more:`` and the like alone on a line: the next line is another article's title."""
    return row.words <= 5 and bool(_pattern("furniture", "announcing").match(row.plain))


def is_caption(row: Line) -> bool:
    """Names a photographer or agency at its end, or says that it is a picture's text."""
    if row.words > 90:
        return False
    if _begins("caption", "start", row.plain[:LONGEST_SIGN]):
        return True
    from_here = max(0, len(row.plain) - 130)
    return any(found.end() == len(row.plain) for found in _pattern("caption", "end").finditer(row.plain, from_here))


def is_byline(row: Line) -> bool:
    """``By Ann Weru``, ``Staff Reporter``, ``(Reporting by ...)``; not "By Friday the square was full."."""
    if row.words > 24 or not _whole("byline", "whole", row):
        return False
    small = sum(word[0].islower() for word in row.text.split()[1:])
    return not _begins("byline", "preposition", row.plain) or small <= (2 if row.ends else 5)


def names_a_writer(row: Line) -> bool:
    """``Ann Weru``, ``By Ann Weru``, ``About Ann Weru`` alone on a line."""
    return row.words <= 10 and bool(_pattern("byline", "writer").match(row.plain) or is_name(row))


def is_date_line(row: Line) -> bool:
    """``Published: 12 May 2021``, ``Friday, 3 May 2019 | 14:30``."""
    return datewords.is_date_line(row.text)


def is_stamp(row: Line) -> bool:
    """``5 May 2021 at 14:02``, with a name before it or without; not "Published 5 May 2021 14:02"."""
    first = _first_word(row).rstrip(":,-")
    return first not in _data()["date"]["opens"] and bool(_CLOCK.search(row.text)) and is_date_line(row)


def is_stamped_name(row: Line) -> bool:
    """``Juma_K Dec 09, 2020 09:14am``: a name, a day and an hour, as above readers' comments."""
    first = _first_word(row).rstrip(":,.-")
    named = first[:1].isalpha() and first not in _data()["date"]["days"]
    return 3 <= row.words <= 10 and named and is_stamp(row)


def _first_word(row: Line) -> str:
    """The first word of a line, or nothing: a line may hold but characters that nobody sees."""
    return next(iter(row.plain.split(maxsplit=1)), "")


def is_name(row: Line) -> bool:
    """Two to seven capitalised words and nothing else, or with an outlet behind a dash or in brackets."""
    if len(row.text) > 120 or is_heading(row):
        return False
    return bool(_ONLY_NAME.fullmatch(row.text))


def is_heading(row: Line) -> bool:
    """``Summary``, ``KEY POINTS``, ``IV. Findings``: the heading of a part of the article."""
    return row.words <= 14 and (_whole("heading", "own", row) or is_chapter(row))


def is_chapter(row: Line) -> bool:
    """``IV. Contacts with the parties``: the numbered heading of a part of a report."""
    return row.words <= 14 and not row.ends and _begins("heading", "chapter", row.plain)


def is_cased(row: Line) -> bool:
    """Begins as titles and sentences do: with a capital, a digit or a quotation mark."""
    first = row.text.lstrip(_BULLETS)[:1]
    return first.isupper() or first.isdigit() or (bool(first) and first in "'\"“‘¿¡")


def is_question_or_answer(row: Line) -> bool:
    return bool(_QUESTION.match(row.plain))


def tells_about_outlet(row: Line) -> bool:
    """``... is an independent news agency``."""
    return row.words <= 60 and _holds("blurb", "role", row.plain[:LONGEST_SIGN])


def is_motto(row: Line) -> bool:
    """Words that a site puts under its name."""
    return tells_about_outlet(row) or _holds("blurb", "motto", row.plain[:LONGEST_SIGN])


def tells_about_writer(row: Line, names: list[str]) -> bool:
    """``Ann Weru is a journalist in Kisumu``: certain words, a name from the byline, or a writer's trade after a name.

    ``names`` are those of the writers, in small letters. A writer whom the article quotes is no biography.
    """
    if row.words > 110:
        return False
    words = row.plain[: 400 if row.words <= 40 else 160].lstrip("([*-_ ")
    speaks = _holds("bio", "speaks", row.plain)
    if _holds("bio", "sure", words) or (_begins("bio", "writer", words) and not speaks and not _is_news(row)):
        return True
    trade = row.words <= 70 and (_begins("bio", "trade", row.plain) or _holds("bio", "address", row.plain[:1500]))
    if _holds("bio", "role", words[:300]) and trade:
        return True
    named = any(_opens_with(words, name) for name in names)
    return named and row.words <= LONGEST_BIO and not speaks


def tells_a_life(row: Line) -> bool:
    """``Joy Oti teaches law at ...``: opens with a name and goes on as biographies of writers do, without any news."""
    words = row.plain.lstrip("([*-_ ")[:LONGEST_SIGN]
    if row.words > LONGEST_BIO or _holds("bio", "speaks", row.plain) or _is_news(row):
        return False
    return _begins("bio", "life", words)


def is_writers_trade(row: Line) -> bool:
    """``Senior correspondent`` alone on a line."""
    return row.words <= 6 and _whole("bio", "card", row)


def _is_news(row: Line) -> bool:
    """Whether a line tells of a day or hour near the writing, which biographies do not."""
    return _holds("bio", "news", row.plain[:LONGEST_SIGN])


def _opens_with(words: str, name: str) -> bool:
    """Whether a line opens with a writer's name: whole, or the surname behind a title."""
    surname = name.split()[-1]
    titled = _pattern("bio", "title").match(words)
    called = words[titled.end() :].split(maxsplit=1)[0].rstrip(",") if titled and titled.end() < len(words) else ""
    return words.startswith((f"{name} ", f"{name},", f"{name}'s ")) or called == surname


def writers_in(byline: str) -> list[str]:
    """The persons whom a byline names, in small letters: ``By Ann Weru and Moses Kato, Staff Reporters``."""
    outlet = _data()["outlet"]
    found = []
    for match in _PERSON.finditer(byline[:LONGEST_SIGN]):
        words = [word for word in match.group().split() if plain(word).rstrip(".") not in outlet["titles"]]
        if 2 <= len(words) <= 4 and not {plain(word) for word in words} & set(outlet["words"]):
            found.append(plain(" ".join(words)))
    return found


def opens_related(row: Line) -> bool:
    """The heading of a list of other articles."""
    return not row.ends and (_whole("related", "header", row) or is_firm_heading(row))


def is_firm_heading(row: Line) -> bool:
    """A heading below which nothing of the article is expected: ``References``, ``About the author``."""
    return _whole("related", "firm", row)


def invites_comments(row: Line) -> bool:
    """A button or question that invites readers to write; it stands inside articles as well."""
    return _whole("comments", "invitation", row)


def opens_comments(row: Line) -> bool:
    """The heading or form of the readers' part."""
    return _whole("comments", "header", row) or invites_comments(row)


def is_comment_mark(row: Line) -> bool:
    """A line between comments: ``Juan says:``, ``3 years ago``, ``Reply``."""
    return is_comment_foot(row) or (_whole("comments", "mark", row) and not is_byline(row))


def is_comment_foot(row: Line) -> bool:
    """A row of the buttons under a reader's comment: ``Reply``, ``Like · Reply · 2 y``."""
    if row.words > 12:
        return False
    words = set(_LETTERS.findall(row.plain))
    return bool(words & set(_data()["comments"]["feet"])) and _only_words("comments", row)


def is_reader_voice(row: Line) -> bool:
    """How readers write and reporters do not, outside quotation marks: ``I don't``, ``Q:``, ``shame on``."""
    return _holds("comment_voice", "sign", _QUOTED.sub(" ", row.plain[:1500]))


def _only_words(kind: str, row: Line) -> bool:
    words = _LETTERS.findall(row.plain)
    return (len(words) >= 2 or kind == "comments") and set(words) <= set(_data()[kind]["buttons"])


def _whole(kind: str, where: str, row: Line) -> bool:
    return len(row.text) <= LONGEST_SIGN and bool(_pattern(kind, where).fullmatch(row.plain))


def _begins(kind: str, where: str, words: str) -> bool:
    return bool(_pattern(kind, where).match(words))


def _holds(kind: str, where: str, words: str) -> bool:
    return bool(_pattern(kind, where).search(words))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "sections.toml").read_text(encoding="utf-8"))


@cache
def _pattern(kind: str, where: str) -> re.Pattern[str]:
    """All patterns of one list as one."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in _data()[kind][where]))
