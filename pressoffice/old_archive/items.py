"""What one line of an old archive says, checked field by field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.bodies import body_text, clean_body
from articles.models import Statement
from events.models import Event
from pressoffice.publishing import moment
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.plain_text import clean_line, clean_text
from pressoffice.publishing.slugs import slug_of
from projects.models import Project, code_is_readable

from .paths import LONGEST, canonical

FIRST_YEAR = 1991
TITLE, SUMMARY = 250, 600
KINDS = {kind.replace("_", "-"): kind for kind in Statement.Kind.values}


class Refused(Exception):
    """A sentence that says why this item is not brought in."""


@dataclass(frozen=True)
class TopicItem:
    slug: str
    fields: dict[str, Any]

    def names(self) -> dict[str, str]:
        """Asked for only where the topic is new."""
        return _in_all(self.fields, "name", 120)


@dataclass(frozen=True)
class ProjectItem:
    key: str
    names: dict[str, str]
    summaries: dict[str, str]
    descriptions: dict[str, str]
    sector: str
    public_from: datetime
    old_path: str


@dataclass(frozen=True)
class EventItem:
    key: str
    titles: dict[str, str]
    summaries: dict[str, str]
    venues: dict[str, str]
    kind: str
    starts_at: datetime
    ends_at: datetime
    project: str
    country: str
    public_from: datetime
    old_path: str


@dataclass(frozen=True)
class TextItem:
    """One language of a statement."""

    key: str
    group: str
    language: str
    kind: str
    title: str
    slug: str
    summary: str
    body: str
    public_from: datetime
    projects: tuple[str, ...]
    topics: tuple[str, ...]
    event: str
    country: str
    old_path: str
    left_out: tuple[str, ...] = field(default=())


def topic(fields: dict[str, Any]) -> TopicItem:
    return TopicItem(_code(fields), fields)


def project(fields: dict[str, Any]) -> ProjectItem:
    sector = fields.get("sector")
    if sector not in Project.Sector.values:
        raise Refused(
            _("There is no sector “%(sector)s”. There are: %(sectors)s.")
            % {"sector": str(sector)[:60], "sectors": ", ".join(Project.Sector.values)}
        )
    begun = fields.get("published_at") or fields.get("started")
    return ProjectItem(
        _code(fields),
        _in_all(fields, "title", TITLE),
        _in_all(fields, "summary", SUMMARY, shorten=True),
        {code: "\n\n".join(_paragraphs((fields.get("body") or {}).get(code))) for code in CODES},
        sector,
        _moment(begun, "started") if begun else moment.now(),
        _path(fields),
    )


def event(fields: dict[str, Any]) -> EventItem:
    starts_at = _moment(fields.get("starts_at"), "starts_at", future=True)
    ends_at = _moment(fields.get("ends_at") or fields.get("starts_at"), "ends_at", future=True)
    if ends_at < starts_at:
        raise Refused(_("It ends before it starts."))
    kind = fields.get("kind", Event.Kind.BRIEFING)
    if kind not in Event.Kind.values:
        raise Refused(_("There is no kind of event “%(kind)s”.") % {"kind": str(kind)[:60]})
    told = fields.get("published_at")
    return EventItem(
        _code(fields),
        _in_all(fields, "title", TITLE),
        _in_all(fields, "summary", SUMMARY, required=False, shorten=True),
        _in_all(fields, "place", TITLE, required=False),
        kind,
        starts_at,
        ends_at,
        _text(fields, "project"),
        _text(fields, "country"),
        _moment(told, "published_at") if told else min(starts_at, moment.now()),
        _path(fields),
    )


def text(fields: dict[str, Any]) -> TextItem:
    language = fields.get("lang") or fields.get("language")
    if language not in CODES:
        raise Refused(
            _("There is no language “%(language)s” here. There are: %(languages)s.")
            % {"language": str(language)[:20], "languages": ", ".join(CODES)}
        )
    kind = KINDS.get(str(fields.get("type", "statement")).replace("_", "-"))
    if kind is None:
        raise Refused(
            _("There is no kind “%(kind)s”. There are: %(kinds)s.")
            % {"kind": str(fields.get("type"))[:60], "kinds": ", ".join(KINDS)}
        )
    title = _line(fields.get("title"), "title", TITLE)
    body = clean_body(_html(fields))
    if not body_text(body).strip():
        raise Refused(_("It has no text."))
    summary, left_out = clean_text(_string(fields.get("summary"), "summary")), []
    if len(summary) > SUMMARY:
        summary = _shortened(summary)
        left_out.append(_("the end of a long summary"))
    key = str(fields.get("id") or fields.get("slug") or "")
    if not key:
        raise Refused(_("It has neither “id” nor “slug”."))
    return TextItem(
        key[:200],
        str(fields.get("group") or key)[:200],
        language,
        kind,
        title,
        slug_of(title, otherwise=language),
        summary,
        body,
        _moment(fields.get("published_at"), "published_at"),
        tuple(dict.fromkeys(_strings(fields, "projects"))),
        tuple(dict.fromkeys(_strings(fields, "topics"))),
        _text(fields, "event"),
        _text(fields, "country"),
        _path(fields),
        tuple(left_out),
    )


# --- fields ------------------------------------------------------------------------------------------


def _code(fields: dict[str, Any]) -> str:
    code = _text(fields, "slug")
    if not code or len(code) > 60 or code_is_readable.regex.search(code) is None:  # type: ignore[union-attr]
        raise Refused(
            _("“slug” is to be small Latin letters, digits and single hyphens, at most 60 of them.")
        )
    return code


def _in_all(
    fields: dict[str, Any], name: str, longest: int, *, required: bool = True, shorten: bool = False
) -> dict[str, str]:
    given = fields.get(name)
    if isinstance(given, str):
        raise Refused(_("“%(name)s” is to be in three languages: ky, ru, en.") % {"name": name})
    given = given or {}
    found = {}
    for code, language in settings.LANGUAGES:
        words = clean_line(_string(given.get(code), name))
        if required and not words:
            raise Refused(_("“%(name)s” is missing in %(language)s.") % {"name": name, "language": language})
        if len(words) > longest:
            if not shorten:
                raise Refused(
                    _("“%(name)s” is longer than %(number)s letters.") % {"name": name, "number": longest}
                )
            words = _shortened(words)
        found[code] = words
    return found


def _too_long(name: str, longest: int) -> Refused:
    return Refused(_("“%(name)s” is longer than %(number)s letters.") % {"name": name, "number": longest})


def _shortened(words: str) -> str:
    return words[: SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _line(value: Any, name: str, longest: int) -> str:
    words = clean_line(_string(value, name))
    if not words:
        raise Refused(_("“%(name)s” is missing.") % {"name": name})
    if len(words) > longest:
        raise _too_long(name, longest)
    return words


def _string(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(_("“%(name)s” is no text.") % {"name": name})
    return value


def _text(fields: dict[str, Any], name: str) -> str:
    return clean_line(_string(fields.get(name), name))


def _strings(fields: dict[str, Any], name: str) -> Iterable[str]:
    given = fields.get(name) or []
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise Refused(_("“%(name)s” is to be a list of texts.") % {"name": name})
    return given


def _paragraphs(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [each for each in value.split("\n\n") if each.strip()]
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return [each for each in value if each.strip()]
    raise Refused(_("“%(name)s” is no text.") % {"name": "body"})


def _html(fields: dict[str, Any]) -> str:
    """`body_html` as it is, to be cleaned; else the paragraphs of `body`, and the quotation."""
    if fields.get("body_html"):
        return _string(fields["body_html"], "body_html")
    paragraphs = format_html_join("", "<p>{}</p>", ((each,) for each in _paragraphs(fields.get("body"))))
    said, speaker = _text(fields, "quote"), _text(fields, "speaker")
    if not said:
        return paragraphs
    by_whom = format_html("<p>— {}</p>", speaker) if speaker else ""
    return format_html("{}<blockquote><p>{}</p>{}</blockquote>", paragraphs, said, by_whom)


def _moment(value: Any, name: str, *, future: bool = False) -> datetime:
    """ISO 8601; without a zone it is Bishkek's. A day begins at its midnight there."""
    try:
        at = parse_datetime(value) or _midnight(value)
    except (TypeError, ValueError):
        at = None
    if at is None:
        raise Refused(_("“%(name)s” is no moment such as 2019-05-13T09:30:00+06:00.") % {"name": name})
    at = timezone.make_aware(at) if timezone.is_naive(at) else at
    if not FIRST_YEAR <= at.year <= 2100:
        raise Refused(_("“%(name)s” lies outside the years 1991 to 2100.") % {"name": name})
    if not future and at > moment.now():
        raise Refused(_("“%(name)s” lies in the future.") % {"name": name})
    return at.astimezone(UTC)


def _midnight(value: str) -> datetime | None:
    day = parse_date(value)
    return datetime.combine(day, time.min) if day else None


def _path(fields: dict[str, Any]) -> str:
    """The address on the old site, from its root: `path`, or `url` without its host. Its home page is no
    address of an item."""
    given = _text(fields, "path") or _text(fields, "url")
    if not given:
        return ""
    no_path = Refused(_("The old address “%(address)s” is no path.") % {"address": given[:60]})
    try:
        parts = urlsplit(given)
    except ValueError:
        raise no_path from None
    is_relative = not parts.scheme and not given.startswith("/")
    has_host = parts.scheme in {"http", "https"} and parts.netloc
    if parts.scheme and not has_host:
        raise no_path
    if is_relative and (not (parts.path or parts.query) or " " in given):
        raise no_path
    path = "/" + parts.path.removeprefix("/") + (f"?{parts.query}" if parts.query else "")
    path = canonical(path)
    if len(path) > LONGEST:
        raise Refused(_("The old address is longer than %(number)s letters.") % {"number": LONGEST})
    return path if path != "/" else ""
