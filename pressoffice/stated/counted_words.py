"""Number words that no ledger keeps but that translations must agree in: "second", "two thirds", "both"."""

import re
from decimal import Decimal

from .writing import Lexicon

# Telephones, addresses and the family ("семью"), which is spelt like "with seven".
UNREAD = re.compile(
    r"\+\d[\d ()-]{6,18}\d|\(\d{3,5}\) ?\d[\d -]{4,10}|(?:https?://|www\.)\S+|\S+@\S+"
    r"|(?<!\w)(?:одну|каждую|молодую|свою|всю|их|его) семью(?!\w)"
)

_KY = "[а-яөүң]*"
_ADJECTIVE = "(?:ый|ий|ой|ая|ое|ого|ому|ым|ом|ую|ые|ых|ыми)"


def _listed(*rows: tuple[int, str]) -> list[tuple[int, re.Pattern[str]]]:
    return [(value, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for value, words in rows]


_SIDES_EN = "(?:sides|parties|countries|states|nations|peoples|neighbou?rs|governments|presidents)"
_SIDES_RU = "(?:сторон|стран|государств|народ|сосед|правительств|президент)"
_SIDES_KY = "(?:тарап|өлкө|мамлекет|эл|кошуна|өкмөт|президент)"
# One language says "both sides" where another says "the sides".
SILENT_PHRASES = {
    "en": _listed(
        (2, rf"bilateral\w*|both|pairs?|couple|(?:the )?two (?:brotherly |neighbou?ring )?{_SIDES_EN}"),
        (3, rf"trilateral\w*|(?:the )?three {_SIDES_EN}"),
        (12, "dozens?"),
    ),
    "ru": _listed(
        (
            2,
            r"двусторонн\w*|двухсторонн\w*|об[ае]|обеи\w+|обои\w+|пар[аыу]"
            rf"|(?:дв[ае]|двух|двум|двумя) (?:братск\w+ |соседн\w+ )?{_SIDES_RU}\w*",
        ),
        (3, rf"тр[её]хсторонн\w*|(?:три|трех|трем|тремя) {_SIDES_RU}\w*"),
        (12, r"дюжин\w*"),
    ),
    "ky": _listed(
        (2, rf"эки тараптуу{_KY}|эки (?:боордош |коңшу )?{_SIDES_KY}{_KY}|экөө{_KY}|экөөбүз{_KY}"),
        (3, rf"үч тараптуу{_KY}|үч {_SIDES_KY}{_KY}"),
    ),
}
PAIRED_PHRASES = {
    "en": _listed(
        (2, r"doubl(?:e[ds]?|ing)|twofold|twice"),
        (3, r"tripl(?:e[ds]?|ing)|threefold|thrice"),
        (4, r"quadrupl\w*|fourfold"),
    ),
    "ru": _listed(
        (2, r"вдвое|дважды|удво\w+"),
        (3, r"втрое|трижды|утро(?:и|е)\w+"),
        (4, r"вчетверо|четырежды"),
    ),
    "ky": _listed(
        (2, rf"эки эсе{_KY}|эки жолу"), (3, rf"үч эсе{_KY}|үч жолу"), (4, rf"төрт эсе{_KY}|төрт жолу")
    ),
}

_EN_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_EN_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
_RU_PARTS = {"трет": 3, "четверт": 4, "пят": 5, "десят": 10}
_RU_COUNTS = {"одн": 1, "дв": 2, "тр": 3, "четыр": 4}
_KY_NUMBERS = {"бир": 1, "эки": 2, "үч": 3, "төрт": 4, "беш": 5, "алты": 6, "он": 10}
FRACTIONS = {
    "en": re.compile(
        rf"(?<!\w)(?P<count>{'|'.join(_EN_COUNTS)})[- ](?P<part>{'|'.join(_EN_PARTS)})s?(?!\w)"
        r"(?! (?:time|session|meeting|country|party|century|year|stage|day))"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:(?P<count>одн[аоу]й?|дв[еух]+|тр[иех]+|четыр[еx]+) )?"
        r"(?P<part>трет|четверт)(?:ь|и|ью|ей)(?!\w)"
        r"|(?<!\w)(?P<count_of>одн[аоу]й?|дв[еух]+|тр[иех]+|четыр[еx]+)? ?"
        r"(?P<part_of>пят|десят)(?:ая|ую|ой|ых) част\w+"
    ),
    "ky": re.compile(
        rf"(?<!\w)(?P<part>{'|'.join(_KY_NUMBERS)})[дт][аеоө]н (?P<count>{'|'.join(_KY_NUMBERS)})"
        r"(?:[иүу]|[сн][ыиуү][а-яөүң]*|[ыиуү][а-яөүң]*)?(?!\w)"
    ),
}
BARE_HALF = {
    "en": re.compile(r"(?<!\w)half(?!\w)"),
    "ru": re.compile(r"(?<!\w)половин[аыуео]\w*"),
    "ky": re.compile(r"(?<!\w)жарым(?:ы|ын|ына|ында|ынан|ынын)?(?!\w)"),
}


def number_of_fraction(match: re.Match[str], language: str) -> Decimal:
    """In per cent, so that "half" agrees with "50 %"."""
    groups = match.groupdict()
    part = groups["part"] or groups.get("part_of") or ""
    count = groups["count"] or groups.get("count_of") or ""
    if language == "en":
        above, below = _EN_COUNTS[count], _EN_PARTS[part]
    elif language == "ru":
        above = next((value for stem, value in _RU_COUNTS.items() if count.startswith(stem)), 1)
        below = _RU_PARTS[part]
    else:
        above, below = _KY_NUMBERS[count], _KY_NUMBERS[part]
    return (Decimal(100) * above / below).quantize(Decimal("0.01")).normalize()


_EN_ORDINALS = (  # noqa: SIM905 — as a list of literals it would be a page
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_EN_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_RU_ORDINALS = [
    rf"перв{_ADJECTIVE}",
    rf"втор{_ADJECTIVE}",
    "трет(?:ий|ья|ье|ьего|ьей|ьем|ьему|ьим|ью|ьи|ьих)",
    rf"четверт{_ADJECTIVE}",
    rf"пят{_ADJECTIVE}",
    rf"шест{_ADJECTIVE}",
    rf"седьм{_ADJECTIVE}",
    rf"восьм{_ADJECTIVE}",
    rf"девят{_ADJECTIVE}",
    rf"десят{_ADJECTIVE}",
    rf"одиннадцат{_ADJECTIVE}",
    rf"двенадцат{_ADJECTIVE}",
    rf"тринадцат{_ADJECTIVE}",
    rf"четырнадцат{_ADJECTIVE}",
    rf"пятнадцат{_ADJECTIVE}",
    rf"шестнадцат{_ADJECTIVE}",
    rf"семнадцат{_ADJECTIVE}",
    rf"восемнадцат{_ADJECTIVE}",
    rf"девятнадцат{_ADJECTIVE}",
    rf"двадцат{_ADJECTIVE}",
]
_RU_TENS = {"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50}
_KY_ORDINALS = [
    f"{stem}нч[ыиуү]{_KY}"
    for stem in "бири эки үчү төртү беши алты жети сегизи тогузу ону".split()  # noqa: SIM905 — a word list
]
_KY_TENS = {"он": 10, "жыйырма": 20, "отуз": 30, "кырк": 40, "элүү": 50}


def _ordinals(tens: dict[str, int], ones: list[str], between: str) -> re.Pattern[str]:
    listed = "|".join(f"(?P<n{number}>{words})" for number, words in enumerate(ones, start=1))
    return re.compile(rf"(?<!\w)(?:(?P<tens>{'|'.join(tens)}){between})?(?:{listed})(?!\w)")


ORDINALS = {
    "en": _ordinals(_EN_TENS, _EN_ORDINALS, "[- ]"),
    "ru": _ordinals(_RU_TENS, _RU_ORDINALS, " "),
    "ky": _ordinals(_KY_TENS, _KY_ORDINALS, " "),
}
_TENS = {"en": _EN_TENS, "ru": _RU_TENS, "ky": _KY_TENS}


def number_of_ordinal(match: re.Match[str], language: str) -> int:
    groups = match.groupdict()
    tens = groups.pop("tens")
    one = next(int(name[1:]) for name, words in groups.items() if words)
    return one + (_TENS[language][tens] if tens else 0)


# M41, Kambarata-1, CASA-1000: a number that belongs to a name.
DESIGNATION = re.compile(r"[^\W\d_]{1,20}-?(?P<number>\d{1,6})(?![\d.,:/]*\d)")
# Only such as are no words: "I", "C" and "MIX" are not read.
ROMAN = re.compile(r"(?<![\w-])(?:X{0,3}(?:IX|IV|V?I{1,3})|X{1,3}V?|V)(?![\w-])")
_ROMAN_SIGNS = {"I": 1, "V": 5, "X": 10}


def roman_number(signs: str) -> int:
    """0 for what is rather a letter."""
    if len(signs) < 2 and signs not in {"V", "X"}:
        return 0
    values = [_ROMAN_SIGNS[sign] for sign in signs]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


# Beside the ledger's own units.
EXTRA_UNITS: Lexicon[str] = Lexicon(
    [
        ("гвт|гигаватт[а-яөүң]*|gw|gigawatts?", "GW"),
        ("квт|киловатт[а-яөүң]*|kw|kilowatts?", "kW"),
        ("кв|киловольт[а-яөүң]*|kv|kilovolts?", "kV"),
        ("мм|миллиметр[а-яөүң]*|mm|millimet(?:re|er)s?", "mm"),
        ("см|сантиметр[а-яөүң]*|cm|centimet(?:re|er)s?", "cm"),
        ("кг|килограмм[а-яөүң]*|kg|kilograms?", "kg"),
        ("литр[а-яөүң]*|lit(?:re|er)s?", "litre"),
        ("мил[яьией]+|миля[а-яөүң]*|miles?", "mile"),
        ("минут[а-яөүң]*|мүнөт[а-яөүң]*|minutes?", "minute"),
        ("дн(?:я|ей|ям|ями)|день|суток|сутки|күн(?!өс)[а-яөүң]*|days?", "day"),
        ("недел[а-я]*|жума[а-яөүң]*|апта[а-яөүң]*|weeks?", "week"),
        ("месяц[а-я]*|ай(?:да|га|дан|дын|ды|лык|дык|ы|ына|ында|ынан|чейин)?|months?", "month"),
        ("лет|год(?:а|у|ом|ы|ов|ам)?|жыл(?!кы)[а-яөүң]*|years?", "year"),
    ]
)
