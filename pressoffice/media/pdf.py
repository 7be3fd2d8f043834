"""What a PDF may not carry. It is searched, never interpreted: what a viewer could find, is found here too.

A viewer reads names (/JavaScript) in the file itself and in compressed object streams, and lets their letters
be written as #4a. So the whole file and everything in it that inflates is searched for them.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Bytes read and made. A file of 20 MB that is what it seems needs a few times its size.
MAX_WORK = 400 * 1024 * 1024
MAX_STREAMS = 100_000
MAX_OBJECT_STREAMS = 5_000
# Viewers look for the end of a PDF within its last kilobyte.
TAIL = 1024
_FIRST_PIECE = 4096
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_END_OF_NAME = rb"(?=[\x00\t\n\x0c\r /<>\[\](){}%]|$)"
_ENCRYPTED = re.compile(rb"/Encrypt" + _END_OF_NAME)
_PROGRAMS = re.compile(rb"/(?:JavaScript|XFA|RichMedia)" + _END_OF_NAME)
_LAUNCH = re.compile(rb"/(?:Launch|ImportData|SubmitForm)" + _END_OF_NAME)
# An address that is asked as soon as the file is opened, or a page is turned.
_BY_ITSELF = re.compile(rb"/(?:OpenAction|AA)\s*<<(?:[^>]|>(?!>)){0,400}/URI" + _END_OF_NAME)
_EMBEDDED = re.compile(rb"/(?:EmbeddedFiles?|Collection)" + _END_OF_NAME)
_STREAM = re.compile(rb"(?<!end)stream(?=[\r\n ])")
_OBJECT_STREAM = re.compile(rb"/ObjStm" + _END_OF_NAME)
_FILTER = re.compile(rb"/Filter\s*(\[\s*)?/FlateDecode\s*(?(1)\])(?=\s|/|>)")
_LONGEST_HEAD = 64 * 1024


def refuse_bad(content: bytes) -> None:
    if b"%%EOF" not in content[-TAIL:]:
        raise ValidationError(
            _(
                "This PDF is incomplete or has something else behind its end. "
                "Export it again and upload that."
            ),
            code="damaged",
        )
    if zipfile.is_zipfile(BytesIO(content)):
        raise ValidationError(
            _("This file is a PDF and an archive at once. Export the PDF again and upload that."),
            code="polyglot",
        )
    spelt_out = _spelt_out(content)
    if _ENCRYPTED.search(spelt_out):
        raise ValidationError(
            _(
                "This PDF is protected by a password or by restrictions, so nobody can check what is in it. "
                "Export it without protection."
            ),
            code="encrypted",
        )
    _refuse_names(spelt_out)
    _refuse_hidden_objects(spelt_out)
    for inflated in _inflated(content):
        _refuse_names(_spelt_out(inflated))


def _spelt_out(content: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _refuse_names(content: bytes) -> None:
    if _PROGRAMS.search(content):
        raise ValidationError(
            _("This PDF contains JavaScript or a form with programs. Print it to a new PDF and upload that."),
            code="javascript",
        )
    if _LAUNCH.search(content) or _BY_ITSELF.search(content):
        raise ValidationError(
            _("This PDF starts programs or opens other files. Print it to a new PDF and upload that."),
            code="launch",
        )
    if _EMBEDDED.search(content):
        raise ValidationError(
            _("This PDF has other files in it. Upload those by themselves, and the PDF without them."),
            code="embedded",
        )


def _refuse_hidden_objects(content: bytes) -> None:
    """Objects in a stream are searched as it inflates: nothing else may have been done to it."""
    for number, found in enumerate(_OBJECT_STREAM.finditer(content)):
        begin = content.rfind(b"obj", max(0, found.start() - _LONGEST_HEAD), found.start())
        end = content.find(b"stream", found.end(), found.end() + _LONGEST_HEAD)
        head = content[begin:end]
        is_plain = b"/Filter" not in head or (_FILTER.search(head) and b"/Predictor" not in head)
        if number > MAX_OBJECT_STREAMS or begin < 0 or end < 0 or not is_plain:
            raise _unusual()


def _inflated(content: bytes) -> Iterator[bytes]:
    """Whatever inflates, of any kind, also what breaks off."""
    left = MAX_WORK
    for number, found in enumerate(_STREAM.finditer(content)):
        start = found.end()
        while content[start : start + 1] in {b"\r", b"\n", b" ", b"\t"}:
            start += 1
        inflated, fed = _inflate(memoryview(content)[start:], left)
        left -= len(inflated) + fed
        if left <= 0 or number > MAX_STREAMS:
            raise _unusual()
        if inflated:
            yield inflated


def _inflate(content: memoryview, limit: int) -> tuple[bytes, int]:
    """At most `limit` bytes, and how many it took to make them.

    In pieces that grow: streams that overlap, each broken a little later, would otherwise take hours.
    """
    machine = zlib.decompressobj()
    pieces: list[bytes] = []
    size = position = 0
    try:
        while not machine.eof and position < len(content) and size < limit:
            piece = content[position : position + max(position, _FIRST_PIECE)]
            position += len(piece)
            pieces.append(machine.decompress(piece, limit - size))
            size += len(pieces[-1])
    except zlib.error:
        pass
    return b"".join(pieces), position


def _unusual() -> ValidationError:
    return ValidationError(
        _("This PDF is built in an unusual way. Print it to a new PDF and upload that."), code="unusual"
    )
