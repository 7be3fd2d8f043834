"""Statements, what was corrected and taken down of them, and how the search shows one."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from articles.differences import differences
from articles.models import ChangeNoteAddition, Edition, EmbargoLink, Passage, Statement
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown
from pressoffice.publishing.periods import FAR_FUTURE

from .words import DAY, NOON, say

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
