"""How the names of people change their endings. Russian names have forms with a case each; Kyrgyz ones are
cut like other words; English ones differ in how they are spelt."""

import re
from collections.abc import Mapping
from functools import lru_cache

from projects.inflection import LATIN_SPELLINGS, STEMS_OF_NAMES, STEMS_OF_WORDS, folded

MALE, FEMALE = "male", "female"
_MALE_END = re.compile(r"(?:[оеё]в|[иы]н|ский|цкий|uly|ov|ev|in|sky|skiy)$")
_FEMALE_END = re.compile(r"(?:[оеё]ва|[иы]на|ская|цкая|ova|eva|ina|skaya)$")
PATRONYMIC = re.compile(r"(?:[оеё]вич|[оеё]вна|ьич|ична|[oe]vich|[oe]vna)$", re.IGNORECASE)
SON_OR_DAUGHTER = {
    "уулу": MALE, "улуу": MALE, "кызы": FEMALE, "uulu": MALE, "kyzy": FEMALE, "uly": MALE,
}  # fmt: skip

# Endings by case: nominative, genitive, dative, accusative, instrumental, prepositional.
_CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
_SURNAME_OV = (("", "а", "у", "а", "ым", "е"), ("ы", "ых", "ым", "ых", "ыми", "ых"))
_SURNAME_OVA = (("а", "ой", "ой", "у", "ой", "ой"), ("а", "ою", "ой", "у", "ою", "ой"))
_SURNAME_SKY = (("ий", "ого", "ому", "ого", "им", "ом"), ("ие", "их", "им", "их", "ими", "их"))
_SURNAME_SKAYA = (("ая", "ой", "ой", "ую", "ой", "ой"),)
_MASCULINE = (("", "а", "у", "а", "ом", "е"), ("", "а", "у", "а", "ем", "е"))
_MASCULINE_SOFT = (("ь", "я", "ю", "я", "ем", "е"),)
_MASCULINE_SHORT_I = (("й", "я", "ю", "я", "ем", "е"), ("й", "я", "ю", "я", "ем", "и"))
_FEMININE = (("а", "ы", "е", "у", "ой", "е"), ("а", "и", "е", "у", "ей", "е"))
_FEMININE_SOFT = (("я", "и", "е", "ю", "ей", "е"), ("я", "и", "и", "ю", "ей", "и"))
_FEMININE_THIRD = (("ь", "и", "и", "ь", "ью", "и"),)
_UNCHANGED = (("",) * 6,)


def gender_of(surname: str, patronymic: str = "") -> str:
    """Empty where neither tells."""
    for word in (surname.casefold(), patronymic.casefold()):
        last = word.split()[-1] if word else ""
        if last in SON_OR_DAUGHTER:
            return SON_OR_DAUGHTER[last]
        if last.endswith(("вич", "ьич", "vich")):
            return MALE
        if _FEMALE_END.search(last) or last.endswith(("вна", "ична", "vna")):
            return FEMALE
        if _MALE_END.search(last):
            return MALE
    return ""


def _russian_rows(word: str, gender: str, *, is_surname: bool) -> list[tuple[str, tuple]]:
    """Stem and rows of endings."""
    if is_surname and re.search(r"(?:[ое]в|[иы]н)$", word) and gender != FEMALE:
        return [(word, _SURNAME_OV)]
    if is_surname and re.search(r"(?:[ое]в|[иы]н)а$", word):
        return [(word[:-1], _SURNAME_OVA)]
    if is_surname and word.endswith(("ский", "цкий")):
        return [(word[:-2], _SURNAME_SKY)]
    if is_surname and word.endswith(("ская", "цкая")):
        return [(word[:-2], _SURNAME_SKAYA)]
    unchanged = (word, _UNCHANGED)
    match word[-1]:
        case "ь":
            return [unchanged, (word[:-1], _MASCULINE_SOFT), (word[:-1], _FEMININE_THIRD)]
        case "й":
            return [unchanged, (word[:-1], _MASCULINE_SHORT_I)]
        case "а":
            return [unchanged, (word[:-1], _FEMININE)]
        case "я":
            return [unchanged, (word[:-1], _FEMININE_SOFT)]
        case "о" | "е" | "и" | "у" | "ю" | "ы" | "э":
            return [unchanged]
        case _:
            return [unchanged] if gender == FEMALE else [unchanged, (word, _MASCULINE)]


@lru_cache(maxsize=20_000)
def russian_forms(word: str, gender: str, *, is_surname: bool) -> Mapping[str, frozenset[str]]:
    """Each form of a folded name, and the cases it may be in."""
    forms: dict[str, set[str]] = {}
    for stem, rows in _russian_rows(word, gender, is_surname=is_surname):
        for row in rows:
            for case, ending in zip(_CASES, row, strict=True):
                forms.setdefault(stem + ending, set()).add(case)
    return {form: frozenset(cases) for form, cases in forms.items()}


@lru_cache(maxsize=20_000)
def latin_key(word: str) -> str:
    for spelling, other in LATIN_SPELLINGS:
        word = spelling.sub(other, word)
    return word


@lru_cache(maxsize=50_000)
def keys_of_name(word: str, language: str, gender: str, *, is_surname: bool) -> frozenset[str]:
    """What a word of a text is compared with: equal keys are one name."""
    word = folded(word, language)
    if language == "ru":
        return frozenset(russian_forms(word, gender, is_surname=is_surname))
    if language == "ky":
        return STEMS_OF_NAMES["ky"](word)
    return frozenset({latin_key(word)})


@lru_cache(maxsize=50_000)
def keys_of_word(word: str, language: str) -> frozenset[str]:
    word = folded(word, language)
    if language == "ru":
        return frozenset({word})
    if language == "ky":
        return STEMS_OF_WORDS["ky"](word)
    return frozenset({latin_key(word.removesuffix("'s").removesuffix("'"))})


_AGREES = {
    "nominative": re.compile(r"[^еуюыо]$"),
    "genitive": re.compile(r"[аяыи]$"),
    "accusative": re.compile(r"[аяуюь]$"),
    "dative": re.compile(r"[уюеи]$"),
    "instrumental": re.compile(r"(?:ом|ем|ой|ей|ою|ею|ью)$"),
    "prepositional": re.compile(r"[еи]$"),
}


def may_agree(given: str, surname: str, name: str, gender: str) -> bool:
    """Whether a Russian word can be a first name before this form of a surname: "Бишкеке Беков" is none."""
    given, surname = folded(given, "ru"), folded(surname, "ru")
    cases = russian_forms(folded(name, "ru"), gender, is_surname=True).get(surname, frozenset())
    # Of women nobody knows: "Айгуль Бекова" is unknown to "Беков".
    if surname.endswith("а"):
        cases |= {"nominative"}
    return any(_AGREES[case].search(given) for case in cases)
