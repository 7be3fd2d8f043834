"""What a Word document (.docx) may not carry. Its parts are told by their content, never by their names."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pressoffice.publishing.safe_xml import XmlRefused, parse_xml

MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_LISTS = 1024 * 1024
WORD_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
ACTIVE_PARTS = ("vbaproject", "vbadata", "activex", "oleobject")
ACTIVE_TYPES = ("macroenabled", "vbaproject", "vbadata", "activex", "oleobject")
ACTIVE_RELATIONS = ("vbaproject", "wordvbadata", "oleobject", "control", "activexcontrolbinary", "afchunk")
# What Office stores programs and embedded objects in, whatever the part is called.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ARCHIVE = b"PK\x03\x04"
# A PDF program takes a file for a PDF if it finds this in its first kilobyte.
PDF_HEAD = 1024


def refuse_bad(content: bytes) -> None:
    if b"%PDF-" in content[:PDF_HEAD]:
        raise ValidationError(
            _("This file is a Word document and a PDF at once. Save it as PDF and upload that."),
            code="polyglot",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bad_parts(archive)
            types = dict(_types(archive))
            if types.get("/word/document.xml") != WORD_DOCUMENT:
                raise _not_word()
            archive.getinfo("word/document.xml")
    except ValidationError:
        raise
    except Exception as error:  # zipfile raises from struct.error to NotImplementedError on broken archives
        raise _not_word() from error


def _refuse_bad_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ValidationError(
            _("This Word document unpacks to far more than its size. Save it as PDF and upload that."),
            code="bomb",
        )
    for part in parts:
        name = part.filename.lower()
        if any(word in name for word in ACTIVE_PARTS):
            raise _active()
        with archive.open(part) as opened:
            start = opened.read(len(COMPOUND_FILE))
        if start == COMPOUND_FILE:
            raise _active()
        if start.startswith(ARCHIVE):
            # A chart keeps its table so.
            _refuse_active_archive(archive.read(part))
        if name.endswith(".rels"):
            _refuse_bad_relations(_xml(archive, part))
    for _name, kind in _types(archive):
        if any(word in kind.lower() for word in ACTIVE_TYPES):
            raise _active()


def _refuse_active_archive(content: bytes) -> None:
    """One archive inside another: no programs and no third one."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _active()
        for part in parts:
            with archive.open(part) as opened:
                if opened.read(len(COMPOUND_FILE)).startswith((COMPOUND_FILE, ARCHIVE)):
                    raise _active()


def _types(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Part or ending, and what it is said to be: of every list that goes by the name of the list."""
    for part in archive.infolist():
        if part.filename.lower() == CONTENT_TYPES.lower():
            for each in _xml(archive, part):
                name = each.get("PartName") or each.get("Extension") or ""
                yield name, each.get("ContentType", "")


def _refuse_bad_relations(root: Element) -> None:
    for each in root:
        kind = each.get("Type", "").rpartition("/")[2].lower()
        if kind in ACTIVE_RELATIONS:
            raise _active()
        if each.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise ValidationError(
                _(
                    "This Word document loads something from elsewhere when it is opened: %(target)s. "
                    "Save it as PDF and upload that."
                ),
                code="external",
                params={"target": each.get("Target", "")[:100]},
            )


def _xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Element:
    with archive.open(part) as opened:
        content = opened.read(MAX_LISTS + 1)
    if len(content) > MAX_LISTS:
        raise _not_word()
    try:
        return parse_xml(content, most_elements=20_000, deepest=10)
    except XmlRefused as error:
        raise _not_word() from error


def _active() -> ValidationError:
    return ValidationError(
        _("This Word document contains macros or other programs. Save it as PDF and upload that."),
        code="macros",
    )


def _not_word() -> ValidationError:
    return ValidationError(
        _(
            "This file is not a Word document (.docx), or it is damaged. "
            "Save the document as PDF and upload that."
        ),
        code="not_a_document",
    )
