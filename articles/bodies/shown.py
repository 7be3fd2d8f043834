"""What readers see of a body: the only place that makes its HTML safe to print."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count

from django.utils.safestring import SafeString, mark_safe

from pressoffice.publishing.typography import bound_html

from .cleaning import clean_body, sanitise
from .pieces import FIGURE, NAMED_LINK, PASSAGE_OR_END

_LOCAL_LINK = re.compile(r'(<a(?: class="passage"[^>]*?)? href=")(/|#)')


def as_stored(html: str) -> SafeString:
    """A body to print as it would be stored, for people at the desk: passages and figures as they are."""
    return mark_safe(clean_body(html))  # noqa: S308 — the sanitiser's output


@dataclass(frozen=True)
class ShownProject:
    """Where a passage leads, for projects the reader may see."""

    name: str
    url: str


def render_body(
    html: str,
    *,
    projects: Mapping[str, ShownProject],
    figure: Callable[[str, SafeString], str],
    address: str = "",
    origin: str = "",
    table_label: str = "",
    named: Collection[tuple[str, str]] | None = None,
    is_page: bool = False,
) -> SafeString:
    """What readers see of a stored body.

    `named`: the people and events (as `leads_to` tells them) that have a page for this reader: a link to any
    other is plain words. None lets every link stay.

    `projects`: the public projects among its passages by code; words about any other stay plain words.
    `figure(token, caption)`: the HTML of a picture of the library. `origin` ("https://…") makes links
    absolute for texts that leave the site, and `address` is this text's own absolute address there.
    `table_label`: the name of the part of a page in which a wide table is scrolled; without it there is none.
    `is_page`: whether it is set in lines here, where none may end between a number and its unit.
    """
    html = sanitise(html)
    position = 0
    opened: list[bool] = []

    def passage(match: re.Match[str]) -> str:
        nonlocal position
        if match[1] is None:
            return "</a>" if opened and opened.pop() else "</span>"
        position += 1
        project = projects.get(match[1])
        opened.append(project is not None)
        if project is None:
            return f'<span id="passage-{position}">'
        return (
            f'<a class="passage" id="passage-{position}" data-relation="{match[2]}"'
            f' href="{escape(project.url)}" title="{escape(project.name)}">'
        )

    html = PASSAGE_OR_END.sub(passage, html)
    if named is not None:
        html = NAMED_LINK.sub(lambda match: match[0] if (match[1], match[2]) in named else match[3], html)
    html = FIGURE.sub(lambda match: figure(match[1], mark_safe(match[2] or "")), html)  # noqa: S308 — sanitised above
    if table_label:
        named_part = (
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(table_label)}">'
        )
        html = html.replace("<table>", f"{named_part}<table>").replace("</table>", "</table></div>")
    if origin:
        html = _LOCAL_LINK.sub(
            lambda match: f"{match[1]}{origin}/" if match[2] == "/" else f"{match[1]}{address}#", html
        )
    if is_page:
        html = bound_html(html)
    return mark_safe(html)  # noqa: S308 — sanitised above


_BLOCK_BEGINS = re.compile(r"<(p|h2|h3|figcaption)>(?!</)")


def with_anchors(html: SafeString) -> SafeString:
    """What render_body made, with an id for every paragraph as blocks.py counts them: block-0, block-1 …"""
    numbers = count()
    return mark_safe(  # noqa: S308 — nothing but ids is added to what is safe
        _BLOCK_BEGINS.sub(lambda match: f'<{match[1]} id="block-{next(numbers)}">', html)
    )
