"""What a feed tells, before it is written in any format: one thing for each kind of news to make."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.html import strip_tags

from .lasting_ids import id_in

# An empty feed has no date of its own; "now" would make every answer new.
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)

# What XML 1.0 cannot say at all (https://www.w3.org/TR/xml/#charsets).
UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def speakable(text: str) -> str:
    return UNSPEAKABLE.sub("", text)


class Author(NamedTuple):
    name: str
    url: str = ""


class Category(NamedTuple):
    """`term` is the same in every language, `scheme` the address of the list it is a value of."""

    label: str
    term: str = ""
    scheme: str = ""


class Enclosure(NamedTuple):
    url: str
    content_type: str
    length: int
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One piece of news in one language. Every address is absolute; `html` has been made safe.

    `thing` names what it tells of in every language and for good; `updated` moves when readers should look
    again.
    """

    thing: uuid.UUID
    title: str
    link: str
    summary: str
    html: str
    language: str
    published: datetime
    updated: datetime
    authors: Sequence[Author] = ()
    categories: Sequence[Category] = ()
    image: Enclosure | None = None
    files: Sequence[Enclosure] = ()

    @property
    def id(self) -> str:
        return id_in(self.thing, self.language).urn

    @property
    def enclosures(self) -> list[Enclosure]:
        return [*([self.image] if self.image else []), *self.files]

    @property
    def told(self) -> str:
        """Never empty: some readers show nothing else."""
        return self.summary or strip_tags(self.html).strip() or self.title


class Elsewhere(NamedTuple):
    """The same feed in another format or on another page: a link with its relation."""

    relation: str
    address: str
    content_type: str = ""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """`address`: this very document in this format; `id`: the feed in this format, whichever page of it."""

    id: str
    title: str
    description: str
    page: str  # the page that shows the same to people
    subscribe: str  # the page that tells what else can be followed
    address: str
    office: str
    language: str
    items: Sequence[Item]
    alternates: Sequence[Elsewhere]  # in the other formats
    pages: Sequence[Elsewhere]  # first, previous, next, last, and archive documents (RFC 5005)
    hubs: Sequence[str]  # WebSub
    icon: str
    style: str
    is_archive: bool = False  # it holds a part of the feed for good, and not what is new

    @property
    def updated(self) -> datetime:
        return max((item.updated for item in self.items), default=NOTHING_YET)

    @property
    def next_page(self) -> str:
        return next((each.address for each in self.pages if each.relation == "next"), "")
