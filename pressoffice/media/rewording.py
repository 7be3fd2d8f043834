"""What readers are told of a file: its words. Those in an approved text are part of what was approved."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from translated_fields import to_attribute

from pressoffice.accounts.models import User
from pressoffice.publishing import languages
from pressoffice.publishing.models import AuditEntry

from . import uses
from .models import Document, Image

WORDS: dict[type, tuple[str, ...]] = {
    Image: (
        "is_decorative",
        *(to_attribute(name, code) for name in ("alt", "credit") for code in languages.CODES),
        "terms",
    ),
    Document: tuple(to_attribute("title", code) for code in languages.CODES),
}


def reword(item: Image | Document, columns: list[str], *, before: Mapping[str, Any], by: User) -> bool:
    """Save these of its WORDS, and write down what they were.

    False, with nothing saved, where an approved text shows it by now and `by` approves no such texts.
    """
    values = {name: getattr(item, name) for name in columns}
    with transaction.atomic():
        # An editor may approve at this very moment: only the rows as they are now decide.
        mine = type(item).objects.filter(uses.may_be_reworded(item, by=by), pk=item.pk)
        if not mine.update(**values):
            return False
        lines = [
            f"{item._meta.label_lower}.{name}: «{_plain(before[name])}» → «{_plain(values[name])}»"
            for name in columns
            if before[name] != values[name]
        ]
        if lines:
            for thing in (item, *uses.approved(item)):
                state = getattr(thing, "state", "")
                AuditEntry.objects.record(
                    thing, "reword", by=by, reason="\n".join(lines), from_state=state, to_state=state
                )
    return True


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "+" if value else "−"
    return str(value)
