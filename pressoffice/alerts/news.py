"""What a letter says of what became public: asked anew when the letter is written, never carried along."""

from collections.abc import Sequence

from .models import Told
from .news_of_events import Events
from .news_of_projects import Projects
from .news_of_promises import Promises
from .news_of_texts import Texts
from .pieces import COME, LEFT, NEW, REMOVED, RESTORED, STATED, TAKEN_DOWN, News, Piece

OF: dict[str, type[News]] = {
    Told.Of.STATEMENT: Texts,
    Told.Of.EVENT: Events,
    Told.Of.PROJECT: Projects,
    Told.Of.PROMISE: Promises,
}

FIRST = {NEW, STATED, LEFT, COME}


def pieces_of(rows: Sequence[Told], *, had: set[int]) -> dict[int, Piece]:
    """By key of `rows`, all of one language, which is active. What its reader has nothing to hear of is left
    out. `had`: keys of those whose readers may have an earlier letter."""
    found = {}
    for of, kind in OF.items():
        own = [row for row in rows if row.of == of]
        if own:
            news = kind(own)
            found.update({row.pk: piece for row in own if (piece := _piece(news, row, row.pk in had))})
    return {row.pk: found[row.pk] for row in rows if row.pk in found}


def _piece(news: News, row: Told, is_known: bool) -> Piece | None:  # noqa: FBT001
    change = _change(news, row, is_known=is_known)
    if not change:
        return None
    return news.removed(row) if change == REMOVED else news.piece(row, change)


def _change(news: News, row: Told, *, is_known: bool) -> str:
    """What there is to say of it to this reader, now; empty for nothing."""
    if not news.is_public(row):
        return REMOVED if is_known and row.told_as != REMOVED else ""
    if down := news.taken_down_as(row):
        return down if is_known and row.told_as != down else ""
    if not is_known:
        return news.first(row)
    if row.news == RESTORED:
        return RESTORED if row.told_as in TAKEN_DOWN else news.MEANWHILE
    if row.news in TAKEN_DOWN:  # and put back since, before anybody was told
        return news.MEANWHILE
    if row.told_until is None and row.news in FIRST:  # they may have this very letter, or none
        return news.first(row)
    return row.news
