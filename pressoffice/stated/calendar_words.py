"""The words for months, ordinals, years and their parts, as patterns over plain text (see writing.py)."""

from .vocabulary import COUNTED, KY, RU, SCALES

KY_MONTH_END = (
    r"(?:ь|ы|и|у|ү)?(?:н?[ыиуү]н|[кг][аеоө]|[аеоө]|н?[дт][аеоө]н?|[дт][ыиуү]н|нан|нен|н?[дт][ае]г[ыи])?"
)
MONTHS = {
    "en": "jan(?:uary|\\.)? feb(?:ruary|\\.)? mar(?:ch|\\.)? apr(?:il|\\.)? may june? july? aug(?:ust|\\.)? "
    "sept?(?:ember|\\.)? oct(?:ober|\\.)? nov(?:ember|\\.)? dec(?:ember|\\.)?",
    "ru": "январ[ьяею] феврал[ьяею] март[аеу]? апрел[ьяею] ма[йяею] июн[ьяею] июл[ьяею] август[аеу]? "
    "сентябр[ьяею] октябр[ьяею] ноябр[ьяею] декабр[ьяею]",
    "ky": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
}
ORDINALS = {
    "en": ["first|1st", "second|2nd", "third|3rd", "fourth|4th"],
    "ru": ["перв[а-я]{2,3}", "втор[а-я]{2,3}", "трет(?:ий|ь[а-я]{1,3})", "четверт[а-я]{2,3}"],
    "ky": ["биринчи", "экинчи", "үчүнчү", "төртүнчү"],
}
ROMAN = ["i", "ii", "iii", "iv"]


def month(language: str) -> str:
    ending = KY_MONTH_END if language == "ky" else ""
    words = "|".join(f"(?:{each})" for each in MONTHS[language].split())
    return rf"(?P<month>(?:{words}){ending})(?![а-яөүңa-z])"


def nth(language: str) -> str:
    ending = r"(?:-?(?:й|го|м|ом|ый|ое|е|я|ая|ой))?" if language == "ru" else ""
    return rf"(?P<nth>{'|'.join(ORDINALS[language])}|iv|i{{1,3}}|[1-4]){ending}"


YEAR = r"(?P<year>19\d\d|20\d\d|2100)(?!\d|[.,:/]\d)"
ANY_YEAR = r"(?:19\d\d|20\d\d|2100)(?!\d)"
# 2000 people and 2,000 thousand are no years; nor are "2000 домов".
NOT_COUNTED = rf"(?! ?-?(?:{COUNTED}|{SCALES.pattern})(?![а-яөүңa-z]))"
NO_GENITIVE = r"(?! [а-я]{2,20}(?:ов|ев|ей|ых|их)(?![а-я]))"
# The year of the statement, the one after it and the one before it.
NEXT_YEAR = {
    "en": r"(?:the )?(?:next|coming) year(?!\w)",
    "ru": rf"(?:следующ|будущ|наступающ|грядущ)[а-я]{{2,3}} год{RU}",
    "ky": rf"(?:кийинки|келерки|эмдиги|келе жаткан|келаткан) жыл{KY}",
}
THIS_YEAR = {
    "en": r"(?:this|the current) year(?!\w)",
    "ru": rf"(?:эт[а-я]{{1,3}}|текущ[а-я]{{2,3}}|нынешн[а-я]{{2,3}}) год{RU}|т\. ?г\.",
    "ky": rf"быйыл{KY}|(?:ушул|бул|учурдагы|үстүбүздөгү) жыл{KY}",
}
LAST_YEAR = {
    "en": r"last year(?!\w)",
    "ru": rf"(?:прошл|минувш|прошедш)[а-я]{{2,3}} год{RU}",
    "ky": rf"былтыр{KY}|өткөн жыл{KY}",
}


def relative_year(language: str) -> str:
    following, this, before = NEXT_YEAR[language], THIS_YEAR[language], LAST_YEAR[language]
    return rf"(?:(?P<next>{following})|(?P<this>{this})|(?P<before>{before}))"


def year(language: str) -> str:
    """ "2025 года" and the like, or "next year"."""
    return rf"(?:{YEAR_WORDS[language]}|{relative_year(language)})"


YEAR_WORDS = {
    "en": rf"{YEAR}{NOT_COUNTED}",
    "ru": rf"{YEAR}(?:(?:-?(?:го|м|й|му))?(?: ?(?:год{RU}|гг?(?:\.|(?![а-я]))))|{NOT_COUNTED})",
    "ky": rf"{YEAR} ?-? ?(?:жыл{KY}|жж?\.)",
}
RU_YEAR = rf"{YEAR}(?:-?(?:го|м|й|му))?(?: ?(?:год{RU}|гг?(?:\.|(?![а-я]))))"
