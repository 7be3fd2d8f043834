"""What somebody typed, as a question to the index."""

import re
from dataclasses import dataclass
from typing import Self

from pressoffice.publishing.plain_text import clean_line
from projects.inflection import folded

from .words import Written, asked_keys, sound, written

LONGEST_QUERY = 200  # characters; what is longer is cut
MOST_WORDS = 12
_SHORTEST_BEGINNING = 3
_SHORTEST_CORE = 5
_PREFIXES = ("авто", "авиа", "ген", "гидро", "гос", "мед", "меж", "спец", "тех", "электро", "энерго")

# Words that tell nothing: a question is found by the others. Folded, in all three languages.
_SILENT = frozenset(
    """
    и в во на не что как к ко с со о об обо от до из за по при про для у а но же ли или это этот эта эти кто
    где когда почему сколько какой какая какие был была были будет есть ее его их он она они мы вы что-то
    жана менен учун боюнча тууралуу жонундо да де дагы эмне качан ким кайда кандай канча же ал бул ошол бир
    деп эле бар
    the a an of in on at to for and or by with from about is are was were be been will what when who where
    how which that this these it its as there do does did can has have
    """.split()  # noqa: SIM905 — a list of them would fill a screen
)

# An alternative is met when each of its key sets is: a key that ends with * stands for a beginning.
Way = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Unit:
    """A word that is looked for, and the ways in which a text may hold it."""

    typed: str
    ways: tuple[Way, ...]

    def is_in(self, keys: set[str]) -> bool:
        return any(all(_meets(wanted, keys) for wanted in way) for way in self.ways)

    def or_beginning(self) -> Self:
        """The same, and every word that begins as this one was typed."""
        begun = sound(folded(self.typed, ""))
        if len(begun) < _SHORTEST_BEGINNING:
            return self
        return type(self)(self.typed, (*self.ways, (frozenset({f"{begun}*"}),)))

    def or_its_core(self, language: str) -> Self:
        """The same, and the word without an officialese prefix: генконсульство, консульство."""
        word = folded(self.typed, "")
        prefix = next((each for each in _PREFIXES if word.startswith(each)), "")
        if not prefix or len(word) - len(prefix) < _SHORTEST_CORE:
            return self
        return type(self)(self.typed, (*self.ways, (asked_keys(word.removeprefix(prefix), language),)))

    @property
    def every_key(self) -> frozenset[str]:
        return frozenset().union(*(wanted for way in self.ways for wanted in way))


def _meets(wanted: frozenset[str], keys: set[str]) -> bool:
    if not wanted.isdisjoint(keys):
        return True
    beginnings = tuple(each[:-1] for each in wanted if each.endswith("*"))
    return bool(beginnings) and any(key.startswith(beginnings) for key in keys)


_PHRASE = re.compile(r"[«“„\"]([^«»“”„\"]+)[»”“\"]")
_NO_WORD = re.compile(r"[^\w]+")


def phrases(text: str) -> list[str]:
    """What a query has in quotation marks, as `in_a_row` writes texts."""
    return [words for match in _PHRASE.findall(text) if (words := in_a_row(match)).strip()]


def in_a_row(text: str) -> str:
    """The words as they are spelt, each between blanks: capitals, ё and ү, hyphens and stops do not count."""
    return f" {_NO_WORD.sub(' ', folded(text, '')).strip()} "


def cleaned(typed: str) -> str:
    return clean_line(typed[: 4 * LONGEST_QUERY])[:LONGEST_QUERY].strip()


def units(text: str, language: str) -> list[Unit]:
    """The words of a cleaned query as texts in `language` may hold them, at most MOST_WORDS, each once."""
    words = list(written(text))
    telling = [word for word in words if folded(word.joined, language) not in _SILENT]
    # "to be or not to be" is a question too.
    telling = [word for word in telling if len(word.joined) > 1 or word.joined.isdigit()] or telling or words
    found = {unit.ways: unit for unit in (_unit(word, language) for word in telling) if unit.ways}
    return list(found.values())[:MOST_WORDS]


def _unit(word: Written, language: str) -> Unit:
    ways = [tuple(asked_keys(part, language) for part in word.parts)]
    if len(word.parts) > 1:
        ways.append((asked_keys(word.joined, language),))
    return Unit(word.joined, tuple(way for way in ways if all(way)))
