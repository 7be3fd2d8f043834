"""Projects, agreements, and what is said of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from articles.models import Statement
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
from projects.models import Agreement, Place, Project

from .directory import country, organisation
from .texts import SUMMARY, edition, statement
from .words import DAY, in_three

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
