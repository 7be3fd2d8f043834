"""Whether words that somebody quotes are said on this site: now, in an older version only, or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from articles.models import Edition, Statement
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.models import Takedown
from pressoffice.publishing.plain_text import clean_line

from .asking import units
from .engines import engine
from .finding import find
from .models import Entry

LONGEST_QUOTE = 1000
FEWEST_WORDS = 3
MOST_TEXTS = 100
MOST_NEAR = 8
MOST_SENTENCES = 1500
ALIKE = 0.6  # of the letters, where a sentence is offered as the nearest
_QUOTATION_MARKS = dict.fromkeys(map(ord, "«»“”„‟\"'’‘‹›`"))
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"}
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_EDGES = " .,;:!?…-()"


class Place(NamedTuple):
    """Where the words stand. `current` is what is public today in the place of an older text, if anything;
    `withdrawal` says when and why nobody should quote it."""

    edition: Edition
    current: Edition | None
    withdrawal: Takedown | None

    @property
    def is_current(self) -> bool:
        return self.current is not None and self.current.pk == self.edition.pk

    @property
    def stands(self) -> bool:
        return self.is_current and not self.edition.is_withdrawn

    @property
    def changed_at(self) -> datetime:
        return self.edition.live_until


class Nearest(NamedTuple):
    edition: Edition
    sentence: str


@dataclass(frozen=True)
class Checked:
    asked: str
    is_too_short: bool = False
    places: list[Place] = field(default_factory=list)
    nearest: Nearest | None = None
    elsewhere: list[str] = field(default_factory=list)  # other languages in which the words stand


def check(typed: str, language: str) -> Checked:
    """At most fifteen queries. Small and capital letters, quotation marks, dashes, ё and where a line may
    end (non-breaking spaces, soft hyphens) do not count."""
    asked = clean_line(typed[: 4 * LONGEST_QUOTE])[:LONGEST_QUOTE].strip()
    wanted = _plain(asked)
    if len(wanted.split()) < FEWEST_WORDS:
        return Checked(asked, is_too_short=bool(asked))
    places = list(_places(asked, wanted, language))
    if places:
        return Checked(asked, places=places)
    others = [code for code in CODES if code != language and any(_places(asked, wanted, code))]
    return Checked(asked, nearest=None if others else _nearest(asked, wanted, language), elsewhere=others)


def fragment(asked: str) -> str:
    """By which a browser finds the words on the page (https://wicg.github.io/scroll-to-text-fragment/)."""
    words = asked.replace("\u00ad", "").strip(_EDGES + "«»“”\"'").split()
    ends = [words] if len(words) <= 10 else [words[:4], words[-4:]]
    return "#:~:text=" + ",".join(quote(" ".join(each), safe="").replace("-", "%2D") for each in ends)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").replace("\u00ad", "")
    return " ".join(text.translate(_QUOTATION_MARKS).translate(_DASHES).split()).strip(_EDGES)


def _places(asked: str, wanted: str, language: str) -> Iterator[Place]:
    """Of each statement the text that is public now, else the newest that was."""
    telling = units(asked, language)
    if not telling:
        return
    entries = (
        Entry.objects.filter(
            engine().holding(telling),
            edition__in=Edition.objects.ever_live().in_language(language),
        )
        .select_related("edition__statement")
        .order_by("-edition__live_from", "-edition")[:MOST_TEXTS]
    )
    holding: dict[int, Edition] = {}
    for entry in entries:
        edition = entry.edition
        if edition is None or not any(wanted in _plain(text) for text in (entry.title, entry.text)):
            continue
        if edition.statement_id not in holding or edition.is_live():
            holding[edition.statement_id] = edition
    current = {
        edition.statement_id: edition
        for edition in Edition.objects.live().in_language(language).filter(statement__in=holding)
    }
    withdrawn = [key for key, edition in current.items() if edition.is_withdrawn]
    withdrawals = Takedown.objects.of_each(Statement, withdrawn, language=language)
    for statement, edition in holding.items():
        yield Place(edition, current.get(statement), withdrawals.get(statement))


def _nearest(asked: str, wanted: str, language: str) -> Nearest | None:
    texts = find(asked[:200], language).narrowed(what=Entry.What.STATEMENT)[:MOST_NEAR]
    near = Entry.objects.live().filter(pk__in=[each.pk for each in texts])
    best, how_alike = None, ALIKE
    for entry, sentence in islice(_sentences(near.select_related("edition__statement")), MOST_SENTENCES):
        matcher = SequenceMatcher(None, wanted, _plain(sentence), autojunk=False)
        if matcher.real_quick_ratio() > how_alike and matcher.quick_ratio() > how_alike:
            alike = matcher.ratio()
            if alike > how_alike and entry.edition is not None:
                best, how_alike = Nearest(entry.edition, sentence), alike
    return best


def _sentences(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        for sentence in _END_OF_SENTENCE.split(entry.text):
            if sentence.strip():
                yield entry, sentence.strip()[:LONGEST_QUOTE]
