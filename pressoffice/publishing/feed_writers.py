"""Three ways of writing the same feed down: RSS 2.0, Atom 1.0 and JSON Feed 1.1.

Whatever is said, an item says it: no writer knows what a statement is.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import rfc2822_date
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from .feed_items import Channel, Elsewhere, Item, speakable
from .pages import content_type_of

XHTML = "http://www.w3.org/1999/xhtml"
HISTORY = "http://purl.org/syndication/history/1.0"


class _Xml:
    """Elements in the order in which they are asked for; every text made fit for XML."""

    def __init__(self, style: str) -> None:
        self._out = StringIO()
        self._xml = SimplerXMLGenerator(self._out, "utf-8")
        self._xml.startDocument()
        self._xml.processingInstruction("xml-stylesheet", f'type="text/css" href="{style}"')

    def start(self, name: str, **attributes: str) -> None:
        self._xml.startElement(name, AttributesImpl(self._clean(attributes)))

    def end(self, name: str) -> None:
        self._xml.endElement(name)

    def say(self, name: str, text: str | None = None, **attributes: str) -> None:
        told = None if text is None else speakable(text)
        self._xml.addQuickElement(name, told, self._clean(attributes))

    def bytes(self) -> bytes:
        self._xml.endDocument()
        return self._out.getvalue().encode()

    @staticmethod
    def _clean(attributes: dict[str, str]) -> dict[str, str]:
        """`xml_lang` stands for xml:lang, as Python has no colon in a name."""
        return {name.replace("_", ":"): speakable(value) for name, value in attributes.items() if value}


def _links(channel: Channel, content_type: str) -> list[Elsewhere]:
    return [
        Elsewhere("self", channel.address, content_type),
        *channel.alternates,
        *(Elsewhere("hub", hub) for hub in channel.hubs),
        *(each._replace(content_type=content_type) for each in channel.pages),
    ]


def _for_browsers(xml: _Xml, channel: Channel) -> None:
    """What a person sees who opens the address: feed readers pass over elements they do not know.

    XHTML has no prefix, as some readers do not know it by one (AvoidNamespacePrefix of W3C's feed validator).
    """
    xml.start("div", xmlns=XHTML, **{"class": "feed-note"})
    if channel.is_archive:
        xml.say("p", _("This is a part of a feed's archive, for programs: nothing new comes here."))
    else:
        xml.say("p", _("This is a feed. Copy its address into a feed reader, and what is new comes to you."))
    xml.start("p")
    page = _("The archive as pages") if channel.is_archive else _("The same as a page")
    xml.say("a", page, href=channel.page)
    xml.say("a", _("Everything that can be followed"), href=channel.subscribe)
    for each in channel.pages:
        if each.relation in _PAGE_WORDS:
            xml.say("a", str(_PAGE_WORDS[each.relation]()), href=each.address)
    xml.end("p")
    xml.end("div")


_PAGE_WORDS: dict[str, Callable[[], str]] = {
    "previous": lambda: _("Newer"),
    "next": lambda: _("Older"),
    "current": lambda: _("The feed itself"),
    "next-archive": lambda: _("Later weeks"),
    "prev-archive": lambda: _("Earlier weeks"),
}


def _archived(xml: _Xml, channel: Channel) -> None:
    """RFC 5005, section 4: what is new comes under another address."""
    if channel.is_archive:
        xml.say("fh:archive")


def as_rss(channel: Channel) -> bytes:
    """https://www.rssboard.org/rss-profile"""
    xml = _Xml(channel.style)
    xml.start(
        "rss",
        version="2.0",
        xml_lang=channel.language,
        xmlns_atom="http://www.w3.org/2005/Atom",
        xmlns_content="http://purl.org/rss/1.0/modules/content/",
        xmlns_dc="http://purl.org/dc/elements/1.1/",
        xmlns_fh=HISTORY if channel.is_archive else "",
    )
    xml.start("channel")
    xml.say("title", channel.title)
    xml.say("link", channel.page)
    xml.say("description", channel.description)
    for each in _links(channel, content_type_of("rss")):
        xml.say("atom:link", rel=each.relation, type=each.content_type, href=each.address)
    xml.say("language", channel.language)
    xml.say("lastBuildDate", rfc2822_date(channel.updated))
    _archived(xml, channel)
    _for_browsers(xml, channel)
    for item in channel.items:
        _rss_item(xml, item)
    xml.end("channel")
    xml.end("rss")
    return xml.bytes()


def _rss_item(xml: _Xml, item: Item) -> None:
    xml.start("item")
    xml.say("title", item.title)
    xml.say("a", item.title, xmlns=XHTML, href=item.link)
    xml.say("link", item.link)
    xml.say("description", item.told)
    for author in item.authors:
        xml.say("dc:creator", author.name)
    xml.say("pubDate", rfc2822_date(item.published))
    xml.say("guid", item.id, isPermaLink="false")
    for category in item.categories:
        xml.say("category", category.label, domain=category.scheme)
    # RSS has room for one only: the picture.
    for enclosure in item.enclosures[:1]:
        xml.say("enclosure", url=enclosure.url, length=str(enclosure.length), type=enclosure.content_type)
    xml.say("content:encoded", item.html)
    xml.say("atom:updated", _moment(item.updated))
    xml.end("item")


def as_atom(channel: Channel) -> bytes:
    """RFC 4287"""
    xml = _Xml(channel.style)
    xml.start(
        "feed",
        xmlns="http://www.w3.org/2005/Atom",
        xmlns_fh=HISTORY if channel.is_archive else "",
        xml_lang=channel.language,
    )
    xml.say("id", channel.id)
    xml.say("title", channel.title)
    xml.say("subtitle", channel.description)
    xml.say("updated", _moment(channel.updated))
    xml.say("link", rel="alternate", type="text/html", href=channel.page)
    for each in _links(channel, content_type_of("atom")):
        xml.say("link", rel=each.relation, type=each.content_type, href=each.address)
    xml.say("icon", channel.icon)
    xml.start("author")
    xml.say("name", channel.office)
    xml.end("author")
    _archived(xml, channel)
    _for_browsers(xml, channel)
    for item in channel.items:
        _atom_entry(xml, item)
    xml.end("feed")
    return xml.bytes()


def _atom_entry(xml: _Xml, item: Item) -> None:
    xml.start("entry", xml_lang=item.language)
    xml.say("id", item.id)
    xml.say("title", item.title)
    xml.say("a", item.title, xmlns=XHTML, href=item.link)
    xml.say("link", rel="alternate", type="text/html", href=item.link)
    for enclosure in item.enclosures:
        xml.say(
            "link",
            rel="enclosure",
            type=enclosure.content_type,
            length=str(enclosure.length),
            title=enclosure.title,
            href=enclosure.url,
        )
    xml.say("published", _moment(item.published))
    xml.say("updated", _moment(item.updated))
    for author in item.authors:
        xml.start("author")
        xml.say("name", author.name)
        if author.url:
            xml.say("uri", author.url)
        xml.end("author")
    for category in item.categories:
        xml.say(
            "category",
            term=category.term or category.label,
            scheme=category.scheme,
            label=category.label,
        )
    xml.say("summary", item.told)
    xml.say("content", item.html, type="html")
    xml.end("entry")


def as_json(channel: Channel) -> bytes:
    """https://www.jsonfeed.org/version/1.1/"""
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "description": channel.description,
        "next_url": channel.next_page,
        "icon": channel.icon,
        "authors": [{"name": channel.office}],
        "language": channel.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in channel.hubs],
    }
    whole = {**_without_empty(told), "items": [_json_item(item) for item in channel.items]}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        **_without_empty(
            {
                "url": item.link,
                "title": item.title,
                "content_html": item.html,
                "summary": item.told,
                "image": item.image.url if item.image else "",
                "date_published": _moment(item.published),
                "date_modified": _moment(item.updated),
                "authors": [_without_empty(author._asdict()) for author in item.authors],
                "tags": [category.label for category in item.categories],
                "language": item.language,
                "attachments": [
                    _without_empty(
                        {
                            "url": enclosure.url,
                            "mime_type": enclosure.content_type,
                            "title": enclosure.title,
                            "size_in_bytes": enclosure.length,
                        }
                    )
                    for enclosure in item.enclosures
                ],
            }
        ),
    }


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", [])}


def _moment(at: datetime) -> str:
    """RFC 3339, to the second: no reader is the wiser for microseconds."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


# By the ending of their addresses.
WRITERS: dict[str, Callable[[Channel], bytes]] = {"rss": as_rss, "atom": as_atom, "json": as_json}
