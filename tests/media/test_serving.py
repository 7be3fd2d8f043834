from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pressoffice.accounts.models import User
from pressoffice.media.models import Document, Image
from tests.makers import sign_in

from . import files
from .conftest import publish

pytestmark = pytest.mark.django_db


def address(image: Image, ratio: str = "full", width: int = 480, extension: str = "webp") -> str:
    return reverse("media:image", args=[image.token, ratio, width, extension])


def told(response: Any) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, dict(response.headers)


def test_a_picture_on_a_public_page_is_served_to_everybody(
    client: Client, make_image: Callable[..., Image], django_assert_max_num_queries: Any
) -> None:
    image = make_image()
    publish(image)

    with django_assert_max_num_queries(2):
        response = client.get(address(image))

    made = image.renditions.get(ratio="full", width=480, format="webp")
    with made.file.open("rb") as file:
        assert response.content == file.read()
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Content-Length"] == str(made.byte_size)
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert response.headers["ETag"] == f'"{made.checksum[:32]}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert made.file.name.rpartition("/")[2] not in str(response.headers)


@pytest.mark.parametrize(
    ("ratio", "width", "extension", "content_type"),
    [
        ("full", 600, "jpg", "image/jpeg"),
        ("3x2", 480, "webp", "image/webp"),
        ("3x2", 600, "jpg", "image/jpeg"),
    ],
)
def test_every_rendition_has_its_type(
    ratio: str,
    width: int,
    extension: str,
    content_type: str,
    client: Client,
    make_image: Callable[..., Image],
) -> None:
    image = make_image()
    publish(image)

    response = client.get(address(image, ratio, width, extension))

    assert (response.status_code, response.headers["Content-Type"]) == (200, content_type)


@pytest.mark.parametrize("drafts_only", [False, True])
def test_what_nothing_public_shows_looks_like_an_address_that_never_was(
    drafts_only: bool, client: Client, make_image: Callable[..., Image]
) -> None:
    image = make_image()
    if drafts_only:
        topic = publish(image)
        topic.slug = f"draft-{image.token}"
        topic.save()
    hidden = client.get(address(image))
    image.delete()
    never_was = client.get(address(image))

    assert hidden.status_code == 404
    assert told(hidden) == told(never_was)


def test_a_hidden_document_looks_like_an_address_that_never_was(
    client: Client, make_document: Callable[..., Document]
) -> None:
    document = make_document()
    hidden = client.get(document.get_absolute_url())
    document.delete()
    never_was = client.get(document.get_absolute_url())

    assert hidden.status_code == 404
    assert told(hidden) == told(never_was)


def test_one_public_picture_does_not_open_the_others(
    client: Client, make_image: Callable[..., Image]
) -> None:
    shown, hidden = make_image(), make_image()
    publish(shown)

    assert client.get(address(shown)).status_code == 200
    assert client.get(address(hidden, width=480)).status_code == 404


def test_staff_who_may_see_the_library_see_everything_and_nothing_is_kept(
    client: Client, make_image: Callable[..., Image], author: User
) -> None:
    image = make_image()
    sign_in(client, author)

    response = client.get(address(image))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    tagged = client.get(address(image), headers={"If-None-Match": response.headers["ETag"]})
    assert tagged.status_code in {200, 304}
    assert tagged.headers["Cache-Control"] == "private, no-store"


def test_signed_in_is_not_enough(client: Client, make_image: Callable[..., Image], onlooker: User) -> None:
    image = make_image()
    sign_in(client, onlooker)

    assert client.get(address(image)).status_code == 404


@pytest.mark.parametrize("lost", ["is_staff", "is_active"])
def test_former_staff_see_nothing_any_more(
    lost: str, client: Client, make_image: Callable[..., Image], author: User
) -> None:
    image = make_image()
    sign_in(client, author)
    User.objects.filter(pk=author.pk).update(**{lost: False})

    assert client.get(address(image)).status_code == 404


def test_a_picture_vanishes_with_the_last_page_that_shows_it(
    client: Client, make_image: Callable[..., Image]
) -> None:
    image = make_image()
    topic = publish(image)
    assert client.get(address(image)).status_code == 200

    topic.delete()

    assert client.get(address(image)).status_code == 404


def test_who_has_the_picture_already_is_told_so(
    client: Client, make_image: Callable[..., Image], django_assert_max_num_queries: Any
) -> None:
    image = make_image()
    publish(image)
    tag = client.get(address(image)).headers["ETag"]

    with django_assert_max_num_queries(2):
        again = client.get(address(image), headers={"If-None-Match": tag})
    changed = client.get(address(image), headers={"If-None-Match": '"another"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "public, max-age=600"
    assert changed.status_code == 200


def test_a_tag_does_not_open_what_is_hidden(client: Client, make_image: Callable[..., Image]) -> None:
    image = make_image()
    tag = f'"{image.renditions.get(ratio="full", width=480, format="webp").checksum[:32]}"'

    for value in (tag, "*"):
        assert client.get(address(image), headers={"If-None-Match": value}).status_code == 404


def test_head_tells_the_same(client: Client, make_image: Callable[..., Image]) -> None:
    image = make_image()
    publish(image)

    got = client.get(address(image))
    headed = client.head(address(image))

    assert headed.status_code == 200
    assert headed.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
        assert headed.headers[name] == got.headers[name]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pictures_are_only_read(method: str, client: Client, make_image: Callable[..., Image]) -> None:
    assert getattr(client, method)(address(make_image())).status_code == 405


def test_files_are_not_packed_once_more(
    client: Client, make_image: Callable[..., Image], make_document: Callable[..., Document]
) -> None:
    image, document = make_image(), make_document(files.pdf(bytes(5_000)))
    publish(image)
    publish(document)

    for where in (address(image), document.get_absolute_url()):
        response = client.get(where, headers={"Accept-Encoding": "gzip, br"})
        assert "Content-Encoding" not in response.headers
        assert not response.headers["ETag"].startswith("W/")


def test_the_kept_copy_is_as_hidden_as_its_picture(
    client: Client, make_image: Callable[..., Image], django_assert_max_num_queries: Any
) -> None:
    image = make_image()
    Image.objects.filter(pk=image.pk).update(width=2000, height=1400)
    kept = address(image, width=2000, extension="jpg")

    assert client.get(kept).status_code == 404
    publish(image)
    with django_assert_max_num_queries(4):
        answer = client.get(kept)
    with image.original.open("rb") as file:
        assert answer.content == file.read()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert client.get(address(image, width=2000)).status_code == 404, "no WebP of it"


@pytest.mark.parametrize(
    "tail",
    [
        "full-481.webp",
        "full-1600.jpg",
        "3x2-1600.jpg",
        "full-0.webp",
        "full-99999999999999999999.webp",
        "full-480.png",
        "full-480.webp/",
        "5x5-480.webp",
        "full--480.webp",
        "full-٤٨٠.webp",
        "../full-480.webp",
        "full-480.webp%00",
    ],
)
def test_an_address_of_no_rendition_is_not_found(
    tail: str, client: Client, make_image: Callable[..., Image]
) -> None:
    image = make_image()
    publish(image)

    assert client.get(f"/media/images/{image.token}/{tail}").status_code == 404


def test_a_file_is_never_served_by_its_path(client: Client, make_image: Callable[..., Image]) -> None:
    image = make_image()
    publish(image)

    for name in [image.original.name, image.renditions.first().file.name]:
        assert client.get(f"/media/{name}").status_code == 404


def test_a_file_the_storage_has_lost_is_not_found(
    client: Client, make_image: Callable[..., Image], caplog: pytest.LogCaptureFixture
) -> None:
    image = make_image()
    publish(image)
    made = image.renditions.get(ratio="full", width=480, format="webp")
    made.file.storage.delete(made.file.name)

    assert client.get(address(image)).status_code == 404
    assert made.file.name in caplog.text


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (files.pdf(), "application/pdf"),
        (files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
    ids=["pdf", "docx"],
)
def test_a_document_is_a_download_that_can_do_nothing(
    content: bytes,
    content_type: str,
    client: Client,
    make_document: Callable[..., Document],
    django_assert_max_num_queries: Any,
) -> None:
    document = make_document(content)
    publish(document)

    with django_assert_max_num_queries(2):
        response = client.get(document.get_absolute_url())

    assert response.content == content
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "public, max-age=600"


def test_a_document_is_found_whatever_its_tail(
    client: Client, make_document: Callable[..., Document]
) -> None:
    document = make_document()
    publish(document)

    assert document.get_absolute_url().endswith("/agreement.pdf")
    assert client.get(document.get_absolute_url().replace("agreement", "old-title")).status_code == 200
    assert client.get(document.get_absolute_url().replace(".pdf", ".docx")).status_code == 404


def test_a_download_carries_no_second_header_in_its_name(
    client: Client, make_document: Callable[..., Document]
) -> None:
    document = make_document(title={"ky": 'Эки\r\nX-Evil: 1 "а"', "ru": "б/../в", "en": "c"})
    publish(document)

    response = client.get(document.get_absolute_url())

    assert response.status_code == 200
    assert "X-Evil" not in response.headers
    assert "/" not in document.filename


def test_a_large_document_is_sent_piece_by_piece(
    client: Client, make_document: Callable[..., Document]
) -> None:
    content = files.pdf(bytes(3_000_000))
    document = make_document(content)
    publish(document)

    response = client.get(document.get_absolute_url())

    assert response.streaming
    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert document.file.name.rpartition("/")[2] not in str(response.headers)
