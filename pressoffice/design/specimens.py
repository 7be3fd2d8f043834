"""Every component with the content it is shown with, in groups. A test keeps the list whole."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.bodies import ShownProject, render_body
from articles.models import Statement
from articles.reading import SpokenOf
from pressoffice.alerts.forms import AddressForm
from pressoffice.alerts.models import Frequency
from pressoffice.ledger import charts
from pressoffice.ledger.at_a_glance import DuePromise, Glance, NewestFigure
from pressoffice.ledger.models import StatusChange
from pressoffice.ledger.money import sums_of
from pressoffice.ledger.project_ledger import Counted, Stage
from pressoffice.ledger.promises import came_of
from pressoffice.ledger.timeline import Milestone, MilestoneWord, timeline
from pressoffice.publishing.languages import Text, active
from pressoffice.publishing.pages import OWN_NAMES, FeedLink
from projects.maps import map_of

from .samples import directory, events, files, projects, texts
from .samples.files import Photograph, With
from .samples.words import DAY, NOON, say

# Of the frame, which this page has like every other.
IN_THE_FRAME = ("header", "language_name", "footer", "social", "picture")


class Specimen(NamedTuple):
    name: str  # of the template in components/, or in design/ where none is shared by pages
    content: Callable[[], dict[str, Any]]
    frame: str = ""  # the class of what surrounds it on a page
    tag: str = "div"
    is_shared: bool = True
    is_a_page: bool = False  # whole, from its doctype on

    @property
    def path(self) -> str:
        return f"{'components' if self.is_shared else 'design'}/{self.name}.html"


class Group(NamedTuple):
    key: str
    title: Any
    specimens: tuple[Specimen, ...]


class Drawn(NamedTuple):
    specimen: Specimen
    html: SafeString


def _choices() -> forms.Form:
    form = forms.Form()
    kinds = [("", _("All")), *Statement.Kind.choices]
    form.fields["kind"] = forms.ChoiceField(label=_("Kind"), required=False, choices=kinds)
    years = [("2025", "2025"), ("2024", "2024")]
    form.fields["year"] = forms.ChoiceField(label=_("Year"), required=False, choices=years)
    return form


def _here() -> str:
    return reverse("design")


def _counted() -> Counted:
    return Counted(projects.indicator(), projects.figures(), projects.targets())


def _promises() -> list[Any]:
    given = [
        projects.promise(1, DAY.replace(year=2028)),
        projects.promise(2, DAY.replace(month=3)),
        projects.promise(3, DAY.replace(month=6)),
        projects.promise(4, None, holds=False),
    ]
    kept = projects.promise(5, None, answers=given[2], relation="fulfils")
    return came_of([*given, kept], DAY)


def _milestones() -> list[Milestone]:
    dates = projects.milestone_dates()
    words = [
        MilestoneWord(
            each.kind, each.on, each.precision, stated_on=each.stated_on, url="", is_withdrawn=False
        )
        for each in dates
    ]
    return [Milestone(dates[0].milestone.name, words)]


def _prose() -> dict[str, Any]:
    edition = texts.edition()
    project = projects.bare_project()
    body = render_body(
        texts.body(),
        projects={"sample": ShownProject(project.name, project.get_absolute_url())},
        figure=lambda _token, _caption: "",
        table_label=_("Table"),
        is_page=True,
    )
    return {
        "body": body,
        "address": edition.get_absolute_url(),
        "citation": directory.speakers()[0].person.name,
        "source": _("Press office"),
    }


def _due() -> list[DuePromise]:
    first = _promises()[0]
    said = first.commitment.said
    return [DuePromise(first, projects.bare_project(), Text(said.text, said.language))]


def _figure() -> NewestFigure:
    counted = _counted()
    return NewestFigure(
        counted.indicator.name, counted.figures[-1].in_words, is_target=False, due_in_words=""
    )


GROUPS = (
    Group(
        "actions",
        gettext_lazy("Buttons and forms"),
        (
            Specimen("buttons", dict, is_shared=False),
            Specimen("site_search", lambda: {"name": "design", "words": say("жол", "дорога", "road")}),
            Specimen("filters", lambda: {"form": _choices(), "label": _("Kind"), "action": _here()}),
            Specimen(
                "results_head",
                lambda: {
                    "count": "3",
                    "chosen": [{"label": _("Year"), "value": "2025", "remove_url": _here()}],
                    "problems": [
                        say("Мындай жыл жок: 20255", "Такого года нет: 20255", "There is no such year: 20255")
                    ],
                    "cleared": _here(),
                },
            ),
            Specimen(
                "follow",
                lambda: {
                    "feed": FeedLink(_("All statements"), reverse("articles:feed")),
                    "label": _("Follow this list:"),
                },
            ),
            Specimen(
                "channel",
                lambda: {
                    "channel": {"title": _("All statements"), "address": reverse("articles:feed")},
                    "id": "design-channel",
                    "kind": "RSS",
                },
            ),
            Specimen(
                "parameters",
                lambda: {
                    "parameters": [
                        {
                            "name": "language",
                            "says": _("The language that is searched in."),
                            "values": "ky, ru, en",
                            "is_code": True,
                            "is_required": True,
                        }
                    ]
                },
            ),
            Specimen(
                "address_field", lambda: {"field": AddressForm({"email": "anna"})["email"]}, frame="letters"
            ),
            Specimen(
                "what_comes",
                lambda: {
                    "here": {"title": _("All statements"), "page": reverse("articles:statement-list")},
                    "code": active(),
                    "language": OWN_NAMES[active()],
                    "frequency": Frequency.DAILY.label,
                },
            ),
            Specimen(
                "share",
                lambda: {"title": texts.edition().title, "address": texts.edition().get_absolute_url()},
            ),
            Specimen("pagination", lambda: {"page_obj": Paginator(range(60), 20).page(2)}),
            Specimen("trail", lambda: {"trail": [(_("Statements"), reverse("articles:statement-list"))]}),
        ),
    ),
    Group(
        "notices",
        gettext_lazy("Notices and states"),
        (
            Specimen("notices", dict, is_shared=False),
            Specimen("as_of", lambda: {"as_of": NOON, "today": _here()}),
            Specimen("preview", lambda: {"state": texts.edition().get_state_display()}),
            Specimen("as_of", lambda: {"as_of": NOON, "is_ahead": True, "today": _here()}),
            Specimen("embargo", lambda: {"link": texts.embargo_link(), "until": NOON}),
            Specimen("corrections", lambda: {"corrections": texts.corrected()[:1]}),
            Specimen("corrected_words", lambda: {"edition": texts.corrected()[0]}),
            Specimen(
                "takedown",
                lambda: {"takedown": texts.takedown(), "title": _("This text has been withdrawn")},
            ),
            Specimen(
                "statuses",
                lambda: {"changes": [projects.status(code) for code in StatusChange.Status]},
                is_shared=False,
            ),
            Specimen("status", lambda: {"change": projects.status(), "size": "large"}),
            Specimen("ways_on", dict, frame="trouble"),
            Specimen("too_often", dict),
            Specimen(
                "trouble_in_three_languages",
                lambda: {
                    "code": 500,
                    "ky": "Ката кетти",
                    "ru": "Произошла ошибка",
                    "en": "Something went wrong",
                    "ky_text": "Барак үлгү катары көрсөтүлдү.",
                    "ru_text": "Страница показана как образец.",
                    "en_text": "The page is shown as a specimen.",
                },
                is_a_page=True,
            ),
        ),
    ),
    Group(
        "statements",
        gettext_lazy("Statements"),
        (
            Specimen(
                "kicker",
                lambda: {"kind": Statement.Kind.SPEECH.label, "moment": NOON, "tag": _("Withdrawn")},
            ),
            Specimen(
                "list_head",
                lambda: {
                    "title": _("Statements"),
                    "intro": say(*texts.SUMMARY),
                    "narrowed": "2025",
                },
            ),
            Specimen(
                "lead", lambda: {"edition": With(texts.edition(), lead_image=Photograph())}, frame="front"
            ),
            Specimen(
                "lead",
                lambda: {
                    "edition": texts.edition(),
                    "spoken": [SpokenOf(projects.project(), texts.passages())],
                },
                frame="front",
            ),
            Specimen("glance", lambda: {"statements": 61, "projects": 8, "promises": Glance(12, 3, [])}),
            Specimen("teaser", lambda: {"edition": texts.edition(), "heading": "h3"}, frame="teasers"),
            Specimen(
                "statements", lambda: {"page_obj": Paginator(texts.editions(), 3).page(1), "heading": "h3"}
            ),
            Specimen("search_result", lambda: {"result": texts.result()}, frame="teasers"),
            Specimen("speakers", lambda: {"speakers": directory.speakers()}),
            Specimen("subjects", lambda: {"topics": [directory.topic()], "countries": [directory.country()]}),
            Specimen("prose", _prose, is_shared=False),
            Specimen("quoting", dict),
            Specimen(
                "figure",
                lambda: {"image": Photograph(), "caption": Photograph().alt_in()},
                frame="design__text",
            ),
            Specimen(
                "figure_in_feed",
                lambda: {
                    "image": With(Photograph(), picture=Photograph().picture()),
                    "caption": "",
                    "origin": "",
                },
                frame="design__text",
            ),
            Specimen("gallery", lambda: {"pictures": [(Photograph(), Photograph(), Photograph().alt_in())]}),
            Specimen("attachments", lambda: {"documents": [files.document()]}),
            Specimen("contact", lambda: {"contact": directory.contact(), "heading": "h3"}),
            Specimen("versions", lambda: {"versions": texts.corrected(), "shown": texts.corrected()[0]}),
            Specimen("fingerprint", lambda: {"hash": "0f1e2d3c4b5a6978" * 4}),
            Specimen("pieces", lambda: {"pieces": texts.pieces()}, frame="pieces"),
            Specimen(
                "months",
                lambda: {
                    "months": [
                        SimpleNamespace(first=DAY.replace(month=month, day=1), texts=month, address=_here())
                        for month in (6, 7, 8)
                    ],
                    "here": DAY.replace(day=1),
                },
            ),
            Specimen(
                "directory_item",
                lambda: {
                    "name": directory.person().name,
                    "address": directory.person().get_absolute_url(),
                    "office": directory.office().title,
                    "statements": 5,
                },
                frame="directory",
                tag="ul",
            ),
        ),
    ),
    Group(
        "projects",
        gettext_lazy("Projects and what was said of them"),
        (
            Specimen(
                "project_card",
                lambda: {"project": projects.project(), "heading": "h3", "figure": _figure()},
                frame="project-cards",
            ),
            Specimen(
                "passages",
                lambda: {
                    "passages": texts.passages(),
                    "url": texts.edition().get_absolute_url(),
                    "language": active(),
                },
            ),
            Specimen(
                "said",
                lambda: {
                    "edition": texts.edition(),
                    "passages": texts.passages(),
                    "speakers": directory.speakers(),
                },
                frame="said",
            ),
            Specimen("source", lambda: {"change": projects.status()}),
            Specimen("stated", lambda: {"fact": projects.status()}),
            Specimen("given_by", lambda: {"commitment": projects.promise(1, DAY)}),
            Specimen("promises", lambda: {"promises": _promises(), "with_project": True}),
            Specimen("due", lambda: {"promises": _due()}),
            Specimen(
                "chart",
                lambda: {
                    "chart": charts.chart_of(_counted()),
                    "title": projects.indicator().name,
                    "key": "design-chart",
                    "with_table": True,
                },
            ),
            Specimen("figures_stated", lambda: {"counted": _counted()}),
            Specimen(
                "timeline",
                lambda: {
                    "timeline": timeline(_milestones(), DAY),
                    "title": projects.bare_project().name,
                    "key": "design-timeline",
                    "with_table": True,
                },
            ),
            Specimen(
                "stages",
                lambda: {
                    "stages": [Stage(projects.milestone_dates()[0].milestone, projects.milestone_dates())]
                },
            ),
            Specimen(
                "money",
                lambda: {
                    "sums": sums_of(projects.budget_lines()[:1]),
                    "withdrawn": projects.budget_lines()[1:],
                },
            ),
            Specimen(
                "map",
                lambda: {
                    "map": map_of([projects.place()]),
                    "title": projects.bare_project().name,
                    "LANGUAGE_CODE": active(),
                },
            ),
            Specimen("agreement", lambda: {"agreement": projects.agreement()}, frame="agreements"),
        ),
    ),
    Group(
        "events",
        gettext_lazy("Events"),
        (
            Specimen("events", lambda: {"events": events.events()}, is_shared=False),
            Specimen("event_item", lambda: {"event": events.events()[0], "heading": "h3"}),
            Specimen("event_time", lambda: {"starts_at": NOON, "ends_at": events.event().ends_at}),
            Specimen("moved", lambda: {"move": events.move()}),
            Specimen("month", lambda: {"first": DAY.replace(day=1), "weeks": events.weeks(), "total": 2}),
        ),
    ),
)


def specimens() -> Iterator[Specimen]:
    for group in GROUPS:
        yield from group.specimens


def drawn(group: Group, request: HttpRequest) -> list[Drawn]:
    """Each by its own template, in the active language. No query."""
    return [Drawn(each, render_to_string(each.path, each.content(), request)) for each in group.specimens]
