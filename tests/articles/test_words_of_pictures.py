"""What readers are told of a picture in an approved text is part of what was approved."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pressoffice.accounts import roles
from pressoffice.media import rewording
from pressoffice.media.models import Image
from pressoffice.publishing.audit_trail import trail
from tests import makers

pytestmark = pytest.mark.django_db


def send(client: Client, image: Image, **words: Any) -> Any:
    client.cookies["django_language"] = "en"
    columns = ["title", "terms", *rewording.WORDS[Image], "focal_x", "focal_y"]
    typed = {name: getattr(image, name) for name in columns if name != "is_decorative"}
    return client.post(reverse("admin:media_image_change", args=[image.pk]), {**typed, **words}, follow=True)


@pytest.mark.parametrize("state", ["approved", "scheduled", "live", "superseded"])
def test_an_author_changes_no_word_of_it(client: Client, state: str) -> None:
    makers.sign_in(client, makers.somebody(roles.AUTHOR))
    image = makers.make_image("Lake")
    makers.make_edition(state=state, lead_image=image)

    wrong = {"alt_en": "Something else", "credit_ru": "Кто-то", "is_decorative": "on"}
    send(client, image, **wrong, title="Озеро", focal_x="0.01", focal_y="0.99")

    page = client.get(reverse("admin:media_image_change", args=[image.pk])).text
    after = Image.objects.get(pk=image.pk)
    assert (after.alt_en, after.credit_ru, after.is_decorative) == (image.alt_en, "", False)
    assert after.focal_point == (0.5, 0.5), "crops are what readers see"
    assert after.title == "Озеро", "readers never see it"
    assert "part of what was approved" in page
    assert 'name="alt_en"' not in page


def test_an_author_changes_the_words_while_nothing_approved_shows_it(client: Client) -> None:
    makers.sign_in(client, makers.somebody(roles.AUTHOR))
    image = makers.make_image("Lake")
    makers.make_edition(state="submitted", lead_image=image)

    send(client, image, alt_en="A lake at dawn")

    assert Image.objects.get().alt_en == "A lake at dawn"


def test_who_approves_changes_them_and_both_histories_keep_the_old_ones(client: Client) -> None:
    editor = makers.somebody(roles.EDITOR)
    makers.sign_in(client, editor)
    image = makers.make_image("Lake")
    edition = makers.make_edition(lead_image=image)

    send(client, image, alt_en="A lake at dawn")

    for thing in (image, edition):
        line = trail(thing)[0]
        assert (line.entry.step, line.entry.by) == ("reword", editor)
        assert f"«{image.alt_en}» → «A lake at dawn»" in line.reason
        assert "media.image" not in line.reason
    assert "«A lake at dawn»" in client.get(reverse("admin:media_image_change", args=[image.pk])).text


def test_an_approval_in_the_meantime_is_not_overtaken() -> None:
    author = makers.somebody(roles.AUTHOR)
    image = makers.make_image("Lake")
    before = {"alt_en": image.alt_en}
    makers.make_edition(state="approved", lead_image=image)
    image.alt_en = "Something else"

    assert not rewording.reword(image, ["alt_en"], before=before, by=author)
    assert Image.objects.get().alt_en == before["alt_en"]
