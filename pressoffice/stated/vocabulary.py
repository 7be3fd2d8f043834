"""The words for scales, units and currencies, in the endings they take. All in small letters, ё as е."""

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache

from babel.numbers import get_currency_name

from .units import CURRENCIES, Unit
from .writing import Lexicon

KY = "[а-яөүң]*"
# Kyrgyz endings after digits and abbreviations: "1200дөн", "60ка", "456 кмди".
KY_CASE = r"(?:[ндт][ыиуү]н?|[гк][аеоө]|[дт][аеоө]н?|с?[ыиуү](?:н(?:[ае]н?)?)?)(?![а-яөүң])"
RU = "[а-я]*"

SCALES: Lexicon[int] = Lexicon(
    [
        (rf"тыс(?:яч{RU}|\.)?|миң{KY}|thousand", 10**3),
        (rf"млн\.?|миллион{KY}|million|mln|mn", 10**6),
        (rf"млрд\.?|миллиард{KY}|billion|bln|bn", 10**9),
        (rf"трлн\.?|триллион{KY}|trillion|trn", 10**12),
    ]
)
# "A million tonnes" is one million; "тысячи туристов" is no number.
BARE_SCALES: Lexicon[int | Decimal] = Lexicon(
    [
        ("тысяч[ау]|миң|a thousand", 10**3),
        ("миллион|a million", 10**6),
        ("миллиард|a billion", 10**9),
        ("полмиллиона|half a million|жарым миллион", 5 * 10**5),
        ("полмиллиарда|half a billion|жарым миллиард", 5 * 10**8),
        ("полтор[аы]|полутора", Decimal("1.5")),
        ("a hundred", 100),
    ]
)
SIGNS: Lexicon[str] = Lexicon(
    [
        (r"us ?\$|\$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("¥", "CNY"),
        ("₽", "RUB"),
        ("₸", "KZT"),
    ]
)
# After a sign "m" is a million: "$45m".
SHORT_SCALES: Lexicon[int] = Lexicon([("m", 10**6), ("b", 10**9), ("k", 10**3)])

VEHICLES = (
    rf"(?:машин{RU}|автомашин{RU}|автомобил{RU}|грузовик{RU}|фур{RU}|автотранспортных средств"
    rf"|унаа{KY}|автоунаа{KY}|машина{KY}|vehicles|cars|trucks|lorries)"
)
A_DAY = r"(?: в (?:сутки|день)| (?:a|per|every|each) day| daily)"
DAILY = re.compile(
    r"(?:ежедневно|ежесуточно|в сутки|каждый день|суткасына|күнүнө|күн сайын|daily|every day|each day)"
)
SECOND_OR_HOUR = (
    rf"(?: ?/ ?(?:час|ч|сек|с|саат|hour|h|s|sec)"
    rf"| (?:в|per|an?) (?:час|секунд{RU}|сек|hour|second))(?![а-яөүңa-z])"
)
PER_TIME = re.compile(r"(?:саатына|секундасына) $")

UNITS_OF_MEASURE: list[tuple[str, str]] = [
    # Not ours, and not to be taken for the shorter words in them.
    (
        rf"(?:кв\. ?|квадратн{RU} |чарчы |square )(?:км|километр{KY}|чакырым{KY}|kilomet(?:re|er)s?|km)"
        r"|sq\.? ?km|(?:км|km)[²2]",
        "",
    ),
    (rf"мвт[·⋅*-]?ч(?:ас{RU})?|мвт[·-]саат{KY}|мегаватт-(?:час{RU}|саат{KY})|mwh|megawatt[- ]hours?", ""),
    (
        rf"кв\. ?м(?:етр{KY})?\.?|[мm][²2]|(?:квадратн{RU}|чарчы) метр{KY}|sq\.? ?m|square[- ]met(?:re|er)s?",
        Unit.SQUARE_METRE,
    ),
    (
        rf"куб\. ?м(?:етр{KY})?\.?|[мm][³3]|кубическ{RU} метр{KY}"
        rf"|куб(?:о| )?метр{KY}|cubic[- ]met(?:re|er)s?",
        Unit.CUBIC_METRE,
    ),
    (
        rf"квт[·⋅*-]?ч(?:ас{RU})?|квт[·⋅ -]саат{KY}|киловатт-?(?:час{RU}|саат{KY})|kwh|kilowatt[- ]hours?",
        Unit.KILOWATT_HOUR,
    ),
    (rf"мвт(?:-?{KY_CASE})?|мегаватт{KY}|mw|megawatts?", Unit.MEGAWATT),
    (rf"км(?:-?{KY_CASE})?|километр{KY}|чакырым{KY}|km|kilomet(?:re|er)s?", Unit.KILOMETRE),
    (rf"га|гектар{KY}|ha|hectares?", Unit.HECTARE),
    (rf"метр{KY}|met(?:re|er)s?|м|m", Unit.METRE),
    (rf"тонн(?!ел){KY}|(?:metric )?(?:tonnes?|tons?)|т|t", Unit.TONNE),
    (rf"%(?:-?[а-яөүң]{{1,5}})?|процент{KY}|пайыз{KY}|per ?cent", Unit.PER_CENT),
    (
        rf"чел\.|человек{RU}|людей|студент{KY}|учащихся|школьник{RU}|учени[кц]{RU}|турист{KY}|пассажир{KY}"
        rf"|жител{RU}|участник{RU}|работник{RU}|рабочих(?! мест)|специалист{KY}|военнослужащ{RU}|граждан{RU}"
        rf"|адам{KY}|киши{KY}|окуучу{KY}|жүргүнчү{KY}|катышуучу{KY}|жумушчу{KY}|тургун{KY}"
        rf"|аскер кызматкер{KY}|жаран{KY}|people|persons|students|pupils|residents|tourists|passengers"
        r"|visitors|participants|workers|citizens|inhabitants|specialists|soldiers",
        Unit.PEOPLE,
    ),
    (
        rf"шт\.?|штук{RU}|единиц{RU}|мест(?:а|о|ам|ами)?|рабоч(?:их|ие|ее|его) мест(?:а|о)?|даана{KY}"
        rf"|оруну?{KY}|орду{KY}|жумуш орд?у?н?{KY}|pieces|units|items|seats|jobs",
        Unit.PIECES,
    ),
    (rf"час(?:а|ов|ам|ах|овой|овая)?|саат{KY}|hours?|ч|h", Unit.HOURS),
]
CURRENCY_WORDS: list[tuple[str, str]] = [
    (rf"(?:акш|америка) доллар{KY}|долл\.(?: сша)?|доллар{KY}(?: сша)?|us[- ]dollars?|dollars?|\$", "USD"),
    ("сомони", "TJS"),
    (rf"евро{KY}|euros?|€", "EUR"),
    (rf"(?:казахстанск{RU} |казак )?(?:теңге{KY}|тенге)|(?:kazakh )?tenge|₸", "KZT"),
    (
        rf"(?:узбекск{RU} |өзбек )?сум(?:а|ов|ам|у|д{KY}|га|ы{KY})?|өзбек сом{KY}"
        r"|uzbek (?:soums?|soms?|sums?)|soums?",
        "UZS",
    ),
    (
        rf"(?:к[иы]рг[иы]зск{RU} |кыргыз(?:стан)? )?сом(?:а|ов|ам|ами|ом|го|д{KY}|у{KY})?|(?:kyrgyz )?soms?",
        "KGS",
    ),
    (rf"(?:китайск{RU} |кытай )?юан{KY}|(?:chinese )?yuan|renminbi|¥", "CNY"),
    (rf"(?:российск{RU} )?руб(?:\.|л{KY})|(?:russian )?rou?bles?|₽", "RUB"),
    (rf"(?:японск{RU} |япон )?(?:иен{RU}|йен{KY})|(?:japanese )?yen", "JPY"),
    (rf"фунт{RU} стерлингов|фунт стерлинг{KY}|pounds? sterling|£", "GBP"),
]
# English words in capitals that are also codes.
NO_CODES = {"ALL", "TRY", "TOP", "CUP"}
CODE = re.compile(rf"(?:{'|'.join(code for code in CURRENCIES if code not in NO_CODES)})(?!\w)")


@cache
def _currency_names(language: str) -> dict[str, Lexicon[str]]:
    """Every currency as CLDR names it, in each plural form: "швейцарских франков". By their first letters:
    to try hundreds of names after each number took most of the time."""
    tail = KY if language == "ky" else ""
    names = {
        get_currency_name(code, count=count, locale=language).lower().replace("ё", "е"): code
        for code in CURRENCIES
        for count in (1, 2, 5, 1.5)
    }
    sorted_names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        sorted_names[name[:FIRST_LETTERS]].append((re.escape(name) + tail, names[name]))
    return {beginning: Lexicon(entries) for beginning, entries in sorted_names.items()}


FIRST_LETTERS = 3
UNITS: Lexicon[str] = Lexicon([*UNITS_OF_MEASURE, *CURRENCY_WORDS])


def unit_at(text: str, place: int, language: str) -> tuple[str, int] | None:
    """The unit or currency whose words begin at `place`, and where they end."""
    if found := UNITS.at(text, place):
        return found
    names = _currency_names(language).get(text[place : place + FIRST_LETTERS])
    return names.at(text, place) if names else None


COUNTED = UNITS.pattern


def _numerals(ones: str, tens: str, hundreds: str) -> list[tuple[str, int]]:
    """From one, from thirty and from a hundred on."""
    return [
        *((words, number) for number, words in enumerate(ones.split(), start=1)),
        *((words, 30 + 10 * number) for number, words in enumerate(tens.split())),
        *((words, 100 + 100 * number) for number, words in enumerate(hundreds.split())),
    ]


NUMERALS: dict[str, Lexicon[int]] = {
    "en": Lexicon(
        _numerals(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty",
            "thirty forty fifty sixty seventy eighty ninety",
            "hundred",
        )
    ),
    "ru": Lexicon(
        _numerals(
            "один|одна|одно|одного|одной|одну два|две|двух|двум|двумя три|трех|трем|тремя "
            "четыре|четырех|четырем пят(?:ь|и|ью) шест(?:ь|и|ью) сем(?:ь|и|ью) вос(?:емь|ьми|емью) "
            "девят(?:ь|и|ью) десят(?:ь|и|ью) одиннадцат(?:ь|и|ью) двенадцат(?:ь|и|ью) тринадцат(?:ь|и|ью) "
            "четырнадцат(?:ь|и|ью) пятнадцат(?:ь|и|ью) шестнадцат(?:ь|и|ью) семнадцат(?:ь|и|ью) "
            "восемнадцат(?:ь|и|ью) девятнадцат(?:ь|и|ью) двадцат(?:ь|и|ью)",
            "тридцат(?:ь|и|ью) сорока? пят(?:ьдесят|идесяти) шест(?:ьдесят|идесяти) сем(?:ьдесят|идесяти) "
            "вос(?:емьдесят|ьмидесяти) девяност[оа]",
            "сто|ста двести|двухсот триста|трехсот четыреста|четырехсот пятьсот|пятисот шестьсот|шестисот "
            "семьсот|семисот восемьсот|восьмисот девятьсот|девятисот",
        )
    ),
    "ky": Lexicon(
        (rf"(?:{word})(?:[дт][аеоө]н|[гк][аеоө])?", number)
        for word, number in [
            ("жыйырма", 20),
            *_numerals(
                "бир эки үч төрт беш алты жети сегиз тогуз он",
                "отуз кырк элүү алтымыш жетимиш сексен токсон",
                "жүз",
            ),
        ]
    ),
}
HALVES = {
    "en": re.compile(r" and a half(?![a-z])"),
    "ru": re.compile(r" с половиной(?![а-я])"),
    "ky": re.compile(r" жарым(?![а-яөүң])"),
}
