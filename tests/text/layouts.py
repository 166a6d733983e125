"""One made-up article in the markup of several kinds of sites, with furniture in it that must stay out or shut."""

# ruff: noqa: E501 - markup reads better unbroken

from __future__ import annotations

from html import escape

TITLE = "Boatmen of Mopti block the river harbour over fuel"
BYLINE = "By Awa Coulibaly"
DATE = "12 June 2018"
CAPTION = "Pinasses lie across the harbour mouth of Mopti on Monday"
BODY = (
    "Some two hundred boatmen laid their pinasses across the mouth of the harbour of Mopti on Monday and let no ship pass.",
    "They ask for cheaper fuel. The price of a can has doubled since the rains, said Bakary Thiero, who speaks for them.",
    "The prefect met four of the boatmen in the evening and promised to write to Bamako, his office said.",
    "Traders on the quay feared for their fish. Women carried baskets of it over the blockade on their heads.",
    "The boatmen said that they would stay until Thursday, and cooked rice on the decks.",
)
INSIDE = "Read also: Soldiers hand rifles to hunters in Bankass"
BIO = "Awa Coulibaly took part in the Algiers talks as an interpreter."
RELATED = ("Rebels and ministers meet in Kidal", "Thousands march in Gao against the army")
COMMENTS = (
    ("Seydou", "The army gave guns to the boatmen of Konna."),
    ("Aminata T.", "We marched in Ségou and nobody wrote it."),
)
FOOT = "© 2018 River Dispatch. All rights reserved."
MENU = ("Home", "Politics", "Economy", "Culture", "Contact")


def _list(rows: tuple[str, ...], name: str = "") -> str:
    return f'<ul class="{name}">' + "".join(f'<li><a href="#">{escape(row)}</a></li>' for row in rows) + "</ul>"


def _paragraphs(inside: str) -> str:
    rows = [f"<p>{escape(row)}</p>" for row in BODY]
    return "\n".join([*rows[:2], inside, *rows[2:]])


def _page(body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head><body>{body}</body></html>'
    )


def wordpress() -> str:
    comments = "".join(
        f'<li class="comment even"><div class="comment-author vcard"><cite class="fn">{who}</cite> <span class="says">says:'
        f'</span></div><div class="comment-content"><p>{words}</p></div></li>'
        for who, words in COMMENTS
    )
    return _page(
        f'<nav class="main-navigation">{_list(MENU)}</nav><div class="site-content"><main><article class="post comments-open">'
        f'<header class="entry-header"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><span class="byline">{BYLINE}'
        f'</span> <span class="posted-on">{DATE}</span></div></header><div class="entry-content"><div class="wp-caption">'
        f'<img src="a.jpg"><p class="wp-caption-text">{CAPTION}</p></div>{_paragraphs(f"<p><strong>{INSIDE}</strong></p>")}'
        f'<div class="sharedaddy"><h3>Share this:</h3>{_list(("Twitter", "Facebook"))}</div><div class="jp-relatedposts">'
        f'<h3>Related</h3>{_list(RELATED)}</div></div><footer class="entry-footer"><div class="author-bio"><p>{BIO}</p></div>'
        f'</footer></article><div id="comments" class="comments-area"><h2>2 thoughts</h2><ol class="comment-list">{comments}'
        f"</ol></div></main></div><footer>{FOOT}</footer>"
    )


def drupal() -> str:
    comments = "".join(
        f'<div class="comment"><h3>{who}</h3><div class="content"><p>{words}</p></div></div>' for who, words in COMMENTS
    )
    return _page(
        f'<div id="header"><div class="region-menu">{_list(MENU, "links")}</div></div><div id="main"><h1 class="page-title">{TITLE}'
        f'</h1><div class="node node-article"><div class="submitted">Submitted by Awa Coulibaly on {DATE}</div><div '
        f'class="field-name-body">{_paragraphs(f"<aside class=related><p>{INSIDE}</p></aside>")}<figure><img src="a.jpg">'
        f'<figcaption>{CAPTION}</figcaption></figure></div><div class="author-info"><p>{BIO}</p></div></div><div class="block '
        f'related-content"><h2>Related content</h2>{_list(RELATED)}</div><section id="comments">{comments}</section></div>'
        f'<div id="footer"><p>{FOOT}</p></div>'
    )


def amp() -> str:
    return _page(
        f"<amp-sidebar>{_list(MENU)}</amp-sidebar><article class='amp-wp-article'><header><h1>{TITLE}</h1><div class='amp-wp-meta "
        f"amp-wp-byline'>{BYLINE}</div><div class='amp-wp-meta amp-wp-posted-on'><time>{DATE}</time></div></header><figure>"
        f"<amp-img src='a.jpg'></amp-img><figcaption class='wp-caption-text'>{CAPTION}</figcaption></figure>"
        f"<div class='amp-wp-article-content'>{_paragraphs(f'<p><a href=x>{INSIDE}</a></p>')}<p class='author-bio'>{BIO}</p></div>"
        f"<footer class='amp-related'>{_list(RELATED)}</footer></article><footer class='amp-wp-footer'><p>{FOOT}</p></footer>"
    )


def blogger() -> str:
    comments = "".join(
        f'<dt id="c1">{who} said...</dt><dd class="comment-body"><p>{words}</p></dd>' for who, words in COMMENTS
    )
    return _page(
        f'<div class="header"><h1>River Dispatch</h1></div><div class="main"><h2 class="date-header">{DATE}</h2><div class="post">'
        f'<h3 class="post-title">{TITLE}</h3><div class="post-body">{_paragraphs(f"<p>{INSIDE}</p>")}<p>{BIO}</p></div><div '
        f'class="post-footer"><span class="post-author">{BYLINE}</span></div></div><div class="comments" id="comments"><h4>2 '
        f'comments:</h4><dl>{comments}</dl></div></div><div class="sidebar"><h2>Popular Posts</h2>{_list(RELATED)}</div>'
        f'<div class="footer">{FOOT}</div>'
    )


def plain_divs() -> str:
    """A page of the nineties: tables, breaks and no names of classes."""
    comments = "".join(f"<p>{who} says: {words}</p>" for who, words in COMMENTS)
    return _page(
        f"<table><tr><td>{' | '.join(MENU)}</td></tr><tr><td><h1>{TITLE}</h1><p>{BYLINE}</p><p>{DATE}</p>"
        f"{_paragraphs(f'<p>{INSIDE}</p>')}<p>{BIO}</p><p>Related articles</p>{_list(RELATED)}<p>Comments (2)</p>{comments}"
        f"<p>{FOOT}</p></td></tr></table>"
    )


def printed() -> str:
    """The print version of a page."""
    return _page(
        f"<div class='print'><p>River Dispatch - Print version</p><h1>{TITLE}</h1><p class='author'>{BYLINE}</p><p class='date'>{DATE}"
        f"</p>{_paragraphs('')}<p>{BIO}</p><p>Source URL: http://river.example/mopti</p><p>{FOOT}</p></div>"
    )


def archived() -> str:
    """A page as a web archive shows it, below the archive's bar."""
    bar = "<div id='wm-ipp-base'><p>The Wayback Machine</p><p>14 captures</p><p>3 Jan 2021 - 9 Mar 2024</p></div>"
    return drupal().replace("<body>", f"<body>{bar}")


LAYOUTS = {name: form() for name, form in {
    "WordPress": wordpress, "Drupal": drupal, "AMP": amp, "Blogger": blogger, "tables": plain_divs, "print": printed, "archive": archived,
}.items()}  # fmt: skip
WITH_CAPTION = {"WordPress", "Drupal", "AMP", "archive"}
