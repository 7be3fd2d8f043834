from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from pressoffice.media import intake
from pressoffice.media.models import Document, Image, Rendition
from pressoffice.media.storage import library

from . import files

pytestmark = pytest.mark.django_db


def on_disk(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "wrong",
    [
        {"alt_ky": ""},
        {"alt_ru": ""},
        {"alt_en": ""},
        {"focal_x": -0.01},
        {"focal_x": 1.01},
        {"focal_y": -0.01},
        {"focal_y": 1.01},
        {"width": 0},
        {"height": 0},
        {"byte_size": 0},
    ],
    ids=str,
)
def test_the_database_refuses_an_impossible_picture(
    wrong: dict[str, Any], make_image: Callable[..., Image]
) -> None:
    image = make_image()

    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(**wrong)


def test_the_database_refuses_two_pictures_under_one_token(make_image: Callable[..., Image]) -> None:
    image = make_image()
    image.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.bulk_create([image])


def test_the_database_takes_a_decoration_without_words(make_image: Callable[..., Image]) -> None:
    image = make_image(alt={}, is_decorative=True)

    assert image.alt_in("en") == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(is_decorative=False)


@pytest.mark.parametrize(
    "wrong", [{"ratio": "1x1"}, {"format": "gif"}, {"width": 0}, {"height": 0}, {"byte_size": 0}], ids=str
)
def test_the_database_refuses_an_impossible_rendition(
    wrong: dict[str, Any], make_image: Callable[..., Image]
) -> None:
    rendition = make_image().renditions.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.filter(pk=rendition.pk).update(**wrong)


def test_the_database_refuses_the_same_rendition_twice(make_image: Callable[..., Image]) -> None:
    rendition = make_image().renditions.first()
    rendition.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.bulk_create([rendition])


@pytest.mark.parametrize(
    "wrong",
    [{"title_ky": ""}, {"title_ru": ""}, {"title_en": ""}, {"format": "exe"}, {"byte_size": 0}],
    ids=str,
)
def test_the_database_refuses_an_impossible_document(
    wrong: dict[str, Any], make_document: Callable[..., Document]
) -> None:
    document = make_document()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**wrong)


def test_who_uploaded_something_is_not_deleted(make_image: Callable[..., Image], author) -> None:
    make_image()

    with pytest.raises(ProtectedError):
        author.delete()


@pytest.mark.parametrize("through", ["model", "queryset"])
def test_files_go_with_a_deleted_picture_once_that_is_certain(
    through: str, make_image: Callable[..., Image], store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    image, other = make_image(), make_image()

    with django_capture_on_commit_callbacks(execute=True):
        image.delete() if through == "model" else Image.objects.filter(pk=image.pk).delete()
        assert len(on_disk(store)) == 26, "nothing has gone before the commit"

    kept = {other.original.name, *(made.file.name for made in other.renditions.all())}
    assert {path.relative_to(store).as_posix() for path in on_disk(store)} == kept


def test_files_stay_when_deleting_is_taken_back(make_image: Callable[..., Image], store: Path) -> None:
    image = make_image()

    with transaction.atomic():
        image.delete()
        transaction.set_rollback(True)

    assert len(on_disk(store)) == 13
    assert Image.objects.exists()


def test_a_document_goes_with_its_file(
    make_document: Callable[..., Document], store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    document = make_document()

    with django_capture_on_commit_callbacks(execute=True):
        document.delete()

    assert not on_disk(store)


def test_moving_the_focal_point_cuts_the_crops_anew(
    make_image: Callable[..., Image], store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    image = make_image(files.jpeg(1200, 300))
    before = {(made.ratio, made.width, made.format): made for made in image.renditions.all()}

    with django_capture_on_commit_callbacks(execute=True):
        intake.move_focal_point(image, 0.1, 0.5)

    image.refresh_from_db()
    after = {(made.ratio, made.width, made.format): made for made in image.renditions.all()}
    assert image.focal_point == (0.1, 0.5)
    assert after.keys() == before.keys()
    for key, made in after.items():
        assert (made.file.name == before[key].file.name) is (key[0] == "full")
        assert (made.checksum == before[key].checksum) is (key[0] == "full")
    kept = {image.original.name, *(made.file.name for made in after.values())}
    assert {path.relative_to(store).as_posix() for path in on_disk(store)} == kept


def test_a_focal_point_outside_is_refused_and_changes_nothing(
    make_image: Callable[..., Image], store: Path
) -> None:
    image = make_image()
    before = on_disk(store)

    with pytest.raises(ValidationError) as refused:
        intake.move_focal_point(image, 0.5, 1.2)

    assert set(refused.value.error_dict) == {"focal_y"}
    assert on_disk(store) == before
    assert image.renditions.count() == 12


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lake", True),
        ("ОЗЕРО", True),
        ("озеро lake", True),
        ("көЛ", True),
        ("лак", False),
        ("la.e", False),
        ("la_e", False),
        ("l%e", False),
        ("(", False),
        ("", True),
        ("\x00", True),
        ("ү" * 70_000, False),
        ("фото пРЕЗИДЕНТА", True),
    ],
)
def test_pictures_are_found_in_any_language_and_case(
    words: str, found: bool, make_image: Callable[..., Image]
) -> None:
    make_image(credit={"ru": "Фото: пресс-служба Президента"})

    assert Image.objects.matching(words).exists() is found


def test_what_xml_forbids_does_not_enter(make_image: Callable[..., Image]) -> None:
    image = make_image(alt={"ky": "Кө\x0bл", "ru": "О\x00зеро", "en": "A\ufffflake"})

    assert (image.alt_ky, image.alt_ru, image.alt_en) == ("Кө л", "Озеро", "Alake")


def test_files_without_a_row_are_swept_once_they_are_old(
    make_image: Callable[..., Image], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_image()
    lost, fresh = store / "images/aa/lost.jpg", store / "renditions/fresh.webp"
    for path in (lost, fresh):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left over")
    long_ago = timezone.now() - timedelta(days=2)
    written = library.get_modified_time
    monkeypatch.setattr(
        library._wrapped, "get_modified_time", lambda name: written(name) if "fresh" in name else long_ago
    )

    out = StringIO()
    call_command("sweep_media", "--dry-run", stdout=out)
    assert "images/aa/lost.jpg" in out.getvalue()
    assert lost.exists()
    call_command("sweep_media", stdout=StringIO())

    assert not lost.exists()
    assert len(on_disk(store)) == 14
