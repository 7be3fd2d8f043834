"""What the components on the page of the design show: made up, unsaved, and without a query.

Days are fixed, so that the page looks the same tomorrow.
"""

from calendar import Calendar
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from django.utils import timezone

from articles.differences import differences
from articles.models import ChangeNoteAddition, Edition, EmbargoLink, Passage, Statement
from events.models import Event, EventMove
from events.months import MONDAY, Day
from pressoffice.directory.models import Country, InOffice, MediaContact, Office, Organisation, Person, Topic
from pressoffice.ledger.models import (
    BudgetLine,
    Commitment,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from pressoffice.media.markup import Picture
from pressoffice.media.models import Document, Image
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown
from pressoffice.publishing.periods import FAR_FUTURE
from projects.models import Agreement, Place, Project

DAY = date(2025, 8, 22)
NOON = datetime(2025, 8, 22, 12, 0, tzinfo=timezone.get_default_timezone())


def say(ky: str, ru: str, en: str) -> str:
    return {"ky": ky, "ru": ru, "en": en}[active()]


def in_three(name: str, ky: str, ru: str, en: str) -> dict[str, Any]:
    return {f"{name}_ky": ky, f"{name}_ru": ru, f"{name}_en": en}


def with_rows(record: Any, **rows: list[Any]) -> Any:
    """As if these relations had been prefetched: the only way to give rows to a record that is not saved."""
    record._prefetched_objects_cache = rows
    return record


# --- texts -------------------------------------------------------------------------------------------

TITLE = (
    "Эки тараптын темир жол курулушундагы кызматташтыктарынын жыйынтыктары жөнүндө",
    "Об итогах переговоров о строительстве железной дороги",
    "On the talks about the building of the railway",
)
SUMMARY = (
    "Узундугу 304 км болгон жол — өлкөнүн эң чоң курулушу. Баасы 4,7 млрд доллар, ишке 12 500 адам тартылат.",
    "Дорога длиной 304 км — крупнейшая стройка страны. Её цена — 4,7 млрд долларов, "
    "на ней работают 12 500 человек.",
    "The line of 304 km is the country's largest building site – 4.7 billion dollars, 12,500 people.",
)


def statement(**facts: Any) -> Statement:
    return Statement(
        **{
            "pk": 1,
            "reference": "2025-k7mf",
            "kind": Statement.Kind.SPEECH,
            "form": Statement.Form.TRANSCRIPT,
            "delivered_on": DAY,
            "original_language": active(),
            **facts,
        }
    )


def edition(**facts: Any) -> Edition:
    """In the reader's language."""
    return Edition(
        **{
            "pk": 1,
            "statement": statement(),
            "language": active(),
            "number": 1,
            "state": Edition.State.PUBLISHED,
            "slug": "sample",
            "title": say(*TITLE),
            "summary": say(*SUMMARY),
            "live_from": NOON,
            "live_until": FAR_FUTURE,
            "public_since": NOON,
            **facts,
        }
    )


def editions() -> list[Edition]:
    short = say("Кышкы жумуш тартиби", "Зимний график работы", "Winter hours")
    return [
        edition(),
        edition(pk=2, title=short, summary="", statement=statement(kind=Statement.Kind.NEWS)),
        edition(pk=3, standing="withdrawn", statement=statement(kind=Statement.Kind.PRESS_RELEASE)),
    ]


def corrected() -> list[Edition]:
    first = edition()
    note = say(
        "Узундугу 304 км эмес, 306 км деп жазылган эле.",
        "Длина была указана неверно: 306 км вместо 304 км.",
        "The length was given as 306 km instead of 304 km.",
    )
    words = [[say("306 км", "306 км", "306 km"), say("304 км", "304 км", "304 km")]]
    second = edition(
        pk=2, number=2, base=first, change_note=note, corrected=words, live_from=NOON + timedelta(days=3)
    )
    added = ChangeNoteAddition(
        edition=second,
        text=say("Картада туура жазылган.", "На карте указано верно.", "The map had it right."),
        at=NOON + timedelta(days=4),
    )
    second._prefetched_objects_cache = {"note_additions": [added]}  # type: ignore[attr-defined]
    return [second, first]


def embargo_link() -> EmbargoLink:
    return EmbargoLink(
        recipient=say("Айгүл Мамытова", "Айгуль Мамытова", "Aigul Mamytova"),
        organisation=say("«Үлгү» гезити", "газета «Образец»", "The Sample"),
    )


def passages() -> list[Passage]:
    return [
        Passage(
            relation=Passage.Relation.FIGURE,
            lead_in=say("Бүгүн темир жолдун узундугу — ", "Сегодня длина дороги — ", "Today the line is "),
            exact=say(
                "304 км, анын 120 км даяр", "304 км, из них 120 км готовы", "304 km long, 120 km of it built"
            ),
            lead_out=".",
            position=1,
        )
    ]


BODY = """
<p>{about} <span data-project="sample" data-relation="figure">{figure}</span>. {begun}</p>
<h2>{when}</h2>
<ul><li>{first}</li><li>{others}</li></ul>
<blockquote><p>{quote}</p></blockquote>
<aside class="pull-quote"><p>{pull_quote}</p></aside>
<table>
<thead><tr><th>{section}</th><th>{length}</th></tr></thead>
<tbody><tr><td>{north}</td><td>120 {km}</td></tr><tr><td>{south}</td><td>184 {km}</td></tr></tbody>
</table>
"""


def body() -> str:
    """As it would be stored."""
    return BODY.format(
        about=say(
            "Бул долбоор — эки өлкөнүн жалпы иши.",
            "Этот проект — общее дело двух стран.",
            "This project is the work of two countries.",
        ),
        figure=say(
            "Жолдун узундугу 304 км, баасы 4,7 млрд доллар",
            "Длина дороги — 304 км, цена — 4,7 млрд долларов",
            "The line is 304 km long and costs 4.7 billion dollars",
        ),
        begun=say(
            "Ишти А. Мамлекетов 2025-жылдын 22-августунда баштады.",
            "Работы начал А. Мамлекетов 22 августа 2025 г.",
            "A. Mamleketov began the work on 22 August 2025.",
        ),
        when=say("Качан бүтөт", "Когда она будет готова", "When it will be ready"),
        first=say(
            "Биринчи бөлүк — 2028-жылга чейин.",
            "Первый участок — к 2028 г.",
            "The first section – by 2028.",
        ),
        others=say(
            "Калганы — 2030-жылга чейин, № 5 келишим боюнча.",
            "Остальные — к 2030 г., по договору № 5.",
            "The others – by 2030, under agreement No. 5.",
        ),
        quote=say(
            "Биз айткан сөзүбүзгө турабыз, ал эми кызматташтыктын жыйынтыгын эл көрөт.",
            "Мы держим слово, а результаты сотрудничества увидят люди.",
            "We keep our word, and people will see what comes of it.",
        ),
        pull_quote=say(
            "Жол — бул иш, билим жана достук.",
            "Дорога — это работа, знание и дружба.",
            "A road is work, knowledge and friendship.",
        ),
        section=say("Бөлүк", "Участок", "Section"),
        length=say("Узундугу", "Длина", "Length"),
        north=say("Түндүк", "Северный", "North"),
        south=say("Түштүк", "Южный", "South"),
        km=say("км", "км", "km"),
    )


def pieces() -> list[Any]:
    return differences(
        say("Узундугу 306 км болгон жол.", "Дорога длиной 306 км.", "A line of 306 km."),
        say("Узундугу 304 км болгон жаңы жол.", "Новая дорога длиной 304 км.", "A new line of 304 km."),
    )


# --- people, places, files ---------------------------------------------------------------------------


def person() -> Person:
    return Person(
        pk=1, slug="sample", **in_three("name", "А. Мамлекетова", "А. Мамлекетова", "A. Mamleketova")
    )


def office() -> Office:
    return Office(
        person=person(),
        **in_three("title", "Транспорт министри", "Министр транспорта", "Minister of Transport"),
    )


def speakers() -> list[InOffice]:
    return [InOffice(person(), office())]


def country() -> Country:
    return Country(
        code="KG", **in_three("name", "Кыргыз Республикасы", "Кыргызская Республика", "Kyrgyz Republic")
    )


def organisation() -> Organisation:
    return Organisation(
        pk=1, **in_three("name", "Темир жол агенттиги", "Агентство железных дорог", "Railway Agency")
    )


def topic() -> Topic:
    return Topic(slug="sample", **in_three("name", "Транспорт", "Транспорт", "Transport"))


def contact() -> MediaContact:
    return MediaContact(
        phone="+996 312 00 00 00",
        email="press@example.org",
        **in_three("name", "Басма сөз катчысы", "Пресс-секретарь", "Press secretary"),
        **in_three("role", "Күн сайын 9:00–18:00", "Ежедневно 9:00–18:00", "Every day, 9:00–18:00"),
    )


def document() -> Document:
    return Document(
        token="0" * 32,
        format=Document.Format.PDF,
        byte_size=248_000,
        **in_three("title", "Жол картасы", "Дорожная карта", "Roadmap"),
    )


class Photograph:
    """A picture of the library, drawn instead of taken."""

    width, height, byte_size = 1200, 800, 1_900
    credit = property(
        lambda self: say("Сүрөт: басма сөз кызматы", "Рисунок: пресс-служба", "Drawing: press office")
    )

    def get_terms_display(self) -> Any:
        return Image.Terms.PRESS.label

    def alt_in(self, language: str = "") -> str:
        return say("Тоолор жана көл", "Горы и озеро", "Mountains and a lake")

    def get_absolute_url(self) -> str:
        return static("img/design-sample.svg")

    def picture(self, ratio: str = "full", language: str = "") -> Picture:
        src = self.get_absolute_url()
        return Picture([], src, f"{src} {self.width}w", self.width, self.height, self.alt_in())


class With:
    """A record whose relation to a picture is answered here: Django lets no other object stand for one."""

    def __init__(self, record: Any, **more: Any) -> None:
        self.__dict__.update(more)
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)


# --- projects and what is said of them ---------------------------------------------------------------

PROJECT = (
    "Кытай — Кыргызстан — Өзбекстан темир жолу",
    "Железная дорога Китай — Кыргызстан — Узбекистан",
    "China–Kyrgyzstan–Uzbekistan railway",
)


def source() -> Statement:
    """A statement as facts need it: with its public text."""
    said = statement()
    text = edition(statement=said)
    text.passages_with_words = []  # type: ignore[attr-defined]
    said.public_editions = [text]
    return said


def fact(model: Any, *, holds: bool = True, **facts: Any) -> Any:
    made = model(**{"source": source(), "stated_on": DAY, **facts})
    made.holds = holds
    return made


def project() -> Project:
    made = Project(
        pk=1, code="sample", sector="transport", **in_three("name", *PROJECT), **in_three("summary", *SUMMARY)
    )
    made.public_status_changes = [status()]  # type: ignore[attr-defined]
    return made


def bare_project() -> Project:
    return Project(pk=1, code="sample", sector="transport", **in_three("name", *PROJECT))


def status(code: str = "implementation") -> StatusChange:
    return fact(StatusChange, status=code)


def promise(pk: int, due_on: date | None, **facts: Any) -> Commitment:
    texts = in_three(
        "text", "Жолдун биринчи бөлүгү ачылат", "Открыт первый участок дороги", "The first section is opened"
    )
    return fact(
        Commitment,
        pk=pk,
        project=bare_project(),
        organisation=organisation(),
        due_on=due_on,
        due_precision="month",
        stated_on=facts.pop("stated_on", DAY),
        **texts,
        **facts,
    )


def indicator() -> Indicator:
    return Indicator(
        pk=1,
        project=bare_project(),
        unit="km",
        **in_three("name", "Жолдун узундугу", "Длина дороги", "Length of the line"),
    )


def figures() -> list[Measurement]:
    told = [
        (date(2023, 5, 2), 454, True),
        (date(2024, 6, 6), 311, True),
        (date(2024, 12, 27), 306, False),
        (DAY, 304, True),
    ]
    return [
        fact(Measurement, pk=pk, indicator=indicator(), stated_on=day, value=Decimal(value), holds=holds)
        for pk, (day, value, holds) in enumerate(told)
    ]


def targets() -> list[Target]:
    return [
        fact(
            Target,
            indicator=indicator(),
            value=Decimal(304),
            due_on=date(2030, 12, 31),
            due_precision="year",
            stated_on=date(2024, 12, 27),
        )
    ]


def milestone_dates() -> list[MilestoneDate]:
    milestone = Milestone(
        pk=1,
        project=bare_project(),
        **in_three("name", "Курулуш башталды", "Начало строительства", "Start of building"),
    )
    told = [
        ("planned", date(2023, 12, 31), date(2023, 5, 2)),
        ("forecast", date(2024, 10, 31), date(2024, 6, 6)),
        ("actual", date(2024, 12, 27), date(2024, 12, 27)),
    ]
    return [
        fact(MilestoneDate, milestone=milestone, kind=kind, on=on, precision="month", stated_on=stated_on)
        for kind, on, stated_on in told
    ]


def budget_lines() -> list[BudgetLine]:
    shared: dict[str, Any] = {
        "project": bare_project(),
        "amount": Decimal(4_700_000_000),
        "currency": "USD",
        "kind": "estimate",
    }
    return [
        fact(BudgetLine, pk=1, organisation=organisation(), **shared),
        fact(
            BudgetLine, pk=2, country=country(), holds=False, **{**shared, "amount": Decimal(3_000_000_000)}
        ),
    ]


def agreement() -> Agreement:
    return Agreement(
        code="sample",
        kind="protocol",
        signed_on=date(2024, 6, 6),
        in_force_on=date(2024, 9, 1),
        **in_three(
            "title", "Темир жол боюнча макулдашуу", "Соглашение о железной дороге", "Agreement on the railway"
        ),
    )


def place() -> Place:
    made = Place(
        pk=1,
        project=bare_project(),
        kind=Place.Kind.LINE,
        geometry=[[75.4, 40.5], [74.3, 41.0], [73.0, 40.9]],
        **in_three("name", "Торугарт — Жалал-Абад", "Торугарт — Джалал-Абад", "Torugart–Jalal-Abad"),
    )
    made.west, made.south, made.east, made.north = 73.0, 40.5, 75.4, 41.0
    return made


# --- events ------------------------------------------------------------------------------------------


def event(**facts: Any) -> Event:
    moves = facts.pop("moves", [])
    made = Event(
        **{
            "pk": 1,
            "code": "sample",
            "kind": Event.Kind.COUNCIL,
            "starts_at": NOON,
            "ends_at": NOON + timedelta(hours=2),
            **in_three(
                "title",
                "Мамлекеттер аралык кеңештин жыйыны",
                "Заседание межгосударственного совета",
                "Meeting of the Interstate Council",
            ),
            **in_three(
                "venue",
                "Бишкек, «Ала-Арча» резиденциясы",
                "Бишкек, резиденция «Ала-Арча»",
                "Bishkek, Ala-Archa residence",
            ),
            **facts,
        }
    )
    return with_rows(made, moves=moves)


def move() -> EventMove:
    earlier = NOON - timedelta(days=2)
    return EventMove(event=event(), moved_at=earlier, starts_at=earlier, ends_at=earlier + timedelta(hours=2))


def events() -> list[Event]:
    return [event(), event(pk=2, moves=[move()]), event(pk=3, standing="cancelled")]


def weeks() -> list[list[Day]]:
    shown = {
        DAY: [event()],
        DAY + timedelta(days=4): [event(pk=3, standing="cancelled", starts_at=NOON + timedelta(days=4))],
    }
    return [
        [Day(day, day.month == DAY.month, day == DAY, shown.get(day, [])) for day in week]
        for week in Calendar(MONDAY).monthdatescalendar(DAY.year, DAY.month)
    ]


# --- the rest ----------------------------------------------------------------------------------------


def takedown() -> Takedown:
    return Takedown(
        at=NOON,
        reason_language=active(),
        reason=say("Сандар ката болгон.", "Цифры были ошибочными.", "The figures were wrong."),
    )


def result() -> Any:
    before, marked, after = (
        say("Жаңы ", "Новая ", "The new "),
        say("темир жол", "железная дорога", "railway"),
        say(" жөнүндө", " и её длина", " and its length"),
    )
    written = [
        SimpleNamespace(text=before, is_marked=False),
        SimpleNamespace(text=marked, is_marked=True),
        SimpleNamespace(text=after, is_marked=False),
    ]
    entry = SimpleNamespace(
        kind_label=Statement.Kind.SPEECH.label, day=DAY, is_withdrawn=True, is_cancelled=False
    )
    return SimpleNamespace(entry=entry, url=edition().get_absolute_url(), title=written, snippet=written)


# --- typography --------------------------------------------------------------------------------------

# In each language what its rules have to do with: dashes, figures, initials, marks in marks, long words.
SPECIMENS = {
    "ky": (
        "Мамлекеттик долбоорлордун натыйжалуулугун арттыруу жана жоопкерчилик",
        "А. Мамлекетов 2025-жылдын 22-августунда мындай деди: «Биз „Достук“ көпүрөсүн курабыз — анын "
        "узундугу 250 м, баасы 3 млрд сом». Жолдун 10 % даяр, ишке 12 500 адам тартылды. № 5 "
        "макулдашуу 2025–2030-жылдарга түзүлгөн; кызматташтыктарыбыздын жыйынтыктары ж. б. "
        "маалыматтар басма сөз кызматынын баракчасында жарыяланат.",
    ),
    "ru": (
        "Повышение ответственности при осуществлении межгосударственных проектов",
        "А. Мамлекетов заявил 22 августа 2025 г.: «Мы строим мост „Достук“ — его длина 250 м, цена — "
        "3 млрд сомов». Готово 10 % дороги, на ней работают 12 500 человек. Соглашение № 5 рассчитано "
        "на 2025–2030 гг.; сведения о ходе работ, стоимости и т. д. публикует пресс-служба.",
    ),
    "en": (
        "Raising the accountability of intergovernmental infrastructure projects",
        "A. Mamleketov said on 22 August 2025: “We are building the bridge called ‘Dostuk’ – it is "
        "250 m long and costs 3 billion soms.” Ten per cent of the road is ready, 12,500 people are "
        "at work. Agreement No. 5 covers 2025–2030; what came of it is published by the press office.",
    ),
}
