"""The constructions that say when: a pattern and its reading function each, in the order of RULES.

The longest match that begins first wins. The reading functions are in ``timex_dates``, ``timex_units``, ``timex_years``;
each takes the match and the frame (the day of publication, the days last spoken of, the tense) and returns what the words
mean, or None when they mean nothing.
"""

from __future__ import annotations

import re

from geo.claims.timex_dates import (
    bare_month,
    day_first,
    iso_date,
    month_and_year,
    month_first,
    months_range,
    near_day,
    numeric_date,
    told_day,
    week_of,
    weekday,
)
from geo.claims.timex_frame import HOLIDAYS, MONTHS, NUMBERS, SEASONS, UNITS, WEEKDAYS, WORDS, Reader, alternatives
from geo.claims.timex_months import day_of_a_month, edge_of_a_time, part_of_month, spelled_day
from geo.claims.timex_units import (
    ago,
    clock,
    counted_from_event,
    counted_from_told,
    duration,
    every,
    from_now,
    in_units,
    on_this_day,
    part_of_day,
    part_of_unit,
    past_units,
    reference,
    the_weekend,
    this_unit,
    told_part,
    told_then,
    unit_beside,
    vague_units,
)
from geo.claims.timex_weeks import weekday_back, weekday_in_week, weekday_on, weekday_told
from geo.claims.timex_years import bare_year, century, decade, decade_in_words, holiday, part_of_year, season

_FULL_MONTH = alternatives([name for name in MONTHS if len(name) > 4 or name in ("May", "June", "July")])
_SHORT_MONTH = alternatives([name for name in MONTHS if len(name) < 5 and name not in ("May", "June", "July")])
_M = rf"(?:(?:{_FULL_MONTH})\b|(?:{_SHORT_MONTH})\b\.?)"
_W = rf"(?:{alternatives(WEEKDAYS)})\b"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d)"
_Y = r"(?:1[0-9]|20)\d\d(?!\d|[.,:]\d)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\s+(?:to|through|until|and)\s+)"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_N = (
    rf"(?i:(?<![\d.,])\d{{1,4}}(?:\.\d)?(?:\s1/2)?|(?:{_TENS})[-\s](?:one|two|three|four|five|six|seven|eight|nine)"
    rf"|(?:{alternatives(NUMBERS)})\b)"
)
_VAGUE = rf"(?i:{alternatives(WORDS['vague'])})"
_COUNTED = [
    unit for unit in UNITS if unit not in ("second", "quarter", "century")
]  # "a second", "a quarter" are no times
_U = rf"(?i:(?:{'|'.join(_COUNTED)})s?|seconds|century|centuries)\b"
_BIG = r"(?i:day|week|weekend|month|quarter|year|decade|century)\b"
_ABOUT = rf"(?i:(?:{alternatives(WORDS['about'])})\s+)?"
_PART = rf"(?i:{alternatives(WORDS['parts'])})[-\s]+"
_STAGE = rf"(?i:{alternatives([part for part in WORDS['parts'] if part not in ('earlier', 'later')])})[-\s]+"
_WHICH = r"(?i:last|next|this|that|past|coming|previous|preceding|following|same)"
_SEASON = rf"(?i:{alternatives(SEASONS)})\b"
_TIME = r"(?i:morning|afternoon|evening|night|noon|midday)\b"


_SETS = "|".join(WORDS["sets"])
_REFERENCES = alternatives(WORDS["references"])

_NAMES = [name for name in WEEKDAYS if name.endswith("day")]
_FULL_WEEKDAY = rf"(?:{alternatives(_NAMES)})\b"
_BOUND = r"(?i:(?:(?:more|less|fewer)\s+than|at\s+least|at\s+most|over|up\s+to)\s+)?"
_MORE = r"(?:(?i:more|full|straight|consecutive)\s+)?"
_NEAR_WEEKDAY = r"(?:(?i:last|next|this|coming)\s+)?"
_GO_ON = alternatives(WORDS["after_day_before"])
"""What may follow "the day before" without naming what it is counted from."""
_CLOSED = rf"(?=\s*[,.;:)]|\s*$|\s+(?:{_GO_ON})\b)"
"""What is counted from is not named behind the words."""
_NTH = alternatives(WORDS["days_of_month"])
_FEW = r"(?i:a|one|two|three|four|five|six)"
_EARLY = r"(?:(?i:early|mid|late)[-\s]+)?"

RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            rf"(?<![\d/-])(?P<y>{_Y})(?P<sep>[-/])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?![\d/-])",
            iso_date,
        ),
        (r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d/-])", numeric_date),
        (
            rf"\b(?:{_NEAR_WEEKDAY}(?P<w>{_W})(?:\.?,\s+|\s+|\s*\(\s*))?(?P<m>{_M})\s+(?P<d>{_D})"
            rf"(?:(?:,\s+{_D})*,?{_TO}(?:(?P<m2>{_M})\s+)?(?P<d2>{_D}))?(?:,?\s+(?P<y>{_Y}))?",
            month_first,
        ),
        (
            rf"\b(?:{_NEAR_WEEKDAY}(?P<w>{_W})(?:\.?,\s+|\s+|\s*\(\s*))?(?P<d>{_D})"
            rf"(?:(?:\s+(?P<m>{_M}))?{_TO}(?P<d2>{_D}))?\s+(?:of\s+)?(?P<m2>{_M})(?:,?\s+(?P<y>{_Y}))?",
            day_first,
        ),
        (rf"\b(?i:the\s+week\s+of)\s+(?P<m>{_M})\s+(?P<d>{_D})(?:,?\s+(?P<y>{_Y}))?", week_of),
        (rf"\b(?:{_PART})?(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})", month_and_year),
        (rf"\b(?P<m>{_M})(?:{_DASH}|/|\s+to\s+)(?P<m2>{_M})\s+(?P<y>{_Y})", months_range),
        (rf"(?<=\b[Bb]etween\s)(?P<m>{_M})\s+and\s+(?P<m2>{_M})\s+(?P<y>{_Y})", months_range),
        (
            rf"\b(?:(?i:the)\s+)?(?P<ord>(?i:first|last))\s+(?P<n>{_N})\s+(?P<u>(?i:days|weeks|months))\s+(?i:of)\s+"
            rf"(?:(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?|(?P<y2>{_Y})|(?P<which>(?i:last|this))\s+year\b)",
            edge_of_a_time,
        ),
        (
            rf"\b(?:{_PART})?(?:(?P<which>{_WHICH})\s+)?(?P<bare_month>(?P<m>{_M}))(?!\.?\s+\d)"
            r"(?=(?:\s+(?:of\s+)?(?P<of>this|last|next|that|same)\s+year)?)",
            bare_month,
        ),
        (rf"\b(?P<w>{_FULL_WEEKDAY})\s+(?P<u>(?i:week|fortnight))\b(?!['’-]|\s+(?:of|long))", weekday_on),
        (rf"\b(?P<n>{_FEW})\s+(?i:weeks?)\s+(?i:on|from|next)\s+(?P<w>{_FULL_WEEKDAY})", weekday_on),
        (
            rf"\b(?P<n>{_FEW})\s+(?i:weeks?)\s+(?:(?i:ago)\s+(?:(?i:last|on)\s+)?|(?i:last)\s+)(?P<w>{_FULL_WEEKDAY})",
            weekday_back,
        ),
        (rf"\b(?P<n>{_FEW})\s+(?P<w>(?:{alternatives(_NAMES)})s)\s+(?i:ago)\b", weekday_back),
        (rf"\b(?i:the)\s+(?P<w>{_FULL_WEEKDAY})\s+(?P<n>(?i:before))\s+(?i:last)\b", weekday_back),
        (
            rf"\b(?P<n>{_N})\s+(?P<u>{_U})\s+(?P<dir>(?i:ago|from))\s+(?P<near>(?i:today|yesterday|tomorrow))\b",
            on_this_day,
        ),
        (
            rf"\b(?P<which>(?i:last|next|this))\s+(?i:week)(?:['’]s)?\s+(?:(?i:on)\s+)?(?P<w>{_FULL_WEEKDAY})",
            weekday_in_week,
        ),
        (
            rf"\b(?P<w>{_FULL_WEEKDAY}),?\s+(?:(?i:of|in)\s+)?(?P<which>(?i:last|next|this))\s+(?i:week)\b(?!['’-])",
            weekday_in_week,
        ),
        (
            rf"\b(?:(?i:the)\s+(?=(?i:same|following|previous|preceding)))?(?P<which>(?i:that|same|previous|preceding|following))"
            rf"\s+(?P<w>{_FULL_WEEKDAY})",
            weekday_told,
        ),
        (rf"\b(?i:the)\s+(?P<w>{_FULL_WEEKDAY})\s+(?P<which>(?i:before|after)){_CLOSED}", weekday_told),
        (
            rf"\b(?:(?i:the)\s+)?(?P<ord>(?i:first|second|third|fourth|last|final))\s+(?P<part>(?i:week|half)|{_FULL_WEEKDAY})\s+(?i:of|in)\s+"
            rf"(?:(?P<m>{_M})(?:,?\s+(?:of\s+)?(?P<y>{_Y}))?|(?P<which>(?i:last|this|next))\s+(?i:month)\b)",
            part_of_month,
        ),
        (rf"\b(?i:the)\s+(?P<ord>(?i:{_NTH}))\s+(?i:of)\s+(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?", spelled_day),
        (
            rf"\b(?P<m>{_M})\s+(?i:the)\s+(?P<ord>(?i:{_NTH})|[0-3]?\d(?:st|nd|rd|th))(?:(?:,|\s+of)?\s+(?P<y>{_Y})|{_CLOSED})",
            spelled_day,
        ),
        (
            rf"(?:(?<=\b[Oo]n\s)|(?<=\b[Ff]or\s))(?:(?P<w>{_FULL_WEEKDAY}),?\s+)?(?:(?i:the)\s+)?(?P<ord>[0-3]?\d(?:st|nd|rd|th))(?!\s+in\s+a\s+row)"
            rf"(?:\s+(?i:of)\s+(?:(?i:the)\s+)?(?P<which>(?i:last|this|next|that|same))\s+(?i:month)\b|(?!\s+of\b){_CLOSED})",
            day_of_a_month,
        ),
        (
            rf"\b(?:(?P<which>{_WHICH})\s+)?(?P<bare_weekday>(?P<w>{_FULL_WEEKDAY}))"
            rf"(?:\s+(?:(?:to|through)\s+(?P<w2>{_FULL_WEEKDAY})|(?:early\s+|late\s+)?(?P<time>{_TIME})))?",
            weekday,
        ),
        (
            r"\b(?i:a\s+(?:short|little)\s+(?:while|time)\s+ago|(?:moments|minutes)\s+ago|since\s+(?:dawn|daybreak|sunrise)"
            r"|the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|(?:early\s+|late\s+)?(?:yesterday|tomorrow|today)"
            r"(?:\s+(?:morning|afternoon|evening|night))?|tonight|last\s+night|(?:earlier\s+|late\s+)?this\s+"
            r"(?:morning|afternoon|evening))\b",
            near_day,
        ),
        (
            r"\b(?i:(?:earlier|later)\s+(?:that|the\s+same)\s+day|that\s+(?:same\s+)?day|(?:the\s+)?same\s+day"
            r"|(?:the\s+)?(?:next|following|previous|preceding)\s+(?:day|morning|afternoon|evening|night)"
            r"|the\s+day\s+(?P<from>before|after)(?!\s+(?:yesterday|tomorrow))"
            r"|(?:a|one)\s+day\s+(?:earlier|later|(?P<from1>before|after))|the\s+eve(?!\s+of))\b"
            rf"(?P<what>(?=\s+(?!(?:{_GO_ON})\b)[\w'’\"“]))?",
            told_day,
        ),
        (r"(?:(?<=^)|(?<=[\s\"“]))That(?:['’]s|\s+is|\s+was)\s+when\b", told_day),
        (
            rf"\b(?:(?i:the)\s+(?=(?i:same|following|previous|preceding|past|next)))?(?:{_STAGE})?(?P<which>{_WHICH})\s+"
            rf"(?P<u>{_BIG})(?!-)",
            this_unit,
        ),
        (r"\b(?i:the|this)\s+(?P<u>(?i:weekend))\b", the_weekend),
        (
            rf"\b(?i:the)\s+(?P<u>(?i:night|week|weekend|month|year))\s+(?P<dir>(?i:before|after))"
            rf"(?:\s+(?P<last>(?i:last|next))\b|{_CLOSED})",
            unit_beside,
        ),
        (
            r"\b(?:(?i:later|earlier)\s+)?(?i:that\s+same|that|the\s+same)\s+(?P<time>(?i:morning|afternoon|evening|night))\b",
            told_part,
        ),
        (
            r"\b(?i:the\s+(?:very\s+)?(?:beginning|start|middle|end|close)\s+of\s+(?:the|this)\s+(?P<u>week|month|year|decade))\b",
            part_of_unit,
        ),
        (r"(?<=\b[Ss]ince\s)then\b", told_then),
        (rf"\b(?:(?i:the)\s+(?=(?i:past)))?(?i:last|past|previous)\s+(?:(?P<n>{_N})|{_VAGUE})\s+(?P<u>{_U})", past_units),
        (rf"\b(?P<about>{_ABOUT})(?P<n>{_N}|{_VAGUE})[\s-]+(?P<u>{_U})\s+(?i:ago)\b", ago),
        (
            rf"\b(?P<about>{_ABOUT})(?P<n>{_N}|{_VAGUE})\s+(?P<u>{_U})\s+"
            r"(?P<dir>(?i:earlier|later|beforehand|previously|afterwards?)\b|(?i:on)(?=,))",
            counted_from_told,
        ),
        (
            rf"\b(?P<about>{_ABOUT})(?P<n>{_N}|{_VAGUE})\s+(?P<u>{_U})\s+"
            rf"(?P<dir>(?i:before|after))(?:\s+(?i:that|this|then){_CLOSED}|(?=\s*[,.;:)]|\s*$))",
            counted_from_told,
        ),
        (rf"\b(?P<about>{_ABOUT})(?P<n>{_N})\s+(?P<u>{_U})\s+(?i:from\s+now)\b", from_now),
        (rf"(?<=\b[Ii]n\s)(?P<about>{_ABOUT})(?P<n>{_N})\s+(?P<u>{_U})['’](?:s\s+)?\s*(?i:time)\b", from_now),
        (rf"(?<=\b[Ii]n\s)(?P<about>{_ABOUT})(?P<n>{_N})\s+(?P<u>{_U})(?!\s+(?i:ago|later|earlier))", in_units),
        (rf"\b{_BOUND}(?P<n>{_N}|{_VAGUE})[\s-]+{_MORE}(?P<u>{_U})(?=\s+(?i:before|after)\b)", counted_from_event),
        (rf"\b{_BOUND}(?P<n>{_N}|{_VAGUE})[\s-]+{_MORE}(?P<u>{_U})(?:-(?i:long)\b)?(?![\s-]+(?i:old)\b)", duration),
        (
            r"\b(?P<u>(?i:weeks|days|months|years|decades|hours))\b(?:-(?i:long)\b)?(?!-)"
            r"|\b(?P<u2>(?i:day|week|month|year))-(?i:long)\b",
            duration,
        ),
        (rf"\b(?i:recent|coming)\s+(?P<u>{_U})", vague_units),
        (
            rf"\b(?P<set>(?i:{_SETS}))\b|\b(?i:every|each)\s+(?:(?:(?P<n>{_N})\s+)?(?P<u>{_U})|(?P<w>{_FULL_WEEKDAY}))",
            every,
        ),
        (rf"\b(?i:{_REFERENCES})\b(?!\s+(?:{_N}|{_VAGUE}|{_U}|{_BIG}))", reference),
        (
            rf"(?<![\d:.$£€])(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?\s?(?:(?P<half>(?i:[ap]\.?m)\b\.?)"
            rf"|(?i:in\s+the\s+(?P<part>morning|afternoon|evening))|(?<=:\d\d)(?!\d))"
            rf"(?:\s+(?:[A-Z]{{3,4}}\b|local\s+time))?(?:,?\s+(?:on\s+)?(?P<w>{_FULL_WEEKDAY}))?",
            clock,
        ),
        (r"(?<=\b[Aa]t\s)(?P<part>midnight|midday|noon)\b", part_of_day),
        (rf"\b(?:{_PART})?(?P<bare_year>(?P<y>{_Y}))(?:[-–/](?P<y2>(?:(?:1\d|20)\d\d|\d\d)(?!\d)))?(?!\w)", bare_year),
        (rf"(?:\b{_EARLY})?(?P<dec>\b(?:1[5-9]|20)\d0|(?<=['’])\d0)['’]?s\b", decade),
        (r"\b(?i:early|mid|late)[-\s](?P<dec>[4-9]0)s\b", decade),
        (
            rf"(?<=\b[Tt]he\s)(?:(?i:early|mid|late)[-\s]+)?(?P<ten>(?i:{alternatives(WORDS['decades'])}))\b",
            decade_in_words,
        ),
        (
            rf"\b(?:(?i:the)\s+)?{_EARLY}(?P<num>[12]?\d(?i:st|nd|rd|th)|(?i:{alternatives(WORDS['centuries'])}))"
            r"[\s-](?i:century)\b",
            century,
        ),
        (
            rf"\b(?:(?i:the)\s+)?(?:(?P<ord>(?i:first|second|third|fourth|last|final))\s+(?:(?i:quarter)|(?P<half>(?i:half)))"
            r"|Q(?P<q>[1-4]))"
            rf"(?:\s+of)?\s+(?:(?P<y>{_Y})|(?P<which>(?i:last|this|next))\s+(?i:year)|(?i:the\s+year))",
            part_of_year,
        ),
        (rf"\b(?:{_PART})?(?:(?P<which>{_WHICH})\s+)?(?P<s>{_SEASON})(?:(?:\s+of)?\s+(?P<y>{_Y}))?", season),
        (rf"\b(?:(?i:last|this|next)\s+)?(?P<name>{alternatives(HOLIDAYS)})\b(?:,?\s+(?P<y>{_Y}))?", holiday),
    )
)
