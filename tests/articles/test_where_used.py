"""Where a picture is used, as the library tells it."""

import pytest
from django.test import Client
from django.urls import reverse

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.media import uses
from tests import makers

pytestmark = pytest.mark.django_db


def test_where_a_picture_is_used_is_told_as_far_as_one_may_look() -> None:
    image = makers.make_image()
    for language in ("ky", "ru", "en"):
        makers.make_edition(language=language, lead_image=image, state="draft")
    makers.make_project(lead_image=image, state="scheduled")

    told = uses.where(image, to=makers.somebody(roles.TRANSLATOR), limit=3)
    nothing = uses.where(image, to=User.objects.create(username="stranger"))

    words = [place.told for place in told.named]
    assert len(words) == 3
    assert any(each.startswith("Кыргызча, ") for each in words) or told.more
    assert told.more == 1
    assert not told.is_hidden_elsewhere
    assert nothing == uses.Places([], 0, is_hidden_elsewhere=True)


def test_what_keeps_a_document_from_being_deleted_is_told_by_name(client: Client) -> None:
    document = makers.make_document("Plan")
    edition = makers.make_edition(language="en", title="A road", attachments=[document])
    makers.sign_in(client, makers.somebody(roles.CHIEF_EDITOR))
    client.cookies["django_language"] = "ru"

    page = client.get(reverse("admin:media_document_delete", args=[document.pk])).text

    assert f"Приложение: Plan (ru), в тексте «A road» ({edition.statement.reference}, английский)" in page
