"""How words change their endings in Kyrgyz, Russian and English: tables, and stems cut by them.

A stem here is a key for comparison, not a dictionary form. Two words are one word when they share a key.
Keys carry their paradigm where that keeps strangers apart ("мост" and "мости" share nothing).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

# Letters that keyboards without Kyrgyz lack, and ё, which is rarely typed.
_FOLDED_LETTERS = str.maketrans("ёөүңҥ", "еоунн")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")
_ENGLISH_SPELLINGS = (
    (re.compile(r"(?<=[bt])re(?=s?$)"), "er"),  # centre, fibre
    (re.compile(r"isation(?=s?$)"), "ization"),
    (re.compile(r"(?<=[a-z]{2})ise(?=[ds]?$)"), "ize"),
    (re.compile(r"(?<=[lnbv])our(?=s?$)"), "or"),  # labour, harbour
    (re.compile(r"ogramme(?=s?$)"), "ogram"),
)

# Ways in which one name is spelt in Latin letters: Zhaparov, Japarov, Dzhaparov; Tokayev, Tokaev.
LATIN_SPELLINGS = (
    (re.compile("shch|sch"), "sh"),
    (re.compile("dzh|dj|zh"), "j"),
    (re.compile("kh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("ck"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("q"), "k"),
    (re.compile("w"), "v"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c(?!h)"), "k"),
    (re.compile("i?y[eo]|ie"), "e"),
    (re.compile("y"), "i"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)

ARTICLES = {"en": frozenset({"the", "a", "an"}), "ru": frozenset(), "ky": frozenset()}


def folded(word: str, language: str) -> str:
    """One spelling of the word: small letters, ё as е, ң ө ү as н о у, British endings as American ones."""
    word = _INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).casefold()
    word = word.replace("ʼ", "'").replace("’", "'").translate(_FOLDED_LETTERS)
    if language == "en":
        word = "".join(
            letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
        )
        for spelling, other in _ENGLISH_SPELLINGS:
            word = spelling.sub(other, word)
    return word


# Russian

_RUSSIAN_PARADIGMS = {
    # центр, комплекс, рынок; genitive plurals of the others are in their own rows
    "masculine": " а у ом ем е ы и ов ев ей ам ами ах",
    "masculine soft": "ь я ю ем е и ей ям ями ях",  # Иссык-Куль, день
    "masculine short i": "й я ю ем е и ев ям ями ях",  # край, санаторий
    "feminine": "а ы и е у ой ою ей ею ам ами ах",  # трасса, дорога, граница
    "feminine soft": "я и е ю ей ею й ь ям ями ях",  # станция, земля
    "feminine third": "ь и ью ей ям ями ях",  # область
    "neuter": "о а у ом е ам ами ах",  # строительство
    "neuter soft": "е я ю ем и й ей ям ями ях",  # соглашение, море
    "adjective": "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ую юю ою ею ей ых их ыми ими",
    "name in -ов, -ев, -ин": " а у ым е ы ых ыми ой",
}
_RUSSIAN_ENDINGS: dict[str, list[str]] = {}
for _paradigm, _endings in _RUSSIAN_PARADIGMS.items():
    for _ending in _endings.split(" "):
        _RUSSIAN_ENDINGS.setdefault(_ending, []).append(_paradigm)
_LONGEST_RUSSIAN_ENDING = max(map(len, _RUSSIAN_ENDINGS))
_RUSSIAN_VOWELS = "аеиоуыэюя"
# рынок, рынка; площадка, площадок; день, дня
_FLEETING = re.compile(r"(?P<before>[^аеиоуыэюя])(?P<vowel>[ео])(?P<after>[кцнлрм])$")
_FLEETING_AFTER_VOWEL = re.compile(r"(?P<before>[аеиоуыэюя])е(?P<after>[кцн])$")
# Genitive plurals without an ending belong to these too: дорог, строительств.
_BARE_PLURALS = ("feminine", "neuter")
_ORDINAL_ENDINGS = frozenset({"й", "я", "е", "го", "му", "м", "ю", "ой", "х", "ми", "ый", "ая", "ое"})


def _russian_stems(word: str) -> frozenset[str]:
    return frozenset(_russian_keys(word))


def _russian_keys(word: str) -> Iterator[str]:
    yield f"={word}"
    if word in _ORDINAL_ENDINGS:
        yield "=ordinal"  # 1-я, 1-й, 1-го
        return
    if word.isascii():
        return
    for length in range(min(_LONGEST_RUSSIAN_ENDING, len(word) - 2) + 1):
        stem, ending = word[: len(word) - length], word[len(word) - length :]
        for paradigm in _RUSSIAN_ENDINGS.get(ending, ()):
            if paradigm.startswith("name") and not stem.endswith(("ов", "ев", "ин", "ын")):
                continue
            if ending == "" and stem[-1] in _RUSSIAN_VOWELS + "йь":
                continue
            yield f"{paradigm}:{stem}"
            if ending in {"", "ь"}:
                yield from (f"{paradigm}:{short}" for short in _without_fleeting_vowel(stem))
        if ending == "" and stem[-1] not in _RUSSIAN_VOWELS + "йь" and len(stem) > 3:
            for paradigm in _BARE_PLURALS:
                yield f"{paradigm}:{stem}"
                yield from (f"{paradigm}:{short}" for short in _without_fleeting_vowel(stem))


def _without_fleeting_vowel(stem: str) -> Iterator[str]:
    if len(stem) < 3:
        return
    fleeting = _FLEETING.search(stem)
    if fleeting:
        head = stem[: fleeting.start()] + fleeting["before"]
        yield head + fleeting["after"]
        if fleeting["vowel"] == "е":
            yield head + "ь" + fleeting["after"]  # колец, кольцо
    elif _FLEETING_AFTER_VOWEL.search(stem):
        yield stem[:-2] + "й" + stem[-1]  # строек, стройка


# Kyrgyz (letters as folded: ө is о, ү is у, ң is н)

# Suffixes by what stands before them: a vowel, a voiced consonant, a voiceless one.
_AFTER_VOWEL, _AFTER_VOICED, _AFTER_VOICELESS = "аеёиоуыэюя", "бвгджзйлмнрь", "кпстфхцчшщ"
_ANY_CONSONANT = _AFTER_VOICED + _AFTER_VOICELESS


# How the vowels of a suffix follow those of the word: жол-до, жол-у; кум-да, кум-у.
_HARMONIES = (("а", "ы"), ("е", "и"), ("о", "у"), ("а", "у"))


def _suffixes(*rows: tuple[str, str]) -> dict[str, str]:
    """From (suffix written with а and ы, letters it may follow): every form of it -> those letters."""
    table: dict[str, str] = {}
    for suffix, before in rows:
        for wide, narrow in _HARMONIES:
            form = suffix.translate({ord("а"): wide, ord("ы"): narrow})
            table[form] = "".join(sorted({*table.get(form, ""), *before}))
    return table


_PLURAL = _suffixes(("лар", _AFTER_VOWEL + "рйь"), ("дар", _AFTER_VOICED), ("тар", _AFTER_VOICELESS))
_THIRD_PERSON = _suffixes(("сы", _AFTER_VOWEL), ("ы", _ANY_CONSONANT))
_OUR = _suffixes(("быз", _AFTER_VOWEL), ("ыбыз", _ANY_CONSONANT))
_CASE = _suffixes(
    ("нын", _AFTER_VOWEL), ("дын", _AFTER_VOICED), ("тын", _AFTER_VOICELESS),  # of
    ("ны", _AFTER_VOWEL), ("ды", _AFTER_VOICED), ("ты", _AFTER_VOICELESS),  # whom, what
    ("га", _AFTER_VOWEL + _AFTER_VOICED), ("ка", _AFTER_VOICELESS),  # to
    ("да", _AFTER_VOWEL + _AFTER_VOICED), ("та", _AFTER_VOICELESS),  # in
    ("дан", _AFTER_VOWEL + _AFTER_VOICED), ("тан", _AFTER_VOICELESS),  # from
    ("дагы", _AFTER_VOWEL + _AFTER_VOICED), ("тагы", _AFTER_VOICELESS),  # that is in
    ("ча", _AFTER_VOWEL + _ANY_CONSONANT),  # as far as
)  # fmt: skip
# After "his, her, its": комплексинин, комплексин, комплексине, комплексинде, комплексинен, комплексиндеги
_CASE_AFTER_THIRD_PERSON = _suffixes(
    *[(suffix, _AFTER_VOWEL) for suffix in ("нын", "н", "на", "нда", "нан", "ндагы", "нча")]
)
_SHORTEST_KYRGYZ_STEM = 2
_VOICED_END = str.maketrans("пк", "бг")  # мектеп, мектеби; чек, чеги


def _cut(word: str, table: dict[str, str]) -> Iterator[str]:
    for length in range(1, 6):
        stem = word[:-length]
        if len(stem) < _SHORTEST_KYRGYZ_STEM:
            return
        if stem[-1] in table.get(word[-length:], ""):
            yield stem


def _kyrgyz_key(stem: str) -> str:
    stem = stem.removesuffix("ь")  # область, облас(т)ында
    return stem[:-1] + stem[-1].translate(_VOICED_END) if len(stem) > 2 else stem


def _kyrgyz_stems_of_name(word: str) -> frozenset[str]:
    """A name is given bare, as "its …" (комплекси), as "…s" or "its …s": nothing else is cut from it."""
    stems = {word}
    for owned in [word, *_cut(word, _THIRD_PERSON)]:
        stems.add(owned)
        stems.update(_cut(owned, _PLURAL))
    return frozenset(map(_kyrgyz_key, stems))


def _kyrgyz_stems_of_word(word: str) -> frozenset[str]:
    bases = {word}
    for of_third_person in _cut(word, _CASE_AFTER_THIRD_PERSON):
        if any(_cut(of_third_person, _THIRD_PERSON)):
            bases.add(of_third_person)
    bases.update(_cut(word, _CASE))
    stems = set(bases)
    for base in bases:
        for table in (_THIRD_PERSON, _OUR):
            stems.update(_cut(base, table))
    for stem in list(stems):
        stems.update(_cut(stem, _PLURAL))
    return frozenset(map(_kyrgyz_key, stems))


# English


def _english_stems(word: str) -> frozenset[str]:
    """The word, and its singular where it may be a plural."""
    word = word.removesuffix("'s").removesuffix("'")
    stems = {word}
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        stems.add(word[:-1])
        if word.endswith("ies") and len(word) > 4:
            stems.add(word[:-3] + "y")
        if word.endswith(("xes", "ches", "shes", "sses", "zes", "uses")):
            stems.add(word[:-2])
        if word.endswith("ves"):
            stems.update({word[:-3] + "f", word[:-3] + "fe"})
    return frozenset(stems)


STEMS_OF_NAMES: dict[str, Callable[[str], frozenset[str]]] = {
    "ky": _kyrgyz_stems_of_name,
    "ru": _russian_stems,
    "en": _english_stems,
}
STEMS_OF_WORDS: dict[str, Callable[[str], frozenset[str]]] = {
    "ky": _kyrgyz_stems_of_word,
    "ru": _russian_stems,
    "en": _english_stems,
}

_AFTER_DESIGNATION = {
    "ky": frozenset(
        {
            *_CASE,
            *_THIRD_PERSON,
            *_PLURAL,
            *(f"{p}{c}" for p in _THIRD_PERSON for c in _CASE_AFTER_THIRD_PERSON),
        }
    ),
    "ru": frozenset({"а", "у", "е", "ом", "ой", "ы", "и", "ю", "я", "ем", "ей"}),
    "en": frozenset({"s"}),
}


def is_ending_of_a_designation(word: str, language: str) -> bool:
    """Whether `word`, after a number or hyphened to an abbreviation, is only its ending: 1000дин, ЕАЭС-ке."""
    return word in _AFTER_DESIGNATION[language]
