from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from pressoffice.accounts.models import User
from pressoffice.directory.models import Topic
from pressoffice.media import pictures
from pressoffice.media.models import Document, Image
from tests.makers import sign_in

from . import files
from .conftest import publish

pytestmark = pytest.mark.django_db

ADD_IMAGE = "/admin/media/image/add/"
ADD_DOCUMENT = "/admin/media/document/add/"


@pytest.fixture
def desk(client: Client, author: User) -> Client:
    sign_in(client, author)
    return client


def typed(**fields: Any) -> dict[str, Any]:
    """What an editor types, with the file they chose."""
    return {
        "upload": SimpleUploadedFile("DSC_0123 lake.JPG", files.jpeg(600, 400)),
        "title": "",
        "alt_ky": "Көл",
        "alt_ru": "Озеро",
        "alt_en": "A lake",
        "credit_ky": "",
        "credit_ru": "",
        "credit_en": "",
        "terms": "press",
        "focal_x": "0.5",
        "focal_y": "0.5",
        **fields,
    }


def errors_at(response: Any, field: str) -> list[str]:
    return [str(error) for error in response.context["adminform"].form.errors.get(field, [])]


def change_address(item: Image | Document) -> str:
    return reverse(f"admin:media_{item._meta.model_name}_change", args=[item.pk])


def test_a_picture_comes_in_through_the_form(desk: Client, author: User) -> None:
    response = desk.post(ADD_IMAGE, typed())

    assert response.status_code == 302, errors_at(response, "upload")
    image = Image.objects.get()
    assert (image.title, image.uploaded_by, image.width) == ("DSC_0123 lake", author, 600)
    assert image.renditions.count() == 12


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_in_a_transaction_while_a_picture_is_decoded(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = []
    encode = pictures.encode

    def watched(pixels: pictures.Pixels, *args: Any, **kwargs: Any) -> pictures.Encoded:
        made = encode(pixels, *args, **kwargs)
        is_crop = made.height != made.width
        waiting.append((is_crop, connection.in_atomic_block))
        return made

    monkeypatch.setattr(pictures, "encode", watched)
    desk.post(ADD_IMAGE, typed(upload=SimpleUploadedFile("square.jpg", files.jpeg(600, 600))))

    assert Image.objects.exists()
    assert {waits for is_crop, waits in waiting if not is_crop} == {False}


@pytest.mark.parametrize(
    "name", ["drawing.svg", "100 megapixels.png", "phone.heic", "page.jpg", "nothing.jpg"]
)
def test_a_refused_file_is_explained_at_its_field_and_no_words_are_lost(name: str, desk: Client) -> None:
    response = desk.post(ADD_IMAGE, typed(upload=SimpleUploadedFile(name, files.REFUSED_PICTURES[name][0]())))

    assert response.status_code == 200
    assert len(errors_at(response, "upload")) == 1
    assert "Озеро" in response.text
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"upload": ""}, ["upload"]),
        ({"alt_ru": ""}, ["alt_ru"]),
        ({"alt_ru": "   ", "alt_ky": ""}, ["alt_ky", "alt_ru"]),
        ({"focal_x": "1.5"}, ["focal_x"]),
        ({"focal_y": "nan"}, ["focal_y"]),
        ({"focal_y": ""}, ["focal_y"]),
        ({"title": "x" * 201}, ["title"]),
        ({"alt_en": "x\x00"}, ["alt_en"]),
    ],
    ids=str,
)
def test_every_error_stands_at_its_field(wrong: dict[str, str], fields: list[str], desk: Client) -> None:
    response = desk.post(ADD_IMAGE, typed(**wrong))

    assert response.status_code == 200
    assert sorted(response.context["adminform"].form.errors) == fields


def test_a_decoration_needs_no_words(desk: Client) -> None:
    desk.post(ADD_IMAGE, typed(is_decorative="on", alt_ky="", alt_ru="", alt_en=""))

    assert Image.objects.get().is_decorative


def test_a_picture_uploaded_twice_leads_to_the_first(desk: Client, make_image: Callable[..., Image]) -> None:
    first = make_image(files.jpeg(600, 400), title="Lake <b>in May</b>")

    response = desk.post(ADD_IMAGE, typed())

    assert f'<a href="{change_address(first)}">Lake &lt;b&gt;in May&lt;/b&gt;</a>' in response.text
    assert Image.objects.count() == 1


def test_the_file_of_a_picture_never_changes(desk: Client, make_image: Callable[..., Image]) -> None:
    image = make_image()
    before = image.checksum, image.original.name

    page = desk.get(change_address(image))
    desk.post(change_address(image), typed(title="Another name"))

    image.refresh_from_db()
    assert 'type="file"' not in page.text
    assert image.title == "Another name"
    assert (image.checksum, image.original.name) == before


def test_only_what_was_changed_is_saved(desk: Client, make_image: Callable[..., Image]) -> None:
    image = make_image(title="Old")
    page = typed(title="Old", alt_en="A lake at dawn")
    page.pop("upload")

    with pytest.MonkeyPatch.context() as patch:
        # A colleague saves another field while this form is open.
        full_clean = Image.full_clean
        patch.setattr(
            Image,
            "full_clean",
            lambda self, *args, **kwargs: (
                Image.objects.filter(pk=self.pk).update(title="By a colleague"),
                full_clean(self, *args, **kwargs),
            )[1],
        )
        desk.post(change_address(image), page)

    image.refresh_from_db()
    assert (image.title, image.alt_en) == ("By a colleague", "A lake at dawn")


def test_moving_the_focal_point_in_the_form_cuts_new_crops(
    desk: Client, make_image: Callable[..., Image], django_capture_on_commit_callbacks: Any
) -> None:
    panorama = Pillow.new("RGB", (1200, 300), (255, 0, 0))
    panorama.paste((0, 0, 255), (600, 0, 1200, 300))
    image = make_image(files.encoded(panorama, "PNG"))

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(change_address(image), typed(title="Lake", focal_x="0.95"))

    assert response.status_code == 302
    assert image.renditions.filter(ratio="3x2").count() == 3
    with image.renditions.get(ratio="3x2", format="jpeg").file.open("rb") as file:
        red, _green, blue = Pillow.open(BytesIO(file.read())).getpixel((5, 5))
    assert blue > 200 > red


def test_the_form_tells_where_a_picture_is_shown(desk: Client, make_image: Callable[..., Image]) -> None:
    unused, used = make_image(), make_image()
    Topic.objects.create(slug=f"draft-{used.token}", name_ky="Суу", name_ru="Вода", name_en="Water <3")

    page = desk.get(change_address(used), headers={"Accept-Language": "en"})

    assert "Water &lt;3" in page.text
    assert "Water" not in desk.get(change_address(unused)).text


def test_the_list_shows_and_finds_pictures(desk: Client, make_image: Callable[..., Image]) -> None:
    image = make_image()
    desk.post(ADD_IMAGE, typed(upload=SimpleUploadedFile("DSC_0077.JPG", files.jpeg(500, 400)), title="Гора"))
    hill = Image.objects.get(title="Гора")

    assert (
        reverse("admin:media_image_thumb", args=[image.token]) in desk.get("/admin/media/image/?q=озЕРО").text
    )
    assert image.token not in desk.get("/admin/media/image/?q=гора").text
    by_name = desk.get("/admin/media/image/?q=dsc_0077").text
    assert hill.token in by_name
    assert image.token not in by_name
    assert desk.get("/admin/media/image/?q=%00(").status_code == 200


def test_a_list_of_pictures_costs_no_query_for_each(
    desk: Client, make_image: Callable[..., Image], django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        make_image()

    with django_assert_max_num_queries(13):
        desk.get("/admin/media/image/")


def test_an_unused_picture_is_deleted(desk: Client, make_image: Callable[..., Image]) -> None:
    image = make_image()

    desk.post(reverse("admin:media_image_delete", args=[image.pk]), {"post": "yes"})

    assert not Image.objects.exists()


def test_nothing_of_the_library_is_for_those_without_permission(
    client: Client, onlooker: User, make_image: Callable[..., Image], make_document: Callable[..., Document]
) -> None:
    image, document = make_image(title="Secret"), make_document()
    addresses = [
        "/admin/media/image/",
        ADD_IMAGE,
        change_address(image),
        "/admin/media/image/picker/",
        reverse("admin:media_image_thumb", args=[image.token]),
        "/admin/media/document/",
        ADD_DOCUMENT,
        change_address(document),
    ]

    for address in addresses:
        assert client.get(address).status_code == 302, "a stranger is sent to the log-in"
    sign_in(client, onlooker)
    for address in addresses:
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert "Secret" not in response.text


def test_the_picker_gives_twenty_at_a_time(desk: Client, make_image: Callable[..., Image]) -> None:
    image = make_image(title="First")
    rows = [
        Image(
            **{
                column.attname: getattr(image, column.attname)
                for column in Image._meta.fields
                if column.name not in {"id", "token", "title", "uploaded_at"}
            },
            title=f"Copy {number}",
        )
        for number in range(24)
    ]
    Image.objects.bulk_create(rows)

    first = desk.get("/admin/media/image/picker/", headers={"Accept-Language": "en"})
    second = desk.get("/admin/media/image/picker/?page=2").json()

    assert "no-store" in first.headers["Cache-Control"]
    assert (first.json()["page"], first.json()["pages"], first.json()["count"]) == (1, 2, 25)
    assert len(first.json()["results"]) == 20
    assert len(second["results"]) == 5
    assert second["results"][-1]["title"] == "First"
    assert first.json()["results"][0] == {
        "token": rows[-1].token,
        "title": "Copy 23",
        "alt": "A lake",
        "credit": "",
        "is_decorative": False,
        "thumb": f"/admin/media/image/thumb/{rows[-1].token}/",
        "width": 600,
        "height": 400,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=озеро", 1),
        ("q=гора", 0),
        ("q=%00", 1),
        ("q=(", 0),
        ("page=99", 1),
        ("page=-1", 1),
        ("page=x", 1),
        ("q=" + "ү" * 2000, 0),
    ],
)
def test_the_picker_answers_to_anything(
    query: str, found: int, desk: Client, make_image: Callable[..., Image]
) -> None:
    make_image()

    response = desk.get(f"/admin/media/image/picker/?{query}")

    assert (response.status_code, len(response.json()["results"])) == (200, found)


def test_the_thumb_is_for_staff_and_never_kept(
    desk: Client, make_image: Callable[..., Image], django_assert_max_num_queries: Any
) -> None:
    image = make_image(files.jpeg(1200, 800))
    address = reverse("admin:media_image_thumb", args=[image.token])

    with django_assert_max_num_queries(7):
        small = desk.get(address)
    large = desk.get(f"{address}?width=960")

    assert small.headers["Content-Type"] == "image/webp"
    assert "no-store" in small.headers["Cache-Control"]
    assert Pillow.open(BytesIO(small.content)).size == (480, 320)
    assert Pillow.open(BytesIO(large.content)).size == (960, 640)
    assert desk.get(address.replace(image.token, "0" * 32)).status_code == 404
    assert desk.get(address.replace(image.token, "%00")).status_code in {302, 404}


def test_a_document_comes_in_through_the_form(desk: Client, author: User) -> None:
    words = {"title_ky": "Макулдашуу", "title_ru": "Соглашение", "title_en": "Agreement"}

    refused = desk.post(ADD_DOCUMENT, {**words, "upload": SimpleUploadedFile("a.pdf", files.SCRIPT)})
    taken = desk.post(ADD_DOCUMENT, {**words, "upload": SimpleUploadedFile("a.pdf", files.pdf())})
    again = desk.post(ADD_DOCUMENT, {**words, "upload": SimpleUploadedFile("b.pdf", files.pdf())})

    assert len(errors_at(refused, "upload")) == 1
    assert "Соглашение" in refused.text
    assert taken.status_code == 302
    document = Document.objects.get()
    assert (document.format, document.uploaded_by) == ("pdf", author)
    assert change_address(document) in again.text
    assert document.get_absolute_url() in desk.get(change_address(document)).text


def test_titles_of_a_document_are_mended(desk: Client, make_document: Callable[..., Document]) -> None:
    document = make_document()
    publish(document)

    desk.post(change_address(document), {"title_ky": "а", "title_ru": "б", "title_en": "New"})

    document.refresh_from_db()
    assert document.title_en == "New"


def test_who_uploaded_a_picture_is_no_link_for_those_who_may_not_open_people(
    desk: Client, author: User, admin_user: User
) -> None:
    desk.post(ADD_IMAGE, typed())
    image = Image.objects.get()
    person = reverse("admin:accounts_user_change", args=[author.pk])

    page = desk.get(change_address(image)).text
    assert str(author) in page
    assert person not in page

    sign_in(desk, admin_user)
    assert person in desk.get(change_address(image)).text
