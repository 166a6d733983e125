"""The top of a page: menus and notices, the first paragraph, the headline and what stands between them."""

from __future__ import annotations

from geo.text import signs
from geo.text.datelines import says_when_issued
from geo.text.layout import Line
from geo.text.notices import notice_of
from geo.text.page import CRAWL_NOTICE, Page

TITLE_WORDS = (3, 34)
FULL_TITLE = 5  # words: of two lines with as many, the first is the title and the longer one its standfirst
BYLINE_WITHIN = 12  # lines below a ticker or standfirst
STANDFIRST_WORDS = 6
LONGEST_TITLE = 22  # words of another article's title below "Read more"
LEAST_TITLE = 6  # words of a second one: a shorter line may be a subhead of the article
MOST_TITLES = 6
KNOWN = 100.0  # the score of the title that is known from elsewhere
SITE_NAME = 4.0
SAME_TITLE = 45  # characters by which a title may differ at its end: " | The River Post"


def crawl_notices(page: Page) -> None:
    """Lines of an archive or cache that say when the page was stored."""
    for i, row in enumerate(page.lines):
        if signs.is_crawl_notice(row):
            page.say(i, "crawl_header", CRAWL_NOTICE)


def furniture(page: Page) -> None:
    """Buttons, menus, cookie and copyright lines, announcements of other articles: told by their own words."""
    for i, row in enumerate(page.lines):
        notice = notice_of(row)
        if signs.is_row_of_links(row):
            page.say(i, "navigation", "a row of links")
        elif notice is not None:
            page.say(i, "boilerplate", f"told by its words: {notice.because}")
        elif signs.is_row_of_buttons(row):
            page.say(i, "boilerplate", "a row of buttons")


def teasers(page: Page) -> None:
    """The titles of other articles below "See also" or "Read more:": one, and others that follow it right away.

    A short line behind them may be a subhead of the article.
    """
    for i, row in enumerate(page.lines[:-1]):
        if page.labels[i] is None or not signs.announces_another(row):
            continue
        for at in range(i + 1, min(i + 1 + MOST_TITLES, len(page.lines))):
            if not _is_other_title(page, at, first=at == i + 1):
                break
            page.say(at, "boilerplate", "the title of another article, below a line that announces it")


def _is_other_title(page: Page, i: int, *, first: bool) -> bool:
    row = page.lines[i]
    words = (0 if first else LEAST_TITLE) <= row.words <= LONGEST_TITLE
    asks = row.text.endswith("?") and not first
    return words and (not row.ends or asks) and row.plain != page.title and not signs.is_heading(row)


def opening(page: Page) -> None:
    """The first paragraph: prose that is no notice, caption, blurb or motto repeated on the page.

    One or two single lines of prose above the byline are a ticker or a standfirst.
    """
    prose = [i for i in page.free(range(len(page.lines))) if signs.is_prose(page.lines[i])]
    prose = [i for i in prose if not _apart(page, i) and not is_title(page, page.lines[i])]
    if not prose:
        return
    page.start = prose[0]
    for i in range(prose[0], min(prose[0] + BYLINE_WITHIN, len(page.lines))):
        if _names_writer_or_date(page, i) and _heads(page, i, prose):
            page.start = next(j for j in prose if j > i)


def _heads(page: Page, byline: int, prose: list[int]) -> bool:
    """Whether no more than a ticker and a standfirst stand above a byline, and the article below it."""
    above = [page.lines[i].words for i in prose if i < byline]
    below = [page.lines[i].words for i in prose if i > byline]
    return len(above) <= 2 and max(above) <= signs.LONG_PROSE and 2 * sum(below) >= 3 * sum(above)


def _names_writer_or_date(page: Page, i: int) -> bool:
    return page.labels[i] is None and (signs.is_byline(page.lines[i]) or signs.is_date_line(page.lines[i]))


def headline(page: Page) -> None:
    """The line above the first paragraph that equals the title, is repeated, or has most words."""
    above = range(len(page.lines) if page.start is None else page.start)
    chances = [
        i for i in page.free(above) if not signs.is_byline(page.lines[i]) and not signs.is_date_line(page.lines[i])
    ]
    below = {row.plain for row in page.lines[len(above) :]}
    scores = {i: _score(page, i, below) for i in chances}
    menus = [i for i in above if page.section(i) == "navigation"]
    titles = [i for i in chances if scores[i] > 0]
    for i in titles:  # what stands above a menu that a title stands below is the site's name
        if scores[i] < KNOWN and any(i < menu < titles[-1] for menu in menus):
            scores[i] -= SITE_NAME
    best = max(chances, key=lambda i: (scores[i], -i), default=None)
    if best is None or (page.start is None and len(page.lines) == 1):
        return
    alone = len(chances) == 1 and TITLE_WORDS[0] <= page.lines[best].words <= TITLE_WORDS[1] and not page.lines[best].ends
    if scores[best] <= 0 and not alone:
        return
    page.headline = best
    known = is_title(page, page.lines[best])
    why = "equals the article's title" if known else "the headline: the fullest line above the first paragraph"
    page.say(best, "headline", why)
    for i in page.free(range(len(page.lines))):
        if page.lines[i].plain == page.lines[best].plain:
            page.say(i, "headline_duplicate", "repeats the headline")


def _score(page: Page, i: int, below: set[str]) -> float:
    """How much a line above the first paragraph looks like the headline; 0 or less: not at all.

    Repeated beside the headline, a title is set twice; repeated below the article, a site's name is.
    """
    row = page.lines[i]
    low, high = TITLE_WORDS
    if is_title(page, row):
        return KNOWN
    if not low <= row.words <= high or len(row.text) > signs.LONGEST_SIGN or signs.is_caption(row):
        return 0
    score = float(min(row.words, FULL_TITLE))
    score += 6 * (page.repeats(i) and row.plain not in below)
    score -= 9 * (row.text.endswith(".") and not row.text.endswith("..."))
    score -= 5 * signs.is_motto(row)
    score -= 3 * row.text.isupper()
    return score if row.words > low or score > low else 0


def head(page: Page) -> None:
    """The lines above the first paragraph: site name, menu, masthead date, byline, standfirst."""
    if page.start is None:
        return
    for i in page.free(range(page.start)):
        row = page.lines[i]
        above = page.headline is not None and i < page.headline
        if signs.is_date_line(row) and above and not says_when_issued(row.text):
            page.say(i, "crawl_header", "a date above the headline: often the day on which the page was seen or stored")
        elif signs.is_date_line(row):
            page.say(i, "byline", "the date line of the article")
        elif signs.is_byline(row):
            page.say(i, "byline", "names who wrote or supplied the article")
        elif signs.is_caption(row):
            page.say(i, "caption", "names a photographer or agency, as captions do")
        elif page.headline is None:
            _without_headline(page, i)
        elif above:
            page.say(i, "navigation", "stands above the headline: the site's name or menu")
        else:
            _below_headline(page, i)


def _without_headline(page: Page, i: int) -> None:
    row = page.lines[i]
    if row.words >= STANDFIRST_WORDS - 1 and not page.repeats(i) and not signs.is_motto(row):
        page.say(i, "subhead", "a line above the first paragraph")
    else:
        page.say(i, "navigation", "a short line above the first paragraph: the site's name or menu")


def _below_headline(page: Page, i: int) -> None:
    row = page.lines[i]
    if signs.tells_about_outlet(row) and page.begins_with_a_label(i):
        page.say(i, "boilerplate", "tells about the outlet")
    elif signs.is_question_or_answer(row):
        page.say(i, "body", "a question or answer of an interview")
    elif signs.is_heading(row):
        page.say(i, "subhead", "the heading of a part of the article")
    elif signs.is_name(row):
        page.say(i, "byline", "a name between the headline and the first paragraph")
    elif row.words >= STANDFIRST_WORDS and not page.repeats(i) and signs.is_cased(row):
        page.say(i, "subhead", "stands between the headline and the first paragraph")
    else:
        page.say(i, "boilerplate", "a short line between the headline and the first paragraph")


def is_title(page: Page, row: Line) -> bool:
    """Whether the line is the title that is known from elsewhere, give or take the outlet's name behind it."""
    if not page.title or len(row.text) > signs.LONGEST_SIGN:
        return False
    if row.plain == page.title:
        return True
    begins = page.title.startswith(row.plain) or row.plain.startswith(page.title)
    return row.words >= 4 and begins and abs(len(row.plain) - len(page.title)) <= SAME_TITLE


def _apart(page: Page, i: int) -> bool:
    """Prose that does not open an article: a caption, the outlet's blurb, a motto, a byline."""
    row = page.lines[i]
    return (
        signs.is_caption(row)
        or (signs.tells_about_outlet(row) and page.begins_with_a_label(i))
        or (page.repeats(i) and row.words < signs.LONG_PROSE)
        or (signs.is_byline(row) and row.words < 14)
        or signs.is_date_line(row)
        or signs.opens_comments(row)
    )
