"""Statements: what was said once, with its texts in each language."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Min, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import override

from articles.chain import record_of
from articles.filters import EditionFilter
from articles.models import Edition, Passage, Statement
from articles.reading import body_of, for_pages, pictures_of
from articles.standing import is_behind
from pressoffice.ledger.open_data.as_json import in_languages
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import OWN_NAMES

from . import words
from .cursors import Key
from .paging import Page, page_of
from .parameters import Asked
from .problems import Problem
from .words import Data, api_address, moment_in_utc

NEWEST = (Key("since", "moment", is_descending=True), Key("statement__reference", is_descending=True))
ORDERS = {
    None: NEWEST,
    "oldest": (Key("since", "moment"), Key("statement__reference")),
    "delivered": (Key("day", "day", is_descending=True), *NEWEST),
}
NAMES_NO_DAY = date(1, 1, 1)


def statement_list(asked: Asked) -> Page:
    """Statements that the site lists in one of the languages asked for, by the moment they went public."""
    texts = _listed(asked)
    # In one language no statement has two texts, and an index holds their order.
    since: Any = F("public_since") if len(asked.languages) == 1 else Min("public_since")
    rows = texts.order_by().values("statement_id", "statement__reference").annotate(since=since)
    keys = ORDERS[asked.values.get("sort")]
    if len(keys) > len(NEWEST):
        rows = rows.annotate(day=Coalesce("statement__delivered_on", Value(NAMES_NO_DAY)))
    page = page_of(asked, rows, keys)
    found = _texts_of([row["statement_id"] for row in page.rows], asked.languages)
    page.items = [_in_short(found[row["statement_id"]]) for row in page.rows if row["statement_id"] in found]
    return page


def _listed(asked: Asked) -> Any:
    given = asked.filters(EditionFilter)
    live = Edition.objects.live()
    if not set(given) - {"sort"}:
        return live.filter(language__in=asked.languages) if "language" in asked.values else live
    found, unknown = [], []
    for code in asked.languages:
        with override(code):
            filters = EditionFilter(given, live.in_language(code), offering=False)
            if filters.form.errors:
                unknown.append(set(filters.form.errors))
            else:
                found.append(filters.qs.order_by())
    if not found:
        names = set.intersection(*unknown)
        if names:
            refuse_unknown(names)
        return live.none()
    if len(found) == 1:
        return found[0]
    any_of_them = Q()
    for each in found:
        any_of_them |= Q(pk__in=each.values("pk"))
    return live.filter(any_of_them)


def refuse_unknown(names: Iterable[str]) -> None:
    name = min(names)
    raise Problem("bad-value", f"“{name}” has a value that nothing public here has to offer.", parameter=name)


def _texts_of(statements: list[int], languages: list[str]) -> dict[int, list[Edition]]:
    """Of each statement its public texts. At most nine queries."""
    texts: Any = (
        Edition.objects.live()
        .filter(statement__in=statements, language__in=languages)
        .for_lists()
        .select_related("statement__event", "lead_image")
        .prefetch_related("statement__speakers__offices", "statement__topics", "statement__countries")
        .order_by("language")
    )
    found: dict[int, list[Edition]] = defaultdict(list)
    for text in texts:
        found[text.statement_id].append(text)
    takedowns = _takedowns(found, Takedown.Kind.WITHDRAWN)
    for text in texts:
        text.taken_down = takedowns.get((text.statement_id, text.language))
    return found


def _takedowns(statements: Iterable[int], kind: str) -> dict[tuple[int, str], Takedown]:
    rows = Takedown.objects.in_force().filter(
        kind=kind, subject_type=subject_type(Statement), subject_id__in=list(statements)
    )
    return {(row.subject_id, row.language): row for row in rows}


def _in_short(texts: list[Edition]) -> Data:
    return {**_facts(texts), "texts": {text.language: _head(text) for text in texts}}


def _facts(texts: list[Edition]) -> Data:
    statement = texts[0].statement
    event = statement.event
    return {
        "reference": statement.reference,
        "id": statement.uuid.urn,
        "address": api_address("statement", statement.reference),
        "kind": statement.kind,
        "form": statement.form or None,
        "delivered_on": statement.delivered_on.isoformat() if statement.delivered_on else None,
        "place": in_languages(statement, "place"),
        "original_language": statement.original_language,
        "speakers": [words.in_office(each) for each in texts[0].speakers_in_office()],
        "topics": sorted(map(words.topic, statement.topics.all()), key=lambda each: each["slug"]),
        "countries": sorted(country.code for country in statement.countries.all()),
        "event": event.code if event and event.is_live() else None,
    }


def _head(text: Any) -> Data:
    return {
        "id": text.series_id.urn,
        "url": absolute(text.get_absolute_url()),
        "version": text.number,
        "version_url": absolute(text.get_version_url()),
        "public_since": moment_in_utc(text.public_since),
        "corrected_at": moment_in_utc(text.revised_at),
        "withdrawn": words.takedown(text.taken_down) if text.is_withdrawn else None,
        "title": text.title,
        "summary": text.summary,
    }


def statement(asked: Asked) -> Data:
    """All public texts of one statement, with their passages and everything that was public before."""
    texts = read_texts(asked.path["reference"], asked.languages)
    return _written({texts[0].statement_id: texts}, asked.languages)[0]


def whole_statements(statements: Iterable[int]) -> list[Data]:
    """The same of several, by reference, those that have a public text. As many queries as for one."""
    found: dict[int, list[Edition]] = defaultdict(list)
    for text in _in_full().filter(statement__in=statements).order_by("statement__reference", "language"):
        found[text.statement_id].append(text)
    return _written(found, CODES)


def _written(found: dict[int, list[Edition]], languages: list[str]) -> list[Data]:
    versions = _versions(found, languages)
    withdrawn = _takedowns(found, Takedown.Kind.WITHDRAWN)
    removed = _takedowns(found, Takedown.Kind.REMOVED)
    written = []
    for pk, texts in found.items():
        contact = texts[0].statement.contact
        original = next((text for text in texts if text.language == text.statement.original_language), None)
        for text in texts:
            text.taken_down = withdrawn.get((pk, text.language))  # type: ignore[attr-defined]
        written.append(
            {
                **_facts(texts),
                "contact": {
                    "name": in_languages(contact, "name"),
                    "role": in_languages(contact, "role"),
                    "phone": contact.phone or None,
                    "email": contact.email or None,
                }
                if contact
                else None,
                "texts": {
                    text.language: {**_whole(text, original), "versions": versions[pk, text.language]}
                    for text in texts
                },
                "removed": {
                    language: {
                        "at": moment_in_utc(removed[pk, language].at),
                        "reason": removed[pk, language].reason,
                    }
                    for language in languages
                    if (pk, language) in removed
                },
            }
        )
    return written


def _in_full() -> Any:
    """Public texts with all that is told of them."""
    return (
        Edition.objects.live()
        .select_related("statement__event", "statement__contact", "lead_image", "translated_from")
        .prefetch_related(*for_pages())
    )


def read_texts(reference: str, languages: list[str]) -> list[Edition]:
    """Raises Problem where none of the languages has a public text: removed, elsewhere, or not there."""
    texts = list(
        _in_full().filter(statement__reference=reference, language__in=languages).order_by("language")
    )
    if not texts:
        raise _missing(reference, languages)
    return texts


def _missing(reference: str, languages: list[str]) -> Problem:
    """Two queries, the same for drafts and for nothing."""
    removal = (
        Takedown.objects.in_force()
        .filter(
            kind=Takedown.Kind.REMOVED,
            language__in=languages,
            subject_type=subject_type(Statement),
            subject_id__in=Statement.objects.filter(reference=reference).values("pk"),
        )
        .order_by("-at", "pk")
        .first()
    )
    elsewhere = list(
        Edition.objects.live()
        .filter(statement__reference=reference)
        .order_by("language")
        .values_list("language", flat=True)
    )
    if removal is not None:
        return gone(removal)
    if elsewhere:
        return Problem(
            "not-found",
            f"This statement has no public text in this language. It has one in: {', '.join(elsewhere)}.",
            languages=elsewhere,
        )
    return Problem("not-found", "There is no public statement with this reference.")


def gone(removal: Takedown) -> Problem:
    """`see`: where its readers are sent."""
    return Problem(
        "removed",
        f"This was public and has been removed: {removal.reason}",
        reason=removal.reason,
        reason_language=removal.reason_language,
        removed_at=moment_in_utc(removal.at),
        **({"see": absolute(removal.redirect_to)} if removal.redirect_to else {}),
    )


def _whole(text: Any, original: Edition | None) -> Data:
    with override(text.language):
        return {
            **_head(text),
            "language_name": OWN_NAMES[text.language],
            "is_behind_original": is_behind(text, original),
            "body_html": str(body_of(text, for_feed=True)),
            "notes_to_editors": text.notes_to_editors,
            "media_contact": text.media_contact,
            "images": words.images(pictures_of(text)),
            "documents": [words.document(each) for each in text.attachments.all()],
            "passages": [_passage(each, text) for each in public_passages(text)],
        }


def public_passages(text: Edition) -> list[Passage]:
    """Those about projects that are public. No query after for_pages()."""
    return sorted(
        (each for each in text.passages.all() if each.project.is_live()),
        key=lambda each: (each.position, each.project.code),
    )


def _passage(passage: Passage, text: Edition) -> Data:
    """As in the text-quote selector of the W3C Web Annotation model; `exact` is empty for the whole text."""
    page = absolute(text.get_absolute_url())
    return {
        "project": passage.project.code,
        "relation": passage.relation,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "url": f"{page}#{passage.anchor}" if passage.anchor else page,
    }


def _versions(statements: Iterable[int], languages: list[str]) -> dict[tuple[int, str], list[Data]]:
    """What was ever public, the newest first, by statement and language. Two queries."""
    now = moment.now()
    public = (
        Edition.objects.ever_live()
        .filter(statement__in=list(statements), language__in=languages)
        .select_related("statement")
        .prefetch_related("note_additions")
        .order_by("number")
    )
    versions: dict[tuple[int, str], list[Data]] = defaultdict(list)
    for each in public:
        # The newest first, which is the last one whose predecessor is known.
        before = versions[each.statement_id, each.language]
        previous = before[0]["hash"] if before else ""
        before.insert(
            0,
            {
                "version": each.number,
                "url": absolute(each.get_version_url()),
                "public_from": moment_in_utc(each.live_from),
                # That its end is set would tell of a text that is scheduled to follow it.
                "public_until": moment_in_utc(each.live_until) if each.live_until <= now else None,
                "is_correction": bool(each.change_note) and not each.is_minor,
                "change_note": each.change_note,
                "additions": [
                    {"at": moment_in_utc(added.at), "text": added.text} for added in each.additions
                ],
                "corrected": [{"was": was, "now": now_reads} for was, now_reads in each.corrected],
                "hash": each.public_hash,
                "hashed": record_of(each, previous=previous),
            },
        )
    return versions
