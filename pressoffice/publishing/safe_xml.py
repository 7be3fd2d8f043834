"""XML of strangers, read in bounded space: no document type, no entities, no bottomless nesting."""

from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat


class XmlRefused(Exception):
    """Not well formed."""


class XmlDeclaresEntities(XmlRefused):
    pass


class XmlTooLarge(XmlRefused):
    pass


def _as_it_is(name: str) -> str:
    namespace, blank, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if blank else name


def parse_xml(
    content: bytes, *, most_elements: int, deepest: int, name_of: Callable[[str], str] = _as_it_is
) -> Element:
    """The root. `name_of` turns "namespace local" into the name that an element or attribute is to have.

    Raises XmlRefused, XmlDeclaresEntities or XmlTooLarge; nothing outside of `content` is ever read.
    """
    builder = TreeBuilder()
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > deepest or count > most_elements:
            raise XmlTooLarge
        builder.start(name_of(name), {name_of(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name_of(name))

    def refuse(*_arguments: object) -> None:
        raise XmlDeclaresEntities

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 — expat's signature
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError, UnicodeError):
        raise XmlRefused from None
