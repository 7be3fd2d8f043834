"""Files go with their rows.

By signal and not in `delete()`, since rows are also deleted through QuerySets and cascades.
After the commit, since a rollback brings back the row and nothing brings back the file.
"""

from functools import partial

from django.db import models, transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from .models import Document, Image, Rendition
from .storage import library


def _delete_after_commit(name: str | None) -> None:
    if name:
        transaction.on_commit(partial(library.delete, name), robust=True)


@receiver(pre_delete, sender=Image)
def chain_closes(instance: Image, **kwargs: object) -> None:
    """What came after it follows what came before it."""
    before = instance.replaces_id
    Image.objects.filter(pk=instance.pk).update(replaces=None)
    Image.objects.filter(replaces=instance.pk).update(replaces=before)


@receiver(post_delete, sender=Image)
def original_goes(instance: Image, **kwargs: object) -> None:
    _delete_after_commit(instance.original.name)


@receiver(post_delete, sender=Rendition)
@receiver(post_delete, sender=Document)
def file_goes(instance: models.Model, **kwargs: object) -> None:
    _delete_after_commit(instance.file.name)  # type: ignore[attr-defined]
