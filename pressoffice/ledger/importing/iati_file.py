"""IATI activities, release 2.0x, as projects (https://iatistandard.org/en/iati-standard/203/).

An activity names no sentence that it rests on, so nothing in it becomes a fact: status, dates, budgets,
transactions and results are counted as left out.
"""

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext as _

from pressoffice.ledger.open_data.as_iati import (
    DAC_3_DIGIT,
    DAC_SECTORS,
    GOVERNMENT,
    LANG,
    OWN_SECTORS,
    ROLES,
)
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.safe_xml import XmlDeclaresEntities, XmlRefused, XmlTooLarge, parse_xml
from projects.models import Project

from .record import ImportRefused, PlaceRow, ProjectRow, Record, Texts, Where, Who

_MOST_ELEMENTS = 2_000_000
_DEEPEST = 20
_LONGEST_CODE: int = Project._meta.get_field("code").max_length  # type: ignore[assignment]
_LONGEST_SUMMARY: int = Project._meta.get_field("summary_en").max_length  # type: ignore[assignment]
_ROLE_OF = {code: role.value for role, code in ROLES.items()}
_SECTOR_OF = {code: sector.value for sector, code in DAC_SECTORS.items()}
_DAC_5_DIGIT = "1"
_NOT_FACTS = ("activity-status", "activity-date", "budget", "planned-disbursement", "transaction", "result")


def read_iati(content: bytes, record: Record) -> None:
    try:
        root = parse_xml(content, most_elements=_MOST_ELEMENTS, deepest=_DEEPEST)
    except XmlDeclaresEntities:
        raise ImportRefused(
            _("The file declares a document type or entities, which IATI never needs. It was not read.")
        ) from None
    except XmlTooLarge:
        raise ImportRefused(
            _("The file has more elements than can be read. Divide it into several.")
        ) from None
    except XmlRefused:
        raise ImportRefused(_("This is no XML, or it is damaged.")) from None
    if root.tag != "iati-activities":
        raise ImportRefused(
            _("This is XML, but no file of IATI activities: its first element is “%(name)s”.")
            % {"name": str(root.tag)[:60]}
        )
    version = root.get("version", "")
    if not version.startswith("2."):
        raise ImportRefused(
            _("The file is in IATI version %(version)s. Version 2.01 to 2.03 can be read.")
            % {"version": version[:10] or "—"}
        )
    left: Counter[str] = Counter()
    for number, activity in enumerate(root.iter("iati-activity"), 1):
        record.projects.append(_project(activity, number, record, left))
    if left:
        named = ", ".join(f"{name} ({count})" for name, count in left.items())
        record.left_out.append(
            _("IATI names no statement that these come from, so they are no facts here: %(elements)s.")
            % {"elements": named}
        )


def _project(activity: Element, number: int, record: Record, left: Counter[str]) -> ProjectRow:
    identifier = " ".join((activity.findtext("iati-identifier") or "").split())
    row = _("activity %(number)d (%(identifier)s)") % {"number": number, "identifier": identifier[:60] or "—"}
    where = Where(row, _element)
    language = activity.get(LANG, "")
    values: dict[str, Any] = {"code": _code(identifier), "sector": _sector(activity)}
    values |= _columns("name", _narratives(activity.find("title"), language))
    for texts in _descriptions(activity, language):
        is_short = all(len(text) <= _LONGEST_SUMMARY for text in texts.values())
        is_first = not any(name.startswith("summary_") for name in values)
        values |= _columns("summary" if is_short and is_first else "description", texts)
    found = ProjectRow(where, values)
    for element in activity.iter("participating-org"):
        who = _who(element, language)
        if who is None:
            record.left_out.append(_("%(place)s: who takes part without a name.") % {"place": row})
            continue
        found.taking_part.append((where, _ROLE_OF.get(element.get("role", ""), ""), who))
    for location in activity.iter("location"):
        place = _place(location, language, where)
        if place is not None:
            found.places.append(place)
    left.update(name for name in _NOT_FACTS for _each in activity.iter(name))
    return found


def _element(row: str, column: str) -> str:
    stem, _sign, language = column.rpartition("_")
    if language in CODES and stem:
        return f"{row}, {'title' if stem == 'name' else 'description'}[{language}]"
    called = {"code": "iati-identifier", "role": "participating-org/@role", "geometry": "location/point/pos"}
    return f"{row}, {called.get(column, column)}"


def _code(identifier: str) -> str:
    """The code in our own identifiers; of others, what of them may stand in an address."""
    own = settings.PRESSOFFICE_IATI_ORGANISATION
    if own and identifier.startswith(f"{own}-"):
        identifier = identifier.removeprefix(f"{own}-")
    return re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-")[-_LONGEST_CODE:].strip("-")


def _sector(activity: Element) -> str:
    elements = list(activity.iter("sector"))
    for element in elements:
        code = element.get("code", "")
        if element.get("vocabulary") == OWN_SECTORS and code in Project.Sector.values:
            return code
    for element in elements:
        # Without a vocabulary the code is one of OECD's five digits; the first three are the sector.
        if element.get("vocabulary", _DAC_5_DIGIT) in {_DAC_5_DIGIT, DAC_3_DIGIT}:
            sector = _SECTOR_OF.get(element.get("code", "")[:3])
            if sector:
                return sector
    return ""


def _narratives(parent: Element | None, language: str) -> Texts:
    """Those in a language of the site; where several are in one, the first."""
    found: Texts = {}
    for narrative in [] if parent is None else parent.findall("narrative"):
        code = (narrative.get(LANG) or language).lower()[:2]
        text = (narrative.text or "").strip()
        if code in CODES and text:
            found.setdefault(code, text)
    return found


def _columns(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in texts.items()}


def _descriptions(activity: Element, language: str) -> list[Texts]:
    found = [_narratives(each, language) for each in activity.findall("description")]
    return [texts for texts in found if texts]


def _who(element: Element, language: str) -> Who | None:
    names = _narratives(element, language)
    ref = element.get("ref", "")
    if element.get("type") == GOVERNMENT and len(ref) == 2 and ref.isupper():
        return Who(country=ref)
    if not names:
        return None
    # A state by its name is told from an organisation by the directory.
    return Who(name=names, may_be_state=element.get("type") == GOVERNMENT, may_be_left_out=True)


def _place(location: Element, language: str, where: Where) -> PlaceRow | None:
    """`pos` has the latitude first, GeoJSON the longitude."""
    position = location.findtext("point/pos")
    if position is None:
        return None
    parts = position.split()
    values: dict[str, Any] = _columns("name", _narratives(location.find("name"), language))
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return PlaceRow(where, {**values, "geometry": position})
    return PlaceRow(where, {**values, "geometry": [longitude, latitude]})
