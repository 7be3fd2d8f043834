"""Pieces of a clean body by their tags: passages, figures, links to people and events."""

import re

from .passages import body_text

PASSAGE_OR_END = re.compile(r'<span data-project="([^"]+)" data-relation="([^"]+)">|</span>')
FIGURE = re.compile(r'<figure data-image="([^"]+)">(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL)


# The public page of a person or an event, in any language: /ru/people/aida/, /en/events/forum/#venue.
NAMED_LINK = re.compile(
    r'<a href="/(?:ky|ru|en)/(people|events)/([A-Za-z0-9_-]+)/?(?:[?#][^"]*)?">(.*?)</a>', re.DOTALL
)


def leads_to(html: str) -> set[tuple[str, str]]:
    """The people and events whose pages a clean body links to: ("people", "aida")."""
    return {(match[1], match[2]) for match in NAMED_LINK.finditer(html)}


def image_tokens(html: str) -> list[str]:
    """Tokens of the library's pictures that a clean body shows, each once, in reading order."""
    return list(dict.fromkeys(re.findall(r'<figure data-image="([^"]+)">', html)))


def captions_in(html: str) -> dict[str, str]:
    """The words under the library's pictures in a clean body, by token."""
    return {match[1]: body_text(match[2]) for match in FIGURE.finditer(html) if match[2]}


def without_passages(html: str, project_codes: set[str]) -> str:
    """A clean body in which the words about these projects are plain words."""
    opened: list[bool] = []

    def unmarked(match: re.Match[str]) -> str:
        if match[1] is None:
            return "" if opened.pop() else match[0]
        opened.append(match[1] in project_codes)
        return "" if opened[-1] else match[0]

    return PASSAGE_OR_END.sub(unmarked, html)


def without_any_figure(html: str) -> str:
    """A clean body without its pictures and the words under them."""
    return FIGURE.sub("", html)


def without_figures(html: str, tokens: set[str]) -> str:
    """A clean body without these pictures; their captions stay as paragraphs."""

    def caption(match: re.Match[str]) -> str:
        if match[1] not in tokens:
            return match[0]
        return f"<p>{match[2]}</p>" if match[2] else ""

    return FIGURE.sub(caption, html)
