"""Words as the index keeps them: short keys of small Latin letters and digits, the same on every database.

A word has several keys; two words are one when they share a key. A key has lost what readers cannot be
expected to type: endings, capitals, ё, the letters ң ө ү, and the alphabet (Токаевым, Tokayev: tokaev).
Keys are plain ASCII, so no database's idea of letters, alphabets or languages ever decides what is found.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from projects.inflection import LATIN_SPELLINGS, STEMS_OF_WORDS, folded

LONGEST_KEY = 40
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}])*")
_HYPHENS = frozenset("-\u2010\u2011")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_MOST_PARTS = 4

# --- one alphabet ------------------------------------------------------------------------------------

_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
        "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e",
        "ю": "yu", "я": "ya",
        # Of neighbours' names: Kazakh, Tajik, Uzbek.
        "қ": "k", "ғ": "g", "ә": "a", "ұ": "u", "і": "i", "һ": "h", "ў": "u", "ҳ": "h", "ҷ": "j", "ӣ": "i",
        "ӯ": "u",
    }
)  # fmt: skip
_FROM_LATIN = re.compile("shch|zh|kh|ts|ch|sh|y[aeou]|i[au]$|[a-z]")
_CYRILLIC_OF = {
    "shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ya": "я", "ye": "е", "yo": "е",
    "yu": "ю", "ia": "ия", "iu": "ию", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г",
    "h": "х", "i": "и", "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к",
    "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "ы", "z": "з",
}  # fmt: skip
_SHORT_I = re.compile("(?<=[аеиоуыюя])ы|(?<=[аеоуыюя])и$|(?<=и)ы$")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A folded word, or a stem of one, in letters that do not tell how it was typed; may be empty."""
    latin = word.translate(_LATIN)
    if not latin.isascii():
        latin = "".join(
            each for each in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(each)
        )
    for spelling, other in LATIN_SPELLINGS:
        latin = spelling.sub(other, latin)
    # Other scripts letter by letter, so that they too are found, and found the same everywhere.
    return "".join(
        each if each.isascii() and each.isalnum() else f"x{ord(each):x}" if each.isalnum() else ""
        for each in latin
    )[:LONGEST_KEY]


def in_cyrillic(word: str) -> str:
    """What somebody without a Cyrillic keyboard may have meant: zheleznoi, железной."""
    typed = _FROM_LATIN.sub(lambda letters: _CYRILLIC_OF[letters.group()], word)
    return _SHORT_I.sub("й", typed)


# --- endings -----------------------------------------------------------------------------------------

# A Snowball stemmer keeps the word it works on: each thread needs its own.
_own = threading.local()


def _snowball(word: str, algorithm: str) -> str:
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return stemmers[algorithm].stemWord(word)


_FLEETING = re.compile("(?<=[^аеиоуыэюя])[ео](?=[кцнл]$)")


def _russian_stems(word: str) -> Iterator[str]:
    stem = _snowball(word, "russian")
    yield stem
    if len(stem) > 3 and stem == word.removesuffix("ь"):
        yield _FLEETING.sub("", stem)  # рынок, рынка; уголь, угля
    if len(stem) > 5 and stem.endswith("ск"):
        yield stem.removesuffix("ск").removesuffix("й")  # казахстанский, Казахстан


def _stems(word: str, language: str) -> Iterator[str]:
    if language == "ky":
        yield from STEMS_OF_WORDS["ky"](word)
    elif _CYRILLIC.search(word):
        yield from _russian_stems(word)
    elif language == "en":
        yield _snowball(word, "english")


@lru_cache(maxsize=100_000)
def keys(word: str, language: str) -> frozenset[str]:
    """Of a word in a text in `language`."""
    word = folded(word, language)
    return frozenset(filter(None, (sound(each) for each in {word, *_stems(word, language)})))


@lru_cache(maxsize=10_000)
def asked_keys(word: str, language: str) -> frozenset[str]:
    """Of a word that somebody looks for in texts in `language`, typed in whichever alphabet."""
    found = keys(word, language)
    plain = folded(word, language)
    if language != "en" and plain.isascii() and plain.isalpha():
        plain = in_cyrillic(plain)
        found |= keys(plain, language)
    if language == "ky" and "х" in plain:
        # Names as Russian spells them: Казахстан is Казакстан in Kyrgyz.
        found |= keys(plain.replace("х", "к"), language)
    # "qqqq" sounds like the preposition к, and means it no more than any other text.
    telling = frozenset(key for key in found if len(key) > 1) if len(word) > 2 else found
    return telling or frozenset({plain[:LONGEST_KEY]})


# --- texts -------------------------------------------------------------------------------------------


class Written(NamedTuple):
    """One word, or several joined by hyphens; text[start:end] reads it."""

    parts: tuple[str, ...]
    start: int
    end: int

    @property
    def joined(self) -> str:
        return "".join(self.parts)


def written(text: str) -> Iterator[Written]:
    parts: list[str] = []
    start = end = 0
    for match in _WORD.finditer(text):
        if parts and match.start() == end + 1 and text[end] in _HYPHENS and len(parts) < _MOST_PARTS:
            parts.append(match.group())
        else:
            if parts:
                yield Written(tuple(parts), start, end)
            parts, start = [match.group()], match.start()
        end = match.end()
    if parts:
        yield Written(tuple(parts), start, end)


def keys_of_text(text: str, language: str) -> set[str]:
    found: set[str] = set()
    for word in written(text):
        for part in word.parts:
            found |= keys(part, language)
        # Камбар-Ата-1 is also Камбарата and Камбарата-1.
        for begin in range(len(word.parts)):
            for end in range(begin + 2, len(word.parts) + 1):
                found |= keys("".join(word.parts[begin:end]), language)
    return found
