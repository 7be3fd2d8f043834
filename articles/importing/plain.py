"""Reads plain text: which encoding it is in, and where its paragraphs end."""

import codecs
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pressoffice.publishing.plain_text import clean_text

from .draft import BLANK, Draft, ImportRefused, Paragraph, plain
from .structure import begins_an_item, draft_of, is_only_a_line

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Signs that Windows-1251 and Windows-1252 have in the same places: an English text with them is safe.
_SHARED_SIGNS = frozenset("‚„…†‡‰‹‘’“”•–—™› ¤¦§©«¬\u00ad®°±µ¶·»\u00a0№")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_CAPITAL_AFTER_SMALL = re.compile(r"[а-я][А-Я]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_WIDEST_WRAPPED_LINE = 130  # a longer line was not broken by hand or by a mail programme


def read_plain(content: bytes) -> Draft:
    text, remarks = decoded(content)
    return draft_of((Paragraph(plain(words)) for words in _paragraphs(text)), remarks=remarks)


def decoded(content: bytes, declared: str = "") -> tuple[str, list[str]]:
    """The text, and remarks on how it was read. Nothing is guessed that could be wrong unnoticed.

    Raises ImportRefused for what is no text and for encodings that cannot be told.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_decoded_as(encoding, content)), []
    if declared:
        return _checked(_decoded_as(declared, content)), []
    if b"\x00" in content:
        raise ImportRefused(_("This is not a text file. Save the text as plain text in UTF-8."))
    try:
        return _checked(content.decode("utf-8")), []
    except UnicodeDecodeError:
        text = _as_windows_1251(content)
        return _checked(text), [_("The file was read as Windows-1251, an older Cyrillic encoding.")]


def _decoded_as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise ImportRefused(
            _("The file says that its encoding is %(encoding)s, but it is not. Save the text in UTF-8.")
            % {"encoding": encoding.removesuffix("-sig").upper()}
        ) from None


def _as_windows_1251(content: bytes) -> str:
    """Only where it reads like Russian: KOI8-R gives tURNED capitals, Latin encodings give mixed words."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        text = ""
    beyond_ascii = [character for character in text if character > "\x7f"]
    letters = sum(bool(_CYRILLIC.match(character)) for character in beyond_ascii)
    signs = sum(character in _SHARED_SIGNS for character in beyond_ascii)
    plausible = (
        letters + signs == len(beyond_ascii)
        and len(_MIXED_WORD.findall(text)) <= letters / 100
        and len(_CAPITAL_AFTER_SMALL.findall(text)) <= letters / 50
        and (not letters or sum(character.islower() for character in beyond_ascii) >= 0.5 * letters)
    )
    if not text or not plausible:
        raise ImportRefused(
            _("The encoding of the file cannot be told, so letters could be wrong. Save the text in UTF-8.")
        )
    return text


def _checked(text: str) -> str:
    strange = sum(character < " " and character not in "\t\n\r\f\x0b" for character in text)
    if "\x00" in text or strange > 3 + len(text) / 100:
        raise ImportRefused(_("This is not a text file. Save the text as plain text in UTF-8."))
    return clean_text(
        re.sub("\r\n?|[\x85\u2028]", "\n", text).replace("\u2029", "\n\n").replace("\f", "\n\n")
    )


def _paragraphs(text: str) -> Iterator[str]:
    """Separated by empty lines, or a line each where there are none; lines broken to a width are joined."""
    lines = [line.rstrip(BLANK) for line in text.split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    has_empty_lines = any(not line.strip() for line in lines)
    width = max(map(len, lines), default=0)
    paragraph: list[str] = []
    is_title = True
    for line in lines:
        if paragraph and (
            not has_empty_lines
            or not line.strip()
            or not _continues(paragraph, line, width, is_title=is_title)
        ):
            yield _joined(paragraph)
            paragraph, is_title = [], False
        if line.strip():
            paragraph.append(line)
    if paragraph:
        yield _joined(paragraph)


def _continues(paragraph: list[str], line: str, width: int, *, is_title: bool) -> bool:
    """Whether the line goes on with the sentence before it, and the line end is only one of layout."""
    if (
        width > _WIDEST_WRAPPED_LINE
        or begins_an_item(line)
        or is_only_a_line(line)
        or is_only_a_line(paragraph[-1])
    ):
        return False
    first_word = line.split()[0]
    if begins_an_item(paragraph[0]) and _indent(line) > _indent(paragraph[0]):
        return True
    had_no_room = len(paragraph[-1]) + 1 + len(first_word) > width
    # A title has no full stop at its end, and the text may follow without an empty line.
    ended = is_title or paragraph[-1].rstrip(' »”"’)')[-1:] in ".!?;:…"
    return had_no_room or not ended or first_word[:1].islower()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(BLANK))


def _joined(lines: list[str]) -> str:
    words = lines[0].strip(BLANK)
    for line in lines[1:]:
        line = line.strip(BLANK)
        if words.endswith("\u00ad"):
            words = words[:-1] + line
        elif re.search(r"[^\W\d_]-$", words) and re.match(r"[^\W_]", line):
            words += line  # Kyrgyz-|Kazakh
        else:
            words += f" {line}"
    return words
