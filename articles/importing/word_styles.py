"""What a Word document says about its paragraphs by style and by list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_OFF = {"0", "false", "off", "none"}
_HEADING_NAME = re.compile(r"(?:heading|заголовок|аталышы?)\s*([1-9])$")


@dataclass(frozen=True)
class _Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None  # 1 for the highest level of headings
    list_id: str | None = None
    list_level: int | None = None
    strong: bool | None = None
    em: bool | None = None


@dataclass
class Styles:
    by_id: dict[str, _Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, part: Element | None) -> "Styles":
        styles = cls()
        for row in part.iter("{w}style") if part is not None else ():
            key = row.get("{w}styleId", "")
            properties, run = row.find("{w}pPr"), row.find("{w}rPr")
            list_id, list_level = list_of(properties)
            styles.by_id[key] = _Style(
                name=value(row.find("{w}name")).strip().lower(),
                based_on=value(row.find("{w}basedOn")),
                outline=outline(properties),
                list_id=list_id,
                list_level=list_level,
                strong=switch(run, "{w}b"),
                em=switch(run, "{w}i"),
            )
            if row.get("{w}type") == "paragraph" and row.get("{w}default", "0") not in _OFF:
                styles.default = key
        return styles

    def chain(self, key: str) -> Iterator[_Style]:
        """The style and those it is based on."""
        seen = set()
        while key in self.by_id and key not in seen:
            seen.add(key)
            yield self.by_id[key]
            key = self.by_id[key].based_on

    def heading_level(self, key: str) -> int:
        """1 to 9, 0 for text."""
        for style in self.chain(key):
            found = _HEADING_NAME.match(style.name)
            if found:
                return int(found[1])
            if style.outline is not None:
                return style.outline
        found = _HEADING_NAME.match(key.lower())
        return int(found[1]) if found and key not in self.by_id else 0

    def is_one_of(self, key: str, names: set[str]) -> bool:
        return any(style.name in names for style in self.chain(key)) or (
            key not in self.by_id and key.lower() in names
        )

    def first(self, key: str, name: str) -> object:
        for style in self.chain(key):
            found = getattr(style, name)
            if found is not None:
                return found
        return None


@dataclass
class Lists:
    levels: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)  # id: level: (format, start)

    @classmethod
    def read(cls, part: Element | None) -> "Lists":
        lists = cls()
        if part is None:
            return lists
        abstract = {
            row.get("{w}abstractNumId", ""): {
                integer(level.get("{w}ilvl")): (
                    value(level.find("{w}numFmt")) or "decimal",
                    integer(value(level.find("{w}start")), otherwise=1),
                )
                for level in row.iter("{w}lvl")
            }
            for row in part.iter("{w}abstractNum")
        }
        for row in part.iter("{w}num"):
            levels = dict(abstract.get(value(row.find("{w}abstractNumId")), {}))
            for changed in row.iter("{w}lvlOverride"):
                level = integer(changed.get("{w}ilvl"))
                start = value(changed.find("{w}startOverride"))
                if start and level in levels:
                    levels[level] = (levels[level][0], integer(start, otherwise=1))
            lists.levels[row.get("{w}numId", "")] = levels
        return lists

    def is_ordered(self, list_id: str, level: int) -> bool:
        return self.levels.get(list_id, {}).get(level, ("bullet", 1))[0] not in {"bullet", "none"}

    def start(self, list_id: str, level: int) -> int:
        return self.levels.get(list_id, {}).get(level, ("bullet", 1))[1]


def value(element: Element | None) -> str:
    return element.get("{w}val", "") if element is not None else ""


def integer(text: str | None, *, otherwise: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else otherwise


def outline(properties: Element | None) -> int | None:
    text = value(properties.find("{w}outlineLvl")) if properties is not None else ""
    return integer(text) + 1 if text in {"0", "1", "2", "3", "4", "5", "6", "7", "8"} else None


def list_of(properties: Element | None) -> tuple[str | None, int | None]:
    row = properties.find("{w}numPr") if properties is not None else None
    if row is None:
        return None, None
    level = row.find("{w}ilvl")
    number = row.find("{w}numId")
    return (
        value(number) if number is not None else None,
        min(integer(value(level)), 8) if level is not None else None,
    )


def switch(properties: Element | None, name: str) -> bool | None:
    row = properties.find(name) if properties is not None else None
    return None if row is None else row.get("{w}val", "1") not in _OFF
