"""Where a line may not break, where a long word may, and which quotation marks a language uses.

Line ends are a matter of the page: `bound` and `bound_html` put U+00A0 in the place of a blank, letter for
letter, so every offset stays true. What is stored, sent, compared, searched and copied keeps its blanks
(docs/decisions/0018). Quotation marks are letters of the text: `with_marks` only proposes them to its writer.
"""

import re
from typing import NamedTuple

NBSP = "\u00a0"
SOFT_HYPHEN = "\u00ad"

# --- no line end here --------------------------------------------------------------------------------

_UNITS = (
    r"[%‰]|°\s?[CFС]?"
    r"|(?:мк|м|с|к)?м[²³23]?|га|(?:к|м)?г|т|ц|л|мл|к?кал"
    r"|[кМГТ]?Вт(?:·ч|\*ч)?|кВ|[кМГТ]?Гц|[КМГТ]?[Бб]айт|[КМГ]Б|[КМГ]бит"
    r"|[kcmµ]?m[²³23]?|ha|k?g|t|l|ml|[kMGT]?W(?:h|·h)?|kV|[kMG]?Hz|[KMGT]B|km/h|км/[чс]|м/с"
    r"|сек|мин|ч|саат|s|min|h|hrs?|mph"
)
_SCALES = (
    r"тыс|млн|млрд|трлн|миң\w*|тысяч\w*|миллион\w*|миллиард\w*|триллион\w*"
    r"|thousand|million|billion|trillion|m(?:ln)?|bn|tn"
)
_MONEY = (
    r"[$€£₽₸¥⃀]|сом\w*|доллар\w*|евро\w*|тенге\w*|тенгеге|рубл\w*|юан\w*|руб|долл|тыйын\w*"
    r"|soms?|dollars?|euros?|tenge|roubles?|rubles?|yuan|KGS|USD|EUR|KZT|RUB|CNY|UZS|TJS"
)
_COUNTED = (
    r"процент\w*|пайыз\w*|per\s?cent|адам\w*|человек\w*|киши\w*|people|чел|шт|экз|раза?|жолу|times"
    r"|километр\w*|метр\w*|гектар\w*|тонн\w*|киловатт\w*|мегаватт\w*|k?ilomet\w+|met(?:re|er)s?|hectares?|tonn?es?"
    r"|megawatts?|kilowatts?"
)
_MONTHS = (
    r"январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]"
    r"|декабр[ья]"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
)
_YEAR = r"гг?\.|год\w*|ж\.|жыл\w*|жж\.|century|век\w*|кылым\w*|в\.|вв\."
# Each pattern begins with the blank itself, what stands before it follows as a lookbehind: a plain sign at
# its beginning lets the engine leap from blank to blank (five times faster over a long body).
_BEFORE_A_DASH = re.compile(r" (?<=\S )(?=[—–](?:\s|$))", re.MULTILINE)
_DASH_THAT_SPEAKS = re.compile(r"^([—–]) (?=\S)", re.MULTILINE)
_AFTER_A_NUMBER = re.compile(
    rf" (?<=\d )(?=(?:{_UNITS}|{_SCALES}|{_MONEY}|{_COUNTED}|{_MONTHS}|{_YEAR}|[ap]\.m\.|[ap]m)(?!\w))"
)
_COUNTED_BY_SCALE = re.compile(rf" (?<=[авднңчиmnd.] )(?=(?:{_MONEY}|{_COUNTED}|{_UNITS})(?!\w))")
_SCALE_BEFORE = re.compile(rf"\d[ {NBSP}](?:{_SCALES})\.?$")
_DAY_AFTER_A_MONTH = re.compile(r" (?<=[a-z] )(?=\d{1,2}(?!\d))")
_MONTH_BEFORE = re.compile(
    r"\b(?:(?:Janu|Febru)ary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October)$"
)
_BETWEEN_GROUPS = re.compile(r" (?<=\d )(?=\d{3}(?!\d))")
# 1 250 000; never the parts of a telephone number: it begins with + or 0, or goes on with two digits.
_GROUPS_BEFORE = re.compile(rf"(?<![\d.,+])(?<![+\d)][ {NBSP}])(?!0)\d{{1,3}}(?:[ {NBSP}]\d{{3}})*$")
_GROUPS_AFTER = re.compile(rf"(?:[ {NBSP}]\d{{3}})+(?![\d-])(?! \d)")
_AFTER_A_SIGN = re.compile(r" (?<=[№§$€£¥] )(?=[\dIVXА-ЯЁӨҮҢA-Z])")
_AFTER_A_STOP = re.compile(r" (?<=[\w]\. )(?=[\dА-ЯЁӨҮҢA-Z«“„едпкб-])")
_OPEN = r"(?:(?<=[\s(«“„\"'—–-])|^)"
_SHORT_BEFORE = re.compile(
    rf"{_OPEN}(?:г|ул|пр|просп|пл|пос|с|р|оз|им|ат|д|кв|обл|ст|п|пп|стр|рис|табл|гл|т|см|тел|ж|б|к|No|Nos|pp?|Art|Fig"
    r"|Mr|Mrs|Ms|Dr|Prof|St)\.$"
)
_AND_SO_ON = re.compile(r"\b[тжд]\. [едпкб]\.")
_INITIAL = r"[А-ЯЁӨҮҢA-Z][а-яёөүңa-z]?\."
_INITIAL_BEFORE = re.compile(rf"{_OPEN}{_INITIAL}$")
_NAME_AFTER = re.compile(rf" (?:[А-ЯЁӨҮҢA-Z][а-яёөүңa-z'’]|-?{_INITIAL})")
_LOOK_BACK = 24  # letters: enough for the longest of these


def _after_a_scale(match: re.Match[str]) -> str:
    return NBSP if _SCALE_BEFORE.search(_before(match)) else " "


def _after_a_month(match: re.Match[str]) -> str:
    return NBSP if _MONTH_BEFORE.search(_before(match)) else " "


def _between_groups(match: re.Match[str]) -> str:
    is_number = _GROUPS_BEFORE.search(_before(match)) and _GROUPS_AFTER.match(match.string, match.start())
    return NBSP if is_number else " "


def _after_a_stop(match: re.Match[str]) -> str:
    before, at = _before(match), match.start()
    if _AND_SO_ON.match(match.string, at - 2):
        return NBSP
    if _SHORT_BEFORE.search(before) and match.string[at + 1] not in "едпкб-":
        return NBSP
    is_initial = _INITIAL_BEFORE.search(before) and _NAME_AFTER.match(match.string, at)
    return NBSP if is_initial else " "


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _LOOK_BACK) : match.start()]


def bound(text: str) -> str:
    """The text with U+00A0 for each blank at which no line may end: before a dash, within a number, between
    a number and what it counts, after №, §, initials and shortened words. As long as the text, letter for
    letter; done twice it is the same."""
    if " " not in text:
        return text
    text = _BEFORE_A_DASH.sub(NBSP, text)
    text = _DASH_THAT_SPEAKS.sub(rf"\1{NBSP}", text)
    text = _BETWEEN_GROUPS.sub(_between_groups, text)
    text = _AFTER_A_NUMBER.sub(NBSP, text)
    text = _COUNTED_BY_SCALE.sub(_after_a_scale, text)
    text = _DAY_AFTER_A_MONTH.sub(_after_a_month, text)
    text = _AFTER_A_SIGN.sub(NBSP, text)
    return _AFTER_A_STOP.sub(_after_a_stop, text)


# Russian words of a letter or two that lean on the next one; Kyrgyz has none.
_LEANING = re.compile(
    r"(?<![\w-])(в|к|с|у|о|и|а|я|во|ко|со|на|по|за|до|от|из|об|не|ни|но) (?=[\w«„№])",
    re.IGNORECASE,
)


def bound_title(text: str) -> str:
    """`bound`, and no line ends after a short word that leans on the next: in the large letters of a
    headline, on few words a line, it is seen."""
    return _LEANING.sub(rf"\1{NBSP}", bound(text))


# A number and the word that a hyphen ties to it: 1-сентябрда, 2025-жылдын, 2015-2020-годов, XXI-кылым.
# Longer words may part somewhere (see `hyphenated`), and would not fit in a narrow column whole.
TIED = re.compile(
    rf"(?<![\w&;.,-])((?:\d[\d.,]*(?:[-–]\d[\d.,]*)*|[IVXLC]+)-[^\W\d_]{{1,14}})(?![\w{SOFT_HYPHEN}-])"
)


def whole_html(html: str) -> str:
    """Words of HTML without tags, with a number and the word that a hyphen ties to it in one that does not
    part. Around the words and not in them: a hyphen of another kind (U+2011) is not what people look for,
    quote and copy."""
    return TIED.sub(r'<span class="nowrap">\g<0></span>', html)


# A piece of HTML: a tag (with whatever its quoted attributes hold), a character reference, or words.
_PIECE = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>|&\#?\w{1,30};|[^<&]+|[<&]""")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_WITHIN_A_LINE = frozenset(
    {"a", "strong", "em", "sub", "sup", "span", "mark", "q", "time", "s", "abbr", "b", "i"}
)
_AS_IT_STANDS = frozenset({"script", "style", "code", "pre", "textarea", "kbd", "samp", "template"})


def bound_html(html: str) -> str:
    """`bound` over the words of HTML that is well formed. Marks within a line do not part the words:
    of <strong>250</strong> km the number is seen. Tags, attributes and code stay as they are."""
    pieces = _PIECE.findall(html)
    # The words of the whole text, one character for each of a reference and a line end for each block.
    words: list[str] = []
    verbatim = 0
    for piece in pieces:
        if piece[0] == "<" and (name := _NAME.match(piece)):
            tag = name[1].lower()
            if tag in _AS_IT_STANDS:
                verbatim += -1 if piece[1] == "/" else 1
            words.append("" if tag in _WITHIN_A_LINE else "\n")
        elif piece[0] == "&" and len(piece) > 1:
            words.append(NBSP if piece == "&nbsp;" else "&")
        else:
            words.append("\n" * len(piece) if verbatim > 0 else piece)
    text = bound("".join(words))
    written = []
    at = 0
    for piece, word in zip(pieces, words, strict=True):
        after = text[at : at + len(word)]
        at += len(word)
        written.append(whole_html(after) if word == piece else piece)
    return "".join(written)


# --- a long word may part here -----------------------------------------------------------------------

_VOWELS = "аоуыэеёөүиюя"
_CONSONANTS = "бвгджзйклмнңпрстфхцчшщ"
_LONG = re.compile(rf"[{_VOWELS}{_CONSONANTS}ьъ]{{15,}}", re.IGNORECASE)
# Kyrgyz syllables hold one vowel, long or short, and begin with one consonant at most; the signs ь and ъ
# stay with what is before them.
_SYLLABLE_END = re.compile(rf"(?<=[{_VOWELS}ьъ{_CONSONANTS}])(?=[{_CONSONANTS}][{_VOWELS}])", re.IGNORECASE)
_FEWEST = 4  # letters that stay on a line, and that go to the next


def hyphenated(text: str) -> str:
    """Kyrgyz words of 15 letters and more with soft hyphens between their syllables.

    For headlines only: no browser knows how Kyrgyz words part, and at 320 pixels the longest do not fit.
    """

    def parted(match: re.Match[str]) -> str:
        word = match[0]
        syllables = []
        begin = 0
        for end in (found.start() for found in _SYLLABLE_END.finditer(word)):
            if end >= _FEWEST and len(word) - end >= _FEWEST:
                syllables.append(word[begin:end])
                begin = end
        return SOFT_HYPHEN.join([*syllables, word[begin:]])

    return _LONG.sub(parted, text)


def headline(text: str, language: str) -> str:
    return hyphenated(bound(text)) if language == "ky" else bound_title(text)


# --- quotation marks ---------------------------------------------------------------------------------

# Of a quotation, and of one inside it.
_RUSSIAN = (("«", "»"), ("„", "“"))
MARKS = {"ky": _RUSSIAN, "ru": _RUSSIAN, "en": (("“", "”"), ("‘", "’"))}
_OPENS_AFTER = frozenset(" \t\n\u00a0([{—–-/«„“‘")
_DOUBLE = re.compile('["“”„‟«»]')


class Suggestion(NamedTuple):
    found: str
    better: str


def _pairs(text: str) -> list[tuple[int, int, int]]:
    """Where quotations begin, end and how deep they lie; none where any mark is left over."""
    opened: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    for match in _DOUBLE.finditer(text):
        at = match.start()
        sign = text[at]
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if sign == '"' and before.isdigit() and not opened:
            continue  # inches
        opens = sign in "«„" or (sign != "»" and before in _OPENS_AFTER and not after.isspace())
        if opens:
            opened.append(at)
        elif opened:
            pairs.append((opened.pop(), at, len(opened)))
        else:
            return []
    return [] if opened else sorted(pairs)


def with_marks(text: str, language: str) -> str:
    """One line with the quotation marks of its language, the inner ones inside; what cannot be told (marks
    that do not pair, inches) stays as it is. A proposal: nothing that is stored is changed by it."""
    letters = list(text)
    for begin, end, depth in _pairs(text):
        letters[begin], letters[end] = MARKS[language][depth % 2]
    return "".join(letters)


_SHOWN = 24  # letters of a long quotation at its beginning and its end


def _short(quoted: str) -> str:
    return (
        quoted if len(quoted) <= 2 * _SHOWN else f"{quoted[:_SHOWN].rstrip()} … {quoted[-_SHOWN:].lstrip()}"
    )


def suggestions(text: str, language: str) -> list[Suggestion]:
    """The quotations of a text, line by line, that do not have the marks of its language, and with them."""
    found: dict[Suggestion, None] = {}
    for line in text.splitlines():
        better = with_marks(line, language)
        for begin, end, _depth in _pairs(line):
            if (line[begin], line[end]) != (better[begin], better[end]):
                found[Suggestion(_short(line[begin : end + 1]), _short(better[begin : end + 1]))] = None
    return list(found)
