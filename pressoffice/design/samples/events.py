"""Events, announced, moved and cancelled, in a list and in a month."""

from calendar import Calendar
from datetime import timedelta
from typing import Any

from events.models import Event, EventMove
from events.months import MONDAY, Day

from .words import DAY, NOON, in_three


def with_rows(record: Any, **rows: list[Any]) -> Any:
    """As if these relations had been prefetched: the only way to give rows to a record that is not saved."""
    record._prefetched_objects_cache = rows
    return record


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
