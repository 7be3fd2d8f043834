"""IATI activities, release 2.03 (https://iatistandard.org/en/iati-standard/203/activity-standard/).

Only what statements say. What they never say is left out: budgets (IATI asks for their period), results
(for the period of each figure), percentages. A record that cannot be valid is not written;
`missing_for_iati` says why.
"""

from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from pressoffice.ledger.dates import in_words
from pressoffice.ledger.models import MilestoneDate, StatusChange
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.pages import in_every_language
from pressoffice.publishing.plain_text import clean_text
from pressoffice.stated.precision import Precision
from projects.models import Participation, Place, Project

from .as_json import in_languages
from .gather import PublicProject, texts_that_hold
from .settings_missing import missing_settings
from .start_and_end import start_and_end

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
WGS_84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
STATUSES = {
    StatusChange.Status.PIPELINE: "1",
    StatusChange.Status.IMPLEMENTATION: "2",
    StatusChange.Status.FINALISATION: "3",
    StatusChange.Status.CLOSED: "4",
    StatusChange.Status.CANCELLED: "5",
    StatusChange.Status.SUSPENDED: "6",
}
ROLES = {
    Participation.Role.FUNDING: "1",
    Participation.Role.ACCOUNTABLE: "2",
    Participation.Role.EXTENDING: "3",
    Participation.Role.IMPLEMENTING: "4",
}
GOVERNMENT = "10"
# OECD DAC's three-digit sectors, where one means what ours means; the rest have our own code only.
DAC_SECTORS = {
    Project.Sector.TRANSPORT: "210",
    Project.Sector.ENERGY: "231",
    Project.Sector.WATER: "140",
    Project.Sector.EDUCATION: "111",
    Project.Sector.HEALTH: "121",
    Project.Sector.DIGITAL: "220",
    Project.Sector.TOURISM: "332",
}
DAC_3_DIGIT, OWN_SECTORS, DAC_REGIONS = "2", "99", "1"
CENTRAL_ASIA = {"KG", "KZ", "TJ", "TM", "UZ"}
ASIA = CENTRAL_ASIA | {"AF", "BD", "BT", "CN", "IN", "LK", "MM", "MN", "MV", "NP", "PK"}
ACTIVITY_WEB_PAGE = "A12"


def as_iati(projects: Iterable[PublicProject]) -> bytes | None:
    """The file of those that can be valid; None where there is none, for IATI knows no empty file."""
    activities = [_activity(each) for each in projects if not missing_for_iati(each)]
    if not activities:
        return None
    root = ET.Element("iati-activities", {"version": "2.03"})
    root.extend(activities)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def missing_for_iati(gathered: PublicProject) -> list[str]:
    """What keeps the record from being a valid activity, as sentences for the editor; empty: nothing."""
    project = gathered.project
    sentences = missing_settings("PRESSOFFICE_IATI_ORGANISATION", "PRESSOFFICE_PUBLISHER_NAME")
    if not project.is_live():
        return [*sentences, _("The project is not public.")]
    if not in_languages(project, "summary"):
        sentences.append(_("The summary is missing."))
    if not project.participations.all():
        sentences.append(_("Nobody takes part yet: name a country or an organisation, and its role."))
    if gathered.current_status is None:
        sentences.append(_("No statement that holds says where the project stands."))
    return [*sentences, *_missing_dates(gathered), *_missing_recipients(gathered)]


def _missing_dates(gathered: PublicProject) -> list[str]:
    start, end = start_and_end(gathered)
    if start.is_ambiguous:
        return [
            _("Several milestones read as the start of the project. Give all but one another English name.")
        ]
    if start.planned is None and start.actual is None:
        if start.actual_without_day is not None:
            return [
                _("Statements say that the project has started, but not on which day. IATI asks for the day.")
            ]
        return [
            _(
                "No milestone says when the project starts. One counts as the start if its English name says "
                "just that, such as “Construction begun”, and a statement that holds gives it a date."
            )
        ]
    sentences = []
    if end.is_ambiguous:
        sentences.append(
            _("Several milestones read as the end of the project. Give all but one another English name.")
        )
    if start.planned and end.planned and start.planned.on > end.planned.on:
        sentences.append(_("The planned end lies before the planned start: look at the dates."))
    if start.actual and end.actual and start.actual.on > end.actual.on:
        sentences.append(_("The project ended before it started: look at the dates."))
    return sentences


def _missing_recipients(gathered: PublicProject) -> list[str]:
    countries = _countries(gathered)
    if not countries:
        return [
            _("No country takes part other than by funding: IATI asks which countries the project is for.")
        ]
    if len(countries) > 1 and _region(countries) is None:
        names = ", ".join(countries)
        return [
            _(
                "No statement says how the project is shared among its countries (%(countries)s): IATI asks "
                "for percentages, or for countries that form one of its regions."
            )
            % {"countries": names}
        ]
    return []


def _countries(gathered: PublicProject) -> dict[str, Any]:
    """Whom the project is for: the countries that take part other than by funding it."""
    rows = gathered.project.participations.all()
    found = {row.country.code: row.country for row in rows if row.country and row.role != row.Role.FUNDING}
    return dict(sorted(found.items()))


def _region(countries: Iterable[str]) -> str | None:
    """OECD DAC's region of several countries, which needs no percentages."""
    codes = set(countries)
    if codes <= CENTRAL_ASIA:
        return "619"
    return "798" if codes <= ASIA else None


def _activity(gathered: PublicProject) -> ET.Element:
    """In the order of the schema, which is binding."""
    project = gathered.project
    activity = ET.Element("iati-activity", {LANG: settings.LANGUAGE_CODE})
    identifier = f"{settings.PRESSOFFICE_IATI_ORGANISATION}-{project.code}"
    ET.SubElement(activity, "iati-identifier").text = identifier
    reporting = {
        "ref": settings.PRESSOFFICE_IATI_ORGANISATION,
        "type": settings.PRESSOFFICE_IATI_ORGANISATION_TYPE,
    }
    publisher = ET.SubElement(activity, "reporting-org", reporting)
    ET.SubElement(publisher, "narrative").text = clean_text(settings.PRESSOFFICE_PUBLISHER_NAME)
    _narratives(ET.SubElement(activity, "title"), in_languages(project, "name"))
    for column in ("summary", "description"):
        if texts := in_languages(project, column):
            _narratives(ET.SubElement(activity, "description", {"type": "1"}), texts)
    for row in project.participations.all():
        _participating(activity, row)
    status: Any = gathered.current_status
    ET.SubElement(activity, "activity-status", {"code": STATUSES[status.status]})
    start, end = start_and_end(gathered)
    dates = {"1": start.planned, "2": start.actual, "3": end.planned, "4": end.actual}
    for kind, fact in dates.items():
        if fact is not None:
            _date(activity, kind, fact)
    _recipients(activity, gathered)
    for place in project.places.all():
        if place.kind == Place.Kind.POINT:  # the standard has no lines
            _location(activity, place)
    _sectors(activity, project)
    _documents(activity, gathered)
    return activity


def _narratives(parent: ET.Element, texts: dict[str, str]) -> None:
    for language, text in texts.items():
        ET.SubElement(parent, "narrative", {LANG: language}).text = clean_text(text)


def _participating(activity: ET.Element, row: Participation) -> None:
    # A country takes part as a state; of what type an organisation is, the directory does not say.
    attributes = {"type": GOVERNMENT} if row.country else {}
    role = ROLES[Participation.Role(row.role)]
    element = ET.SubElement(activity, "participating-org", {**attributes, "role": role})
    taking_part: Any = row.country or row.organisation
    _narratives(element, in_languages(taking_part, "name"))


def _date(activity: ET.Element, kind: str, fact: MilestoneDate) -> None:
    element = ET.SubElement(activity, "activity-date", {"type": kind, "iso-date": fact.on.isoformat()})
    if fact.precision == Precision.DAY:
        return
    # The day is the last one of what was planned, so the text says what was planned.
    for language in CODES:
        with override(language):
            _narratives(element, {language: in_words(fact.on, fact.precision)})


def _recipients(activity: ET.Element, gathered: PublicProject) -> None:
    countries = _countries(gathered)
    if len(countries) == 1:
        for code, country in countries.items():
            element = ET.SubElement(activity, "recipient-country", {"code": code})
            _narratives(element, in_languages(country, "name"))
    else:
        region: Any = _region(countries)
        ET.SubElement(activity, "recipient-region", {"code": region, "vocabulary": DAC_REGIONS})


def _location(activity: ET.Element, place: Place) -> None:
    location = ET.SubElement(activity, "location")
    if names := in_languages(place, "name"):
        _narratives(ET.SubElement(location, "name"), names)
    longitude, latitude = place.geometry
    point = ET.SubElement(location, "point", {"srsName": WGS_84})
    ET.SubElement(point, "pos").text = f"{latitude} {longitude}"


def _sectors(activity: ET.Element, project: Project) -> None:
    sector = Project.Sector(project.sector)
    if code := DAC_SECTORS.get(sector):
        ET.SubElement(activity, "sector", {"vocabulary": DAC_3_DIGIT, "code": code})
    with override("en"):
        list_of_ours = absolute(reverse("projects:project-list"))
    attributes = {"vocabulary": OWN_SECTORS, "vocabulary-uri": list_of_ours, "code": sector.value}
    element = ET.SubElement(activity, "sector", attributes)
    for language in CODES:
        with override(language):
            _narratives(element, {language: str(sector.label)})


def _documents(activity: ET.Element, gathered: PublicProject) -> None:
    """The project's own page, and the statements that its facts come from."""
    project = gathered.project
    names = in_languages(project, "name")
    for language, path in in_every_language(project.get_absolute_url).items():
        title = {language: names[language]} if language in names else names
        _document(activity, absolute(path), title, language)
    for text in texts_that_hold(gathered):
        published = timezone.localdate(text.public_since).isoformat() if text.public_since else ""
        address = absolute(text.get_absolute_url())
        _document(activity, address, {text.language: text.title}, text.language, published)


def _document(
    activity: ET.Element, url: str, title: dict[str, str], language: str, published: str = ""
) -> None:
    link = ET.SubElement(activity, "document-link", {"url": url, "format": "text/html"})
    _narratives(ET.SubElement(link, "title"), title)
    ET.SubElement(link, "category", {"code": ACTIVITY_WEB_PAGE})
    ET.SubElement(link, "language", {"code": language})
    if published:
        ET.SubElement(link, "document-date", {"iso-date": published})
