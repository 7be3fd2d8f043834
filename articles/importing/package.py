"""Opens Word documents (.docx): a zip archive of XML parts, read with the standard library only.

The file comes from anywhere: nothing is unpacked beyond what a statement can be, and no document type
declaration is accepted (entities that grow without end).
"""

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pressoffice.publishing.safe_xml import XmlDeclaresEntities, XmlRefused, XmlTooLarge, parse_xml

from .draft import ImportRefused

_LARGEST_PART = 16 * 1024 * 1024  # bytes of XML after unpacking: a thousand pages
_MOST_ELEMENTS = 400_000
_DEEPEST = 200
_MOST_MEMBERS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

# All that zipfile is known to raise for archives that are damaged, or packed in ways it does not know.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_PROTECTED = gettext_lazy(
    "The document is protected with a password. Save it without one and import it again."
)

# Transitional and strict documents use different namespaces for the same names.
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
}


class Package:
    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLE):
            raise ImportRefused(
                _PROTECTED
                if _ENCRYPTED_PACKAGE in content
                else _("This is a document of an old version of Word. Save it as .docx and import it again.")
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._names = {name.lower(): name for name in self._zip.namelist()}
        except _DAMAGED:
            raise _broken() from None
        if len(self._names) > _MOST_MEMBERS:
            raise _too_large()

    def part(self, name: str) -> Element | None:
        """The XML of a part, names as `{w}p`; None if the package has no such part."""
        stored = self._names.get(name.lstrip("/").lower())
        if stored is None:
            return None
        try:
            if self._zip.getinfo(stored).flag_bits & 0x1:
                raise ImportRefused(_PROTECTED)
            with self._zip.open(stored) as member:
                # The size that the archive declares may be a lie.
                content = member.read(_LARGEST_PART + 1)
        except _DAMAGED:
            raise _broken() from None
        if len(content) > _LARGEST_PART:
            raise _too_large()
        return _parsed(content)

    def main_part(self) -> str:
        relationships = self.part("_rels/.rels")
        for row in relationships if relationships is not None else ():
            if row.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(row.get("Target", "").lstrip("/"))
        return "word/document.xml"


def _broken() -> ImportRefused:
    return ImportRefused(
        _("This is not a Word document, or it is damaged. Open it in Word and save it again.")
    )


def _too_large() -> ImportRefused:
    return ImportRefused(_("The document unpacks to more than a statement can be. Import only the text."))


def _parsed(content: bytes) -> Element:
    try:
        return parse_xml(content, most_elements=_MOST_ELEMENTS, deepest=_DEEPEST, name_of=_short)
    except XmlTooLarge:
        raise _too_large() from None
    except XmlDeclaresEntities:
        raise ImportRefused(
            _("The document declares entities, which Word never writes. It was not read.")
        ) from None
    except XmlRefused:
        raise _broken() from None


def _short(name: str) -> str:
    namespace, blank, local = name.rpartition(" ")
    return f"{{{_NAMESPACES.get(namespace, '')}}}{local}" if blank else name
