"""What is done for a delivery, by its kind. Apps above register theirs in `AppConfig.ready()`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from .models import Delivery

# Fifteen attempts take more than a day: a mail server or a hub may be away for so long.
ATTEMPTS = 15
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)


def wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


class Later(Exception):
    """It could not be done now. Without `seconds` it counts as an attempt, and each waits longer than the
    one before; with them it is simply not yet its time."""

    def __init__(self, seconds: float | None = None, why: str = "") -> None:
        super().__init__(why)
        self.seconds = seconds
        self.why = why


class Dropped(Exception):
    """It no longer applies: what it was about is not public any more, or not as it was."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


class Effect(NamedTuple):
    do: Callable[[Delivery], None]
    in_transaction: bool = False
    in_bulk: bool = False
    called: Any = ""


EFFECTS: dict[str, Effect] = {}


def register(
    kind: str, *, called: Any = "", in_transaction: bool = False, in_bulk: bool = False
) -> Callable[[Callable[[Delivery], None]], Callable[[Delivery], None]]:
    """`called`: what operators read. `in_transaction`: it touches the database only, and is written in one
    transaction with its being done; everything else may, after a crash, happen a second time. `in_bulk`: it
    comes by thousands, so whatever else is due goes first."""

    def keep(do: Callable[[Delivery], None]) -> Callable[[Delivery], None]:
        if kind in EFFECTS and EFFECTS[kind].do is not do:
            raise ValueError(f"There is an effect of the kind {kind} already.")
        EFFECTS[kind] = Effect(do, in_transaction, in_bulk, called)
        return do

    return keep


def name_of(kind: str) -> str:
    """What operators read; the code itself of a kind that nothing here does."""
    effect = EFFECTS.get(kind)
    return str(effect.called) if effect and effect.called else kind


def prompt_kinds() -> list[str]:
    """What goes before the thousands."""
    return [kind for kind, effect in EFFECTS.items() if not effect.in_bulk]
