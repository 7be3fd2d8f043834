"""Events in a text: by their title, or by what they are, where and on which day."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from projects.inflection import STEMS_OF_NAMES, STEMS_OF_WORDS, folded
from projects.recognition import KnownProject, Recogniser

from .found import Found, Kind
from .sentences import sentences

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
# What an event is called, by the kind it is kept as; beginnings of words, as texts bend them.
_CALLED = {
    "ru": {
        "visit": "визит поездк",
        "council": "заседани совет сесси комисси",
        "signing": "подписан подписал подписы подпишут подпишет",
        "forum": "форум конференци саммит",
        "festival": "фестивал праздник",
        "exhibition": "выставк ярмарк экспо",
        "briefing": "брифинг пресс-конференц",
    },
    "ky": {
        "visit": "сапар визит",
        "council": "жыйын кеңеш отурум комисси сесси",
        "signing": "кол+кой кол+коюу кол+коюл",
        "forum": "форум конференци саммит",
        "festival": "фестивал майрам",
        "exhibition": "көргөзмө жарманке экспо",
        "briefing": "брифинг пресс-конференц маалымат+жыйын",
    },
    "en": {
        "visit": "visit",
        "council": "meeting council session commission",
        "signing": "signing signed sign signature",
        "forum": "forum conference summit",
        "festival": "festival",
        "exhibition": "exhibition expo fair",
        "briefing": "briefing press+conference",
    },
}


def _pattern(words: str, language: str) -> re.Pattern[str]:
    ending = r"(?:s|es)?(?!\w)" if language == "en" else r"\w*"
    starts = "|".join(re.escape(word).replace(r"\+", r"\s+") for word in words.split())
    return re.compile(rf"(?<!\w)(?:{starts}){ending}", re.IGNORECASE)


CALLED = {
    language: {kind: _pattern(words, language) for kind, words in kinds.items()}
    for language, kinds in _CALLED.items()
}
# A title that says nothing but what it is needs a day beside it.
_FEWEST_TITLE_LETTERS = 8


class Spell(NamedTuple):
    """A day, or a longer time, that text[start:end] names."""

    start: int
    end: int
    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True)
class KnownEvent:
    code: str
    kind: str
    titles: tuple[str, ...]
    venues: tuple[str, ...]
    first: date
    last: date
    label: str = ""

    def is_on(self, spell: Spell) -> bool:
        return spell.is_day and self.first <= spell.last <= self.last

    def may_be_in(self, spell: Spell) -> bool:
        return spell.first <= self.last and self.first <= spell.last


class EventRecogniser:
    def __init__(self, events: Iterable[KnownEvent], language: str) -> None:
        self.language = language
        self.events = {event.code: event for event in events}
        self._by_title = Recogniser(
            [KnownProject(event.code, event.titles, event.label) for event in self.events.values()], language
        )
        self._by_day: dict[date, list[KnownEvent]] = defaultdict(list)
        for event in self.events.values():
            for ordinal in range(
                event.first.toordinal(), min(event.last.toordinal(), event.first.toordinal() + 60) + 1
            ):
                self._by_day[date.fromordinal(ordinal)].append(event)

    def find(self, text: str, spells: list[Spell]) -> list[Found]:
        found = list(self._titled(text, spells))
        known = {each.key for each in found}
        for begin, end in sentences(text):
            found += [
                each
                for each in self._described(text, begin, end, spells)
                if each.key not in known and not known.add(each.key)  # type: ignore[func-returns-value]
            ]
        return sorted(found, key=lambda each: each.start)

    # --- by title ------------------------------------------------------------------------------

    def _titled(self, text: str, spells: list[Spell]) -> Iterable[Found]:
        bounds = list(sentences(text))
        for occurrence in self._by_title.find(text):
            begin, end = next(
                ((b, e) for b, e in bounds if b <= occurrence.start < e), (occurrence.start, occurrence.end)
            )
            beside = [spell for spell in spells if begin <= spell.start < end]
            candidates = [self.events[each.code] for each in (occurrence.project, *occurrence.also)]
            on_that_day = [event for event in candidates if any(event.is_on(spell) for spell in beside)]
            if not on_that_day and self._says_too_little(text[occurrence.start : occurrence.end]):
                continue
            if not on_that_day:
                # "The forum of 2025" is not that of 2026.
                years = [spell for spell in beside if not spell.is_day]
                year = min(years, key=lambda spell: abs(spell.start - occurrence.start), default=None)
                on_that_day = [event for event in candidates if year is None or event.may_be_in(year)]
            if len(on_that_day) == 1:
                (event,) = on_that_day
                yield Found(Kind.EVENT, event.code, event.label, occurrence.start, occurrence.end)

    def _says_too_little(self, words: str) -> bool:
        left = words
        for pattern in CALLED[self.language].values():
            left = pattern.sub("", left)
        return len(re.sub(r"\W", "", words)) < _FEWEST_TITLE_LETTERS or not re.search(r"\w{3}", left)

    # --- by kind, day and place ----------------------------------------------------------------

    def _described(self, text: str, begin: int, end: int, spells: list[Spell]) -> Iterable[Found]:
        sentence = text[begin:end]
        beside = [spell for spell in spells if begin <= spell.start < end and spell.is_day]
        candidates = {event.code: event for spell in beside for event in self._by_day.get(spell.last, ())}
        likely: list[tuple[int, KnownEvent, re.Match[str]]] = []
        for event in candidates.values():
            called = CALLED[self.language][event.kind].search(sentence)
            if called is None:
                continue
            stems = self._stems(sentence)
            rank = int(any(self._stands(venue, stems) for venue in event.venues))
            rank += any(self._shares(title, stems) for title in event.titles)
            if rank:
                likely.append((rank, event, called))
        for kind in dict.fromkeys(event.kind for _rank, event, _called in likely):
            of_kind = [each for each in likely if each[1].kind == kind]
            best = max(rank for rank, _event, _called in of_kind)
            nearest = [(event, called) for rank, event, called in of_kind if rank == best]
            if len(nearest) == 1:
                ((event, called),) = nearest
                place = begin + called.start()
                yield Found(Kind.EVENT, event.code, event.label, place, begin + called.end())

    def _stems(self, sentence: str) -> frozenset[str]:
        stems_of = STEMS_OF_WORDS[self.language]
        return frozenset(
            stem for word in _WORD.findall(sentence) for stem in stems_of(folded(word, self.language))
        )

    def _stands(self, venue: str, stems: frozenset[str]) -> bool:
        """Whether a word of the venue that begins with a capital letter, such as the town, stands there."""
        names = [word for word in _WORD.findall(venue) if word[0].isupper() and len(word) > 1]
        return any(STEMS_OF_NAMES[self.language](folded(word, self.language)) & stems for word in names)

    def _shares(self, title: str, stems: frozenset[str]) -> bool:
        """A word of the title that is not what every event of the kind is called."""
        words = [
            word
            for word in _WORD.findall(title)
            if len(word) > 4 and not any(p.fullmatch(word) for p in CALLED[self.language].values())
        ]
        return any(STEMS_OF_NAMES[self.language](folded(word, self.language)) & stems for word in words)
