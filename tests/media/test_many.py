"""Many pictures at once: each told of by itself, none shown before it is described."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.directory.models import Topic
from pressoffice.media import uses
from pressoffice.media.intake import take_waiting
from pressoffice.media.models import Image
from pressoffice.publishing.steps import StepRefused
from tests import makers

from . import files

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/media/image/upload/"
WAITING = "/admin/media/image/waiting/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client: Client, author: User) -> Client:
    makers.sign_in(client, author)
    return client


def sent(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, files.jpeg(300 + place, 200)) for place, name in enumerate(names)]


@pytest.fixture
def waiting(author: User) -> Callable[..., Image]:
    def make(width: int = 300, by: User = author) -> Image:
        return take_waiting(SimpleUploadedFile(f"lake {width}.jpg", files.jpeg(width, 200)), by=by)

    return make


def typed(image: Image, **words: str) -> dict[str, Any]:
    return {"picture": image.token, **{f"{image.token}-{name}": text for name, text in words.items()}}


IN_ALL = {"alt_ky": "Көл", "alt_ru": "Озеро", "alt_en": "A lake"}


def test_the_plain_form_takes_what_is_good_and_tells_of_each_of_the_rest(
    desk: Client, make_image: Callable[..., Image]
) -> None:
    known = make_image(files.jpeg(301, 200))
    drawing = SimpleUploadedFile("plan.svg", files.REFUSED_PICTURES["drawing.svg"][0]())

    page = desk.post(UPLOAD, {"pictures": [*sent("a.jpg", "b.jpg"), drawing]}, follow=True)

    taken = Image.objects.get(is_waiting=True)
    assert (taken.title, taken.renditions.count()) == ("a", 6)
    assert page.request["PATH_INFO"] == WAITING
    assert taken.token in page.text
    assert f'href="{reverse("admin:media_image_change", args=[known.pk])}"' in page.text

    assert "«plan.svg»: " in page.text


def test_the_script_is_told_of_each_file(desk: Client) -> None:
    def state(file: SimpleUploadedFile) -> str:
        return desk.post(UPLOAD, {"pictures": file}, headers=JSON).json()["state"]

    assert state(sent("a.jpg")[0]) == "taken"
    assert state(sent("again.jpg")[0]) == "known"
    assert state(SimpleUploadedFile("page.jpg", files.SCRIPT)) == "refused"
    assert desk.post(UPLOAD, {}, headers=JSON).json()["state"] == "refused"


def test_a_picture_that_waits_is_offered_and_shown_nowhere(
    desk: Client, waiting: Callable[..., Image], author: User
) -> None:
    image = waiting()
    Topic.objects.create(slug=image.token, **makers.in_three("name", "Water"))
    writer = makers.somebody(roles.AUTHOR)
    edition = makers.make_edition(state="draft", by=writer)
    asked = {"app_label": "articles", "model_name": "edition", "field_name": "lead_image"}

    edition.write(by=writer, body=f'<p>A</p><figure data-image="{image.token}"></figure>')

    assert not edition.in_images.exists()
    assert not uses.is_public(image), "although a public row names it"
    assert desk.get("/admin/media/image/picker/").json()["count"] == 0
    author.user_permissions.add(*makers.Group.objects.get(name=roles.AUTHOR).permissions.all())
    assert desk.get(reverse("admin:autocomplete"), asked).json()["results"] == []
    for content in ({"lead_image": image}, {"gallery": [image]}):
        with pytest.raises(StepRefused):
            edition.write(by=writer, **content)
    assert Edition.objects.get(pk=edition.pk).lead_image is None


def test_what_is_described_waits_no_longer_and_half_a_description_is_kept(
    desk: Client, waiting: Callable[..., Image]
) -> None:
    whole, half, plain = waiting(300), waiting(301), waiting(302)
    form = {
        "same-credit_ky": "Айгүл Асанова",
        **typed(whole, **IN_ALL, credit_ky="Бакыт"),
        **typed(half, alt_ky="Тоо"),
        **typed(plain, is_decorative="on"),
        "picture": [whole.token, half.token, plain.token],
    }

    page = desk.post(WAITING, form, follow=True)

    for image in (whole, half, plain):
        image.refresh_from_db()
    assert [whole.is_waiting, half.is_waiting, plain.is_waiting] == [False, True, False]
    assert (whole.credit_ky, half.credit_ky, plain.credit_ky) == ("Бакыт", "Айгүл Асанова", "Айгүл Асанова")
    assert half.alt_ky == "Тоо"
    assert half.token in page.text
    assert whole.token not in page.text


def test_a_fault_in_one_picture_loses_no_words_of_any(desk: Client, waiting: Callable[..., Image]) -> None:
    good, faulty = waiting(300), waiting(301)

    page = desk.post(
        WAITING,
        {
            **typed(good, **IN_ALL),
            **typed(faulty, **IN_ALL | {"alt_ru": "о" * 501}),
            "picture": [good.token, faulty.token, "\x00"],
        },
    )

    good.refresh_from_db()
    assert not good.is_waiting
    assert "о" * 501 in page.text
    assert "errorlist" in page.text


def test_others_pictures_are_not_described_here_nor_deleted(
    desk: Client, waiting: Callable[..., Image], author: User
) -> None:
    author.user_permissions.remove(*author.user_permissions.filter(codename="delete_image"))
    mine, theirs = waiting(300), waiting(301, by=User.objects.create(username="other"))
    address = {each: reverse("admin:media_image_delete", args=[each.pk]) for each in (mine, theirs)}

    desk.post(WAITING, typed(theirs, **IN_ALL))
    refused = desk.post(address[theirs], {"post": "yes"})
    asked = desk.post(WAITING, {**typed(mine, alt_ky="Көл"), "delete": mine.token})
    desk.post(address[mine], {"post": "yes"})

    theirs.refresh_from_db()
    assert theirs.is_waiting
    assert theirs.token not in desk.get(WAITING).text
    assert refused.status_code == 403
    assert asked.url == address[mine]
    assert not Image.objects.filter(pk=mine.pk).exists()


def test_a_picture_that_waits_is_described_on_its_own_page_as_well(
    desk: Client, waiting: Callable[..., Image]
) -> None:
    image = waiting()
    address = reverse("admin:media_image_change", args=[image.pk])
    rest = {"title": image.title, "terms": "press", "focal_x": "0.5", "focal_y": "0.5"}

    half = desk.post(address, {**rest, "alt_ky": "Көл"})
    assert half.status_code == 200
    assert Image.objects.get().is_waiting

    desk.post(address, {**rest, **IN_ALL})
    assert not Image.objects.get().is_waiting


def test_only_who_may_add_pictures_sends_many(client: Client, onlooker: User) -> None:
    client.post(UPLOAD, {"pictures": sent("a.jpg")})
    makers.sign_in(client, onlooker)

    assert client.post(UPLOAD, {"pictures": sent("a.jpg")}).status_code == 403
    assert client.get(WAITING).status_code == 403
    assert not Image.objects.exists()
