"""A new file in place of an old one: what shows the old one keeps it, what is new is offered the new one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.directory.models import Topic
from pressoffice.media import uses
from pressoffice.media.models import Image
from pressoffice.publishing.models import AuditEntry
from tests import makers

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, author: User) -> Client:
    makers.sign_in(client, author)
    return client


def page_of(image: Image) -> str:
    return reverse("admin:media_image_change", args=[image.pk])


def replacement(desk: Client, old: Image, *, width: int = 900, **words: str) -> Any:
    address = f"{reverse('admin:media_image_add')}?replaces={old.pk}"
    form = desk.get(address).context["adminform"].form
    typed = {name: field.value() for name, field in ((each.name, each) for each in form) if field.value()}
    upload = SimpleUploadedFile("new.jpg", files.jpeg(width, 600))
    return desk.post(address, {**typed, **words, "upload": upload})


def test_the_new_one_takes_over_the_words_and_its_place_among_what_is_offered(
    desk: Client, make_image: Callable[..., Image], author: User
) -> None:
    old = make_image(title="Lake", credit={"ky": "Бакыт"})
    Topic.objects.create(slug=f"draft-{old.token}", **makers.in_three("name", "Water"))

    replacement(desk, old, alt_en="A lake, retouched")

    new = Image.objects.get(replaces=old)
    assert (new.title, new.alt_ru, new.alt_en, new.credit_ky) == (
        "Lake",
        "Озеро",
        "A lake, retouched",
        "Бакыт",
    )
    found = desk.get("/admin/media/image/picker/").json()["results"]
    assert [each["token"] for each in found] == [new.token]
    shown = desk.get(page_of(old)).context["adminform"]
    assert "replaced_by" in shown.readonly_fields
    assert f'href="{page_of(new)}"' in desk.get(page_of(old)).text
    assert "Water" in desk.get(page_of(old)).text
    entry = AuditEntry.objects.about(old).get()
    assert (entry.step, entry.by, entry.reason) == ("replace", author, "Lake")


def test_a_text_that_shows_the_old_one_keeps_it_and_may_be_saved_with_it(
    make_image: Callable[..., Image],
) -> None:
    writer = makers.somebody(roles.AUTHOR)
    old = make_image()
    body = f'<p>A</p><figure data-image="{old.token}"></figure>'
    live = makers.make_edition(lead_image=old)
    draft = makers.make_edition(state="draft", body=body, by=writer)
    Image.objects.filter(pk=make_image().pk).update(replaces=old)

    draft.write(by=writer, title="Другой", lead_image=old)

    live.refresh_from_db()
    assert live.lead_image == old
    assert draft.in_images.get().image == old


def test_nothing_is_replaced_twice(desk: Client, make_image: Callable[..., Image]) -> None:
    old = make_image()
    replacement(desk, old)

    again = replacement(desk, old, width=901)

    assert again.status_code == 200
    assert again.context["adminform"].form.non_field_errors()
    assert Image.objects.count() == 2
    assert old.newest == Image.objects.get(replaces=old)


def test_a_chain_closes_where_a_picture_goes(make_image: Callable[..., Image]) -> None:
    first, second, third = make_image(), make_image(), make_image()
    Image.objects.filter(pk=second.pk).update(replaces=first)
    Image.objects.filter(pk=third.pk).update(replaces=second)

    Image.objects.get(pk=second.pk).delete()

    assert first.newest == third
    third.refresh_from_db()
    third.delete()
    assert list(Image.objects.offered()) == [first]


def test_the_drafts_that_still_show_the_old_one_are_told_with_state_and_language(
    make_image: Callable[..., Image], monkeypatch: pytest.MonkeyPatch
) -> None:
    from articles import media_uses

    uses.register(
        "articles",
        media_uses.public,
        media_uses.anywhere,
        changeable=media_uses.changeable,
        told=media_uses.told,
    )
    image = make_image()
    makers.make_edition(lead_image=image)
    draft = makers.make_edition(lead_image=image, state="draft", language="ky")

    found = uses.changeable(image, to=makers.somebody(roles.AUTHOR))

    assert [place.row for place in found.named] == [draft]
    assert found.named[0].told.startswith("Кыргызча, ")
    assert uses.where(image, to=makers.somebody(roles.AUTHOR), limit=1).more == 1
    stranger = User.objects.create(username="stranger")
    assert uses.where(image, to=stranger) == uses.Places([], 0, True)
