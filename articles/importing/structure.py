"""From the paragraphs of a file to a draft: lists typed by hand, quotations, title, levels of headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.bodies import body_text, clean_body
from pressoffice.publishing.plain_text import clean_line

from .draft import (
    BLANK,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    Block,
    Draft,
    Heading,
    ImportRefused,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Runs,
    plain,
)

# Signs that only ever stand before an item of a list, and those that may be anything.
_BULLET = re.compile(rf"[{BLANK}\u00a0]*[•·‣▪●○◦■□\u2043\uf0b7\uf0a7][{BLANK}\u00a0]*(?=\S)")
_DASH = re.compile(rf"[{BLANK}\u00a0]*(?P<sign>[-–—*])[{BLANK}\u00a0]+(?=\S)")
_NUMBER = re.compile(rf"[{BLANK}\u00a0]*(?P<number>\d{{1,3}})[.)][{BLANK}\u00a0]+(?=\S)")
_LINE_END = re.compile(rf"\n(?:[{BLANK}\u00a0]*\n)*")
_ONLY_A_LINE = re.compile(r"\s*(?:[-–—_=~*]\s*){3,}")
_ASKED_OR_CALLED = re.compile(r"[?!][»”\"’)]*$")
_SENTENCE_END = re.compile(r"[.!?…][»”\"’)]*$")

_LONGEST_HTML = 2_000_000  # characters: some five hundred pages
_TAIL = 20  # characters in which a sentence's end is looked for

_QUOTE_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_LONGEST_QUOTE = 8  # paragraphs
# What follows the closing mark: a comma or a dash, or a Kyrgyz verb without either.
_GOES_ON_TO_SAY = re.compile(r"[,—–-]|деп\b|деди\b|дейт\b")
_NAMED = re.compile(r"[,.]?\s*[—–-]\s*[^\W\d_]")
_SAYS = re.compile(
    r"\b(?:"
    # English
    r"sa(?:id|ys|ying)|told|tells|stat(?:ed|es)|not(?:ed|es)|emphasi[sz]e[ds]|stress(?:ed|es)|add(?:ed|s)|"
    r"under(?:lined|scored)|recall(?:ed|s)|explain(?:ed|s)|declared|remarked|conclude[ds]|announce[ds]|"
    r"reported|pointed out|according to|comment(?:ed|s)|repl(?:ied|ies)|answered|asked|wrote|writes|assured|"
    r"believes?|thank(?:ed|s)|continued|confirmed|highlighted|reminded|expressed|promised|"
    # Russian
    r"сказал|сказан|отмет|отмеч|подч[её]рк|заяв|добав|сообщ|напомн|поясн|объясн|рассказ|указал|указыва|"
    r"акцентир|продолж|заключ|ответ|выразил|подытож|по слов|говор|считает|констатир|заверил|резюмир|написал|"
    r"обрат|пообещ|призвал|убежд[её]н|уверен|процитир|цитиру|"
    # Kyrgyz
    r"деди|дейт|деп|билдир|белгиле|айт|баса|кошумча|эскер|түшүндүр|жыйынтык|сүйлө|маалымда|кайрыл|"
    r"жооп|тактады|жазды|ырастады|убада|ишенет|ишендир|көңүл бур"
    r")",
    re.IGNORECASE,
)
# «Мы обсудили торговлю, — сказал президент. — Работа идёт».
_SAYS_WITHIN = re.compile(rf"[,.!?…]\s*[—–-]\s*{_SAYS.pattern}", re.IGNORECASE)


def draft_of(
    blocks: Iterable[Block],
    *,
    title: str = "",
    summary: str = "",
    left_out: Iterable[str] = (),
    remarks: Iterable[str] = (),
) -> Draft:
    """`title`: where the file names it apart from its blocks; else the first block is the title.

    Raises ImportRefused where no title or no text is to be had.
    """
    blocks = list(_lists([block for block in blocks if _shows_something(block)]))
    html_length = sum(len(block.html()) for block in blocks)
    if html_length > _LONGEST_HTML:
        raise ImportRefused(_("The text is longer than a statement can be. Import it in parts."))
    title = clean_line(title)
    if not title:
        title, blocks = _title_of(blocks)
    if len(title) > LONGEST_TITLE:
        raise ImportRefused(
            _(
                "The title is too long: it has %(length)d characters, and at most %(longest)d are possible. "
                "Put a shorter title on a line of its own at the top of the file."
            )
            % {"length": len(title), "longest": LONGEST_TITLE}
        )
    summary = clean_line(summary)
    if len(summary) > LONGEST_SUMMARY:
        blocks.insert(0, Paragraph(plain(summary)))
        summary = ""
    kept = list(_headings_in_order(_quotes(blocks)))
    while kept and isinstance(kept[0], Rule):
        kept.pop(0)
    body = clean_body("".join(block.html() for block in kept))
    if not body_text(body).strip():
        raise ImportRefused(_("The file has a title but no text below it."))
    return Draft(title, summary, tuple(kept), body, tuple(left_out), tuple(remarks))


def _shows_something(block: Block) -> bool:
    return not isinstance(block, Paragraph | Heading) or block.runs.shows_something


def _title_of(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The first block's words, if a title can be such."""
    if not blocks:
        raise ImportRefused(_("There is no text in the file."))
    first = blocks[0]
    if not isinstance(first, Paragraph | Heading) or _BULLET.match(first.runs.text):
        raise ImportRefused(
            _(
                "The file has no title: it begins with a list, a quotation or a table. "
                "Put the title at the top."
            )
        )
    return clean_line(first.runs.text), blocks[1:]


# Lists


def begins_an_item(text: str) -> bool:
    """Whether the words may be an item of a list: they begin with a bullet, a dash or a number."""
    return any(sign.match(text) for sign in (_BULLET, _DASH, _NUMBER)) and not is_only_a_line(text)


def is_only_a_line(text: str) -> bool:
    return _ONLY_A_LINE.fullmatch(text) is not None


def _lists(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs that begin with a bullet, a dash or a number, as lists where they are meant as such."""
    blocks = [part for block in blocks for part in _lines_apart(block)]
    position = 0
    while position < len(blocks):
        block = blocks[position]
        for sign in (_BULLET, _DASH, _NUMBER):
            run = _run_of(sign, blocks, position)
            if run:
                before = blocks[position - 1] if position else None
                yield from [_list(sign, run)] if _is_a_list(sign, run, before) else run
                position += len(run)
                break
        else:
            yield Rule() if isinstance(block, Paragraph) and is_only_a_line(block.runs.text) else block
            position += 1


def _lines_apart(block: Block) -> Iterator[Block]:
    """A paragraph of several lines, cut where a line is empty or begins with a bullet."""
    if not isinstance(block, Paragraph) or "\n" not in block.runs.text:
        yield block
        return
    begin, text, places = 0, block.runs.text, []
    for found in _LINE_END.finditer(text):
        if found[0].count("\n") > 1 or _BULLET.match(text, found.end()) or _BULLET.match(text, begin):
            places.append((begin, found.start()))
            begin = found.end()
    places.append((begin, len(text)))
    for runs in block.runs.cut(places):
        if runs.shows_something:
            yield Paragraph(runs.trimmed())


def _run_of(sign: re.Pattern[str], blocks: list[Block], begin: int) -> list[Paragraph]:
    run: list[Paragraph] = []
    for position in range(begin, len(blocks)):
        block = blocks[position]
        found = isinstance(block, Paragraph) and sign.match(block.runs.text)
        if not found or not isinstance(block, Paragraph) or is_only_a_line(block.runs.text):
            break
        if sign is _NUMBER and run and int(found["number"]) != _number(run[-1]) + 1:
            break
        if sign is _DASH and run and found["sign"] != _DASH.match(run[0].runs.text)["sign"]:  # type: ignore[index]
            break
        run.append(block)
    return run


def _number(paragraph: Paragraph) -> int:
    return int(_NUMBER.match(paragraph.runs.text)["number"])  # type: ignore[index]


def _is_a_list(sign: re.Pattern[str], run: list[Paragraph], before: Block | None) -> bool:
    """A bullet always is one, numbers and dashes from two on; dashes may be speech ("— Когда? — Завтра.")."""
    if sign is _BULLET:
        return True
    if len(run) == 1:
        return False
    if sign is _NUMBER:
        return _number(run[0]) > 0
    if _DASH.match(run[0].runs.text)["sign"] in "-*":  # type: ignore[index]
        return True
    items = [_without_sign(sign, paragraph).text for paragraph in run]
    if any(_ASKED_OR_CALLED.search(item[-_TAIL:]) for item in items):
        return False
    announced = isinstance(before, Paragraph) and before.runs.text.rstrip().endswith(":")
    return announced or not all(
        _SENTENCE_END.search(item[-_TAIL:]) and not item[0].islower() for item in items
    )


def _without_sign(sign: re.Pattern[str], paragraph: Paragraph) -> Runs:
    found = sign.match(paragraph.runs.text)
    return paragraph.runs.part(found.end() if found else 0).trimmed()


def _list(sign: re.Pattern[str], run: list[Paragraph]) -> List:
    items = tuple(Item((_without_sign(sign, paragraph),)) for paragraph in run)
    return List(items, is_ordered=sign is _NUMBER, start=_number(run[0]) if sign is _NUMBER else 1)


# Quotations


def _quotes(blocks: Iterable[Block]) -> Iterator[Block]:
    waiting = list(blocks)
    position = 0
    while position < len(waiting):
        length = _length_of_quote(waiting, position)
        if length:
            paragraphs = waiting[position : position + length]
            yield Quote(tuple(block.runs for block in paragraphs if isinstance(block, Paragraph)))
            position += length
        else:
            yield waiting[position]
            position += 1


class _Said(NamedTuple):
    """The words of a quotation taken apart; no quotation marks in them."""

    first: str  # quoted, up to where the quotation is first closed
    after_first: str  # what follows there, to the end of the paragraph
    quoted: str  # all that is quoted
    others: str  # all that is not


def _length_of_quote(blocks: list[Block], begin: int) -> int:
    """How many paragraphs from here are one quotation with the words that say whose it is; 0 if none."""
    paragraphs: list[str] = []
    for block in blocks[begin : begin + _LONGEST_QUOTE]:
        if not isinstance(block, Paragraph):
            return 0
        paragraphs.append(block.runs.text.strip())
        # Straight marks do not tell where they open and close: within one paragraph only.
        if paragraphs[0][:1] not in _QUOTE_PAIRS or (paragraphs[0][0] == '"' and len(paragraphs) > 1):
            return 0
        said = _taken_apart(paragraphs)
        if said is not None:
            return len(paragraphs) if _is_a_quotation(said) else 0
    return 0


def _taken_apart(paragraphs: list[str]) -> _Said | None:
    """None while a quotation mark is still open."""
    opening = paragraphs[0][0]
    closing, depth, first_end = _QUOTE_PAIRS[opening], 0, None
    quoted: list[str] = []
    others: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        for position, character in enumerate(paragraph):
            if depth and character == closing:
                depth -= 1
                if depth == 0 and first_end is None:
                    first_end = (len(quoted), number, position + 1)
            elif character == opening:
                # An older custom: every paragraph of a long quotation opens it anew.
                depth += not (depth == 1 and number and position == 0)
            else:
                (quoted if depth else others).append(character)
        quoted.append(" ")
    if depth or first_end is None:
        return None
    length, number, position = first_end
    return _Said(
        "".join(quoted[:length]).strip(),
        paragraphs[number][position:].strip(),
        "".join(quoted),
        "".join(others),
    )


def _is_a_quotation(said: _Said) -> bool:
    """Not «Meikin Asia» at the beginning of a sentence, but words that somebody is said to have said."""
    ends = said.first[-1:] in {",", ".", "!", "?", "…"} or said.after_first[:1] in {",", "."}
    if not ends and not _GOES_ON_TO_SAY.match(said.after_first):
        return False
    length, rest = len(said.quoted.split()), len(said.others.split())
    if len(said.first.split()) < 3 or rest > 8 + length / 2:
        return False
    if not any(character.isalpha() for character in said.others):
        return length >= 8 or bool(_SAYS_WITHIN.search(said.quoted))
    return bool(_SAYS.search(said.others)) or (ends and rest <= 10 and bool(_NAMED.match(said.after_first)))


# Headings


def _headings_in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """The highest level used as h2, every other as h3."""
    kept = list(blocks)
    highest = min((block.level for block in kept if isinstance(block, Heading)), default=0)
    for block in kept:
        yield (
            replace(block, level=2 if block.level == highest else 3) if isinstance(block, Heading) else block
        )
