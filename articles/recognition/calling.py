"""Words that stand before surnames and are no first names: titles, openings of sentences; and what tells
that a surname is a street's."""

import re

from projects.inflection import folded

from .name_forms import FEMALE, MALE

_TITLES = {
    "ru": "президент премьер премьер-министр министр вице-премьер вице-президент замминистра госпожа "
    "господин товарищ председатель депутат посол секретарь спикер директор генерал полковник "
    "академик профессор доктор губернатор аким мэр глава руководитель начальник представитель "
    "госсекретарь торага пресс-секретарь",
    "ky": "президент премьер премьер-министр министр вице-премьер вице-президент төрага депутат элчи "
    "катчы спикер директор генерал полковник академик профессор доктор губернатор аким мэр башчы "
    "жетекчи мамкатчы мырза айым таластай өкүл",
    "en": "president prime minister premier deputy vice chairman chairwoman chair secretary speaker "
    "director general colonel academician professor doctor dr governor mayor ambassador head mr mrs "
    "ms miss madam sir envoy commissioner chancellor king queen prince senator representative "
    "spokesman spokeswoman excellency",
}
_TITLE_KEYS = {
    code: frozenset(folded(word, code) for word in words.split()) for code, words in _TITLES.items()
}
_GENDERS = {
    "ru": {"господин": MALE, "госпожа": FEMALE},
    "ky": {},
    "en": {"mr": MALE, "sir": MALE, "mrs": FEMALE, "ms": FEMALE, "miss": FEMALE, "madam": FEMALE},
}
_OPENINGS = {
    "ru": "ранее также однако вчера сегодня завтра затем потом позднее позже напомним кроме помимо после "
    "перед как сам сама и а но или если когда что это этот здесь там тогда поэтому впрочем кстати "
    "вместе между тем по для от до из за под при без через у к с со о об на в во не ни же по- "
    "прежнему лично встреча команда слова визит доклад речь подпись проект предложение делегация "
    "напротив отдельно наконец теперь сейчас сообщил заявил отметил подчеркнул добавил сказал "
    "сообщила заявила отметила подчеркнула добавила",
    "ky": "бүгүн кечээ эртең мурда буга кийин анан бирок жана ал бул ошол ошондой ошондуктан мында анда "
    "андан ошону эми эгер качан азыр өзү өз ага аны муну буга чейин айтымында себеби мындан тышкары "
    "ошентип кечинде",
    "en": "yesterday today tomorrow earlier later also however then and but or if when as while after "
    "before for with by to from in on at of that this these those there here meanwhile finally now "
    "the a an both either although because since until",
}
_OPENING_KEYS = {
    code: frozenset(folded(word, code) for word in words.split()) for code, words in _OPENINGS.items()
}
# Endings of nouns and of words that no first name has.
_NO_NAME = {
    "ru": re.compile(r"(?:ция|ние|ство|ость|тие|ение|ывая|ивая|ируя)$"),
    # In Kyrgyz the first name before a surname has no ending of its own.
    "ky": re.compile(r".{3,}(?:нда|нде|ндо|ууда|уудо|дан|ден|дон|нын|нин|нун|гы|ги|ча|че|ып|ип|уп)$"),
    "en": re.compile(r"(?:ing|tion|ment|ly)$"),
}
# A place before a surname: "In Bishkek Bekov said", "Бишкекте Беков айтты".
_PLACES = {"ky": re.compile(r".{2,}(?:те|де|то|до|ко|го|ге|ке|тен|ден|дон|тон|дан|тан|нын|нин|дын|дин|дун)$")}
_BEFORE_PLACES = {"en": frozenset({"in", "at"})}
PLACES_BEFORE = {
    "ru": re.compile(r"(?:улиц\w*|ул\.|проспект\w*|пр\.|переул\w*|площад\w*|имени|им\.|бульвар\w*)\s$"),
    "ky": re.compile(r"(?!)"),
    "en": re.compile(r"named after\s$"),
}
PLACES_AFTER = {
    "ru": re.compile(r"(?!)"),
    "ky": re.compile(r"\s(?:көчө|проспект|бульвар|атындагы|аянт|айылы|районун)"),
    "en": re.compile(r"\s(?:street|avenue|square|boulevard|school|university|village|district)\b"),
}


def is_title(word: str, language: str, more: frozenset[str]) -> bool:
    """`more`: words of the offices that the directory knows."""
    word = folded(word, language)
    return word in _TITLE_KEYS[language] or word in more or word.split("-")[-1] in _TITLE_KEYS[language]


def is_no_first_name(word: str, language: str) -> bool:
    """At the beginning of a sentence, where every word has a capital letter."""
    word = folded(word, language)
    return word in _OPENING_KEYS[language] or _NO_NAME[language].search(word) is not None


def says_gender(word: str, language: str) -> str:
    return _GENDERS[language].get(folded(word, language), "")


def is_place(word: str, before: str, language: str) -> bool:
    """Anywhere in a sentence. `before`: the word before it. In Russian the case tells (may_agree)."""
    if language in _BEFORE_PLACES:
        return folded(before, language) in _BEFORE_PLACES[language]
    return language in _PLACES and _PLACES[language].search(folded(word, language)) is not None
