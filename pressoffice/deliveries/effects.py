"""What is done for a delivery, by its kind. Apps above register theirs in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import NamedTuple

from .models import Delivery


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
    in_transaction: bool


EFFECTS: dict[str, Effect] = {}


def register(
    kind: str, *, in_transaction: bool = False
) -> Callable[[Callable[[Delivery], None]], Callable[[Delivery], None]]:
    """`in_transaction`: it touches the database only, and is written in one transaction with its being done.
    Everything else may, after a crash, happen a second time."""

    def keep(do: Callable[[Delivery], None]) -> Callable[[Delivery], None]:
        if kind in EFFECTS and EFFECTS[kind].do is not do:
            raise ValueError(f"There is an effect of the kind {kind} already.")
        EFFECTS[kind] = Effect(do, in_transaction)
        return do

    return keep
