"""People in a text: by full name in any order, with initials, by first name and patronymic, and by surname
alone where it can be nobody else."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from projects.inflection import folded

from .calling import (
    PLACES_AFTER,
    PLACES_BEFORE,
    is_no_first_name,
    is_place,
    is_title,
    says_gender,
)
from .found import Found, Kind
from .name_forms import (
    PATRONYMIC,
    SON_OR_DAUGHTER,
    gender_of,
    keys_of_name,
    keys_of_word,
    may_agree,
)

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’ʼ][^\W\d_]+)*")
_SHORTEST_ALONE = 4  # letters: "Ли" and "Ким" are words of too many names
_BLANKS = re.compile(r"[ \u00a0\u202f\u2009]{1,2}")
_AFTER_INITIAL = re.compile(r"\.[ \u00a0\u202f\u2009]{0,2}")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…:;]|\n|[«“„\"])[\s«“„\"(–—-]*$")


class Name(NamedTuple):
    """A person's name as the directory writes it, taken apart."""

    given: str
    surname: tuple[str, ...]
    patronymic: str = ""

    @classmethod
    def read(cls, text: str) -> "Name | None":
        words = text.replace("\u00a0", " ").split()
        kin = next((n for n, word in enumerate(words) if word.casefold() in SON_OR_DAUGHTER), 0)
        if kin:  # Эрлан Назарбек уулу, Назарбек уулу Эрлан
            others = words[: kin - 1] + words[kin + 1 :]
            return cls(others[0] if others else "", tuple(words[kin - 1 : kin + 1]))
        patronymic = next((word for word in words[1:] if PATRONYMIC.search(word)), "")
        if patronymic and words[-1] == patronymic and len(words) > 2:  # Беков Азамат Эркинович
            return cls(words[1], (words[0],), patronymic)
        words = [word for word in words if word != patronymic]
        if not words:
            return None
        return cls(words[0] if len(words) > 1 else "", (words[-1],), patronymic)

    @property
    def gender(self) -> str:
        return gender_of(" ".join(self.surname), self.patronymic)


@dataclass(frozen=True)
class KnownPerson:
    """`names`: as the directory writes them; of Kyrgyz and Russian texts both ways count."""

    slug: str
    names: tuple[str, ...]
    label: str = ""
    offices: tuple[str, ...] = ()  # titles, whose words are no first names

    @cached_property
    def parts(self) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(name for text in self.names if (name := Name.read(text))))

    @cached_property
    def patronymics(self) -> frozenset[str]:
        return frozenset(name.patronymic for name in self.parts if name.patronymic)

    @cached_property
    def gender(self) -> str:
        return next((name.gender for name in self.parts if name.gender), "")


class _Word(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


class _Mention(NamedTuple):
    people: frozenset[str]
    start: int
    end: int
    is_full: bool
    surname: str  # as folded, what the words are resolved by
    is_other: bool = False  # somebody of that surname whom we do not know


class PeopleRecogniser:
    def __init__(self, people: Iterable[KnownPerson], language: str) -> None:
        self.language = language
        self.people = {person.slug: person for person in people}
        self._by_surname: dict[str, list[tuple[KnownPerson, Name]]] = defaultdict(list)
        self._by_given: dict[str, list[tuple[KnownPerson, Name]]] = defaultdict(list)
        self._titles = frozenset(
            folded(word, language)
            for person in self.people.values()
            for office in person.offices
            for word in _WORD.findall(office)
        )
        for person in self.people.values():
            for name in person.parts:
                for key in self._keys(name.surname[0], person, is_surname=len(name.surname) == 1):
                    self._by_surname[key].append((person, name))
                if name.given and person.patronymics:
                    for key in self._keys(name.given, person, is_surname=False):
                        self._by_given[key].append((person, name))

    def _keys(self, word: str, person: KnownPerson, *, is_surname: bool) -> frozenset[str]:
        return keys_of_name(word, self.language, person.gender, is_surname=is_surname)

    def find(self, text: str) -> list[Found]:
        words = [_Word(match[0], *match.span()) for match in _WORD.finditer(text)]
        mentions = [
            mention
            for place in range(len(words))
            if words[place].is_capital
            and (mention := self._at(place, words, text) or self._by_patronymic(place, words, text))
        ]
        return self._resolved(mentions, text)

    # --- one place -----------------------------------------------------------------------------

    def _at(self, place: int, words: list[_Word], text: str) -> _Mention | None:
        """Somebody whose surname these words may be."""
        word = words[place]
        possible: dict[tuple[str, Name], KnownPerson] = {}
        for key in keys_of_word(word.text, self.language):
            for person, name in self._by_surname.get(key, ()):
                possible[person.slug, name] = person
        if not possible:
            return None
        kin = [pair for pair in possible if len(pair[1].surname) > 1]
        last = place
        if kin and place + 1 < len(words) and self._follows(words, place, text):
            kind = folded(words[place + 1].text, self.language)
            kin = [pair for pair in kin if kind.startswith(folded(pair[1].surname[1], self.language)[:4])]
            last = place + 1
        else:
            kin = []
        # "Назарбек" alone is a first name; "Назарбек уулу" is a surname.
        pairs = kin or [pair for pair in possible if len(pair[1].surname) == 1]
        if not pairs:
            return None
        if not kin:
            last = place
        if self._is_place(place, last, words, text):
            return None
        surname = folded(pairs[0][1].surname[0], self.language)
        return (
            self._with_initials(pairs, place, last, words, text, surname)
            or self._with_first_name(pairs, place, last, words, text, surname)
            or self._alone(pairs, place, last, words, text, surname)
        )

    def _follows(self, words: list[_Word], place: int, text: str) -> bool:
        """Whether the next word stands beside this one, with nothing but a blank between."""
        return _BLANKS.fullmatch(text, words[place].end, words[place + 1].start) is not None

    def _is_place(self, place: int, last: int, words: list[_Word], text: str) -> bool:
        """Named after somebody: a street, a school."""
        before = text[max(0, words[place].start - 24) : words[place].start].casefold()
        after = text[words[last].end : words[last].end + 24].casefold()
        return bool(PLACES_BEFORE[self.language].search(before) or PLACES_AFTER[self.language].match(after))

    def _with_initials(
        self, pairs: list, place: int, last: int, words: list[_Word], text: str, surname: str
    ) -> _Mention | None:
        """С. Жапаров, С.Н. Жапаров, Жапаров С. Н."""
        before: list[str] = []
        first = place
        while first and len(before) < 2 and self._is_initial(words[first - 1], words[first].start, text):
            first -= 1
            before.insert(0, words[first].text)
        after: list[str] = []
        end = words[last].end
        if not before:
            following = last + 1
            while following < len(words) and len(after) < 2:
                stands = _BLANKS.fullmatch if not after else _AFTER_INITIAL.fullmatch
                initial = words[following]
                is_beside = stands(text, words[following - 1].end, initial.start)
                if not (is_beside and self._is_short(initial) and text[initial.end : initial.end + 1] == "."):
                    break
                after.append(initial.text)
                end = initial.end + 1
                following += 1
        initials = [each.casefold() for each in before or after]
        if not initials:
            return None
        people = frozenset(
            slug for slug, name in pairs if self._has_initials(self.people[slug], name, initials)
        )
        return _Mention(people, words[first].start, end, is_full=True, surname=surname, is_other=not people)

    def _is_initial(self, word: _Word, until: int, text: str) -> bool:
        return self._is_short(word) and _AFTER_INITIAL.fullmatch(text, word.end, until) is not None

    @staticmethod
    def _is_short(word: _Word) -> bool:
        return word.is_capital and (len(word.text) == 1 or word.text in {"Дж", "Ch", "Sh", "Zh", "Kh"})

    @staticmethod
    def _has_initials(person: KnownPerson, name: Name, initials: list[str]) -> bool:
        given = {each.given.casefold() for each in person.parts} if name.given else set()
        if not any(each.startswith(initials[0]) for each in given):
            return False
        patronymics = {each.casefold() for each in person.patronymics}
        return (
            len(initials) == 1 or not patronymics or any(each.startswith(initials[1]) for each in patronymics)
        )

    def _with_first_name(
        self, pairs: list, place: int, last: int, words: list[_Word], text: str, surname: str
    ) -> _Mention | None:
        """Садыр Жапаров, Садыр Нургожоевич Жапаров, Жапаров Садыр Нургожоевич."""
        first = place
        if (
            first
            and self._follows(words, first - 1, text)
            and PATRONYMIC_IN_TEXT.search(words[first - 1].text)
        ):
            first -= 1
        if first and self._follows(words, first - 1, text):
            people = self._named(pairs, words[first - 1])
            if people:
                return _Mention(
                    people, words[first - 1].start, words[last].end, is_full=True, surname=surname
                )
        if last + 1 < len(words) and self._follows(words, last, text):
            people = self._named(pairs, words[last + 1])
            end = last + 1
            if people:
                if end + 1 < len(words) and self._follows(words, end, text):
                    end += bool(PATRONYMIC_IN_TEXT.search(words[end + 1].text))
                return _Mention(people, words[place].start, words[end].end, is_full=True, surname=surname)
        return None

    def _named(self, pairs: list, word: _Word) -> frozenset[str]:
        if not word.is_capital:
            return frozenset()
        keys = keys_of_word(word.text, self.language)
        return frozenset(
            slug
            for slug, name in pairs
            if name.given and keys & self._keys(name.given, self.people[slug], is_surname=False)
        )

    def _alone(
        self, pairs: list, place: int, last: int, words: list[_Word], text: str, surname: str
    ) -> _Mention | None:
        word = words[place]
        people = {slug for slug, _name in pairs}
        before = words[place - 1] if place and self._follows(words, place - 1, text) else None
        is_other = before is not None and self._is_somebody_else(place - 1, pairs, words, text)
        if before is not None and (gender := says_gender(before.text, self.language)):
            people = {slug for slug in people if self.people[slug].gender in {"", gender}}
        if len(word.text) < _SHORTEST_ALONE and last == place:
            return None
        if all(not name.given for _slug, name in pairs) and not is_other:
            return _Mention(frozenset(people), word.start, words[last].end, is_full=True, surname=surname)
        return _Mention(
            frozenset() if is_other else frozenset(people),
            word.start,
            words[last].end,
            is_full=False,
            surname=surname,
            is_other=is_other,
        )

    def _is_somebody_else(self, place: int, pairs: list, words: list[_Word], text: str) -> bool:
        """Whether the word before the surname is a first name, and so of a person whom we do not know."""
        before, word = words[place], words[place + 1]
        if not before.is_capital or is_title(before.text, self.language, self._titles):
            return False
        if is_place(before.text, words[place - 1].text if place else "", self.language):
            return False
        if len(before.text) > 1 and before.text.isupper():
            return False  # an abbreviation: the head of the UN, say
        begins = _SENTENCE_BEGINS.search(text[: before.start]) is not None
        if begins and (
            is_no_first_name(before.text, self.language)
            or re.search(rf"(?<!\w){re.escape(before.text[0].lower() + before.text[1:])}(?!\w)", text)
        ):
            return False
        # "Бишкеке Беков": in Russian the case tells that the word before is no first name.
        return self.language != "ru" or any(
            may_agree(before.text, word.text, name.surname[0], self.people[slug].gender)
            for slug, name in pairs
        )

    def _by_patronymic(self, place: int, words: list[_Word], text: str) -> _Mention | None:
        """Садыр Нургожоевич, as one speaks to him."""
        if place + 1 >= len(words) or not self._follows(words, place, text):
            return None
        following = words[place + 1]
        if not PATRONYMIC_IN_TEXT.search(following.text):
            return None
        keys = keys_of_word(words[place].text, self.language)
        after = keys_of_word(following.text, self.language)
        people = frozenset(
            person.slug
            for key in keys
            for person, _name in self._by_given.get(key, ())
            if any(after & self._keys(each, person, is_surname=False) for each in person.patronymics)
        )
        if not people:
            return None
        return _Mention(people, words[place].start, following.end, is_full=True, surname=following.text)

    # --- the whole text ------------------------------------------------------------------------

    def _resolved(self, mentions: list[_Mention], text: str) -> list[Found]:
        """A surname alone is whom the text has named in full, or the only one of that name."""
        named = {
            slug
            for mention in mentions
            if mention.is_full and len(mention.people) == 1
            for slug in mention.people
        }
        others = {mention.surname for mention in mentions if mention.is_other}
        found = []
        taken = 0
        # Of two that begin with one word the longer one: with the surname rather than without.
        for mention in sorted(mentions, key=lambda each: (each.start, -each.end)):
            people = mention.people
            if not mention.is_full:
                in_full = people & named
                if in_full:
                    people = in_full
                elif mention.surname in others:
                    continue
            elif len(people) > 1 and len(people & named) == 1:
                people = people & named
            if len(people) == 1 and mention.start >= taken:
                (slug,) = people
                found.append(Found(Kind.PERSON, slug, self.people[slug].label, mention.start, mention.end))
                taken = mention.end
        return found


# In a text patronymics have endings of their own: Эркиновича, Эркиновичем, Эркиновне, Эркиновичтин.
PATRONYMIC_IN_TEXT = re.compile(
    r"(?:[оеё]вич|[оеё]вн|ьич|ичн)(?:а|у|ем|е|ы|ой|[а-яөүң]{2,5})?$|[oe]v(?:ich|na)$"
)
