from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from pressoffice.media import documents, pictures
from pressoffice.media.intake import take_image
from pressoffice.media.models import Image, Rendition

from . import files

White = (255, 255, 255)


def read(content: bytes) -> pictures.Picture:
    return pictures.read(BytesIO(content))


def nearly(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("name", files.REFUSED_PICTURES)
def test_a_file_that_is_no_usable_picture_is_refused_with_a_sentence(name: str) -> None:
    make, code = files.REFUSED_PICTURES[name]

    with pytest.raises(ValidationError) as refused:
        pictures.read(SimpleUploadedFile(name, make(), content_type="image/jpeg"))

    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize("name", files.REFUSED_DOCUMENTS)
def test_a_file_that_is_no_usable_document_is_refused_with_a_sentence(name: str) -> None:
    make, code = files.REFUSED_DOCUMENTS[name]

    with pytest.raises(ValidationError) as refused:
        documents.read(SimpleUploadedFile(name, make(), content_type="application/pdf"))

    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("content", "file_format"),
    [
        (files.pdf(), "pdf"),
        (files.pdf_with(b"/Title (On /JavaScripts and /Encrypted mail)", packed=True), "pdf"),
        (files.docx(), "docx"),
        (files.docx(files.relations("hyperlink", "https://www.gov.kg/")), "docx"),
        (files.docx(("word/embeddings/a.xlsx", files.archive([("xl/workbook.xml", b"<x/>")]))), "docx"),
    ],
    ids=["pdf", "pdf that speaks of scripts", "docx", "docx with a link", "docx with a table"],
)
def test_documents_are_told_by_their_content(content: bytes, file_format: str) -> None:
    paper = documents.read(SimpleUploadedFile("named.exe", content))

    assert (paper.format, paper.content) == (file_format, content)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_four_formats_are_taken_whatever_the_name_says(file_format: str) -> None:
    content = files.encoded(files.gradient(), file_format)

    picture = pictures.read(SimpleUploadedFile("holiday.svg", content))

    assert (picture.source_format, picture.pixels.size) == (file_format.lower(), (320, 240))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_become_opaque_rgb(mode: str) -> None:
    image = files.gradient().convert("L").point(lambda value: value * 257, "I") if mode == "I;16" else None
    image = image.convert("I;16") if image else files.gradient(mode=mode)

    pixels = read(files.encoded(image, "PNG")).pixels

    assert pixels.mode == "RGB"
    assert pixels.getextrema()[1][1] - pixels.getextrema()[1][0] > 200, "the gradient is gone"


def test_sixteen_bits_of_grey_keep_their_brightness() -> None:
    grey = Pillow.new("I;16", (200, 200), 0x8000)

    assert nearly(read(files.encoded(grey, "PNG")).pixels.getpixel((5, 5)), (128, 128, 128), by=1)


def test_a_cmyk_photograph_keeps_its_colours() -> None:
    cyan = Pillow.new("CMYK", (200, 200), (255, 0, 0, 0))

    assert nearly(read(files.encoded(cyan, "JPEG", quality=95)).pixels.getpixel((5, 5)), (0, 255, 255))


def test_what_was_transparent_becomes_white() -> None:
    half = Pillow.new("RGBA", (200, 200), (255, 0, 0, 0))
    half.paste((0, 0, 255, 255), (100, 0, 200, 200))
    palette = half.quantize(4)

    for content in (files.encoded(half, "PNG"), files.encoded(palette, "PNG"), files.encoded(half, "WEBP")):
        pixels = read(content).pixels
        assert nearly(pixels.getpixel((20, 100)), White)
        assert nearly(pixels.getpixel((180, 100)), (0, 0, 255))


def test_colours_are_brought_to_srgb() -> None:
    red = Pillow.new("RGB", (200, 200), (255, 0, 0))
    content = files.encoded(red, "PNG", icc_profile=files.red_green_profile())

    assert nearly(read(content).pixels.getpixel((5, 5)), (0, 255, 0))


@pytest.mark.parametrize(
    "profile",
    [b"not a profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()],
    ids=["rubbish", "for other channels"],
)
def test_a_profile_that_does_not_fit_is_no_reason_to_refuse(profile: bytes) -> None:
    red = Pillow.new("RGB", (200, 200), (255, 0, 0))

    assert nearly(read(files.encoded(red, "PNG", icc_profile=profile)).pixels.getpixel((5, 5)), (255, 0, 0))


def test_a_phone_photograph_with_a_second_picture_inside_is_taken() -> None:
    picture = read(files.from_a_phone())

    assert (picture.source_format, picture.pixels.size) == ("jpeg", (320, 240))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_photographs_stand_upright(orientation: int, file_format: str) -> None:
    upright = Pillow.new("RGB", (300, 200), (0, 0, 255))
    upright.paste((255, 0, 0), (0, 0, 150, 100))  # red in the upper left
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    lying = upright.transpose(pictures.UPRIGHT[undo]) if orientation > 1 else upright

    pixels = read(files.encoded(lying, file_format, exif=files.exif(orientation), quality=95)).pixels

    assert pixels.size == (300, 200)
    assert nearly(pixels.getpixel((30, 30)), (255, 0, 0), by=20)
    assert nearly(pixels.getpixel((270, 170)), (0, 0, 255), by=20)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize(
    "exif",
    [b"Exif\0\0rubbish", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"],
    ids=["rubbish", "pointing outside", "cut off"],
)
def test_broken_exif_is_no_reason_to_refuse(exif: bytes) -> None:
    assert read(files.jpeg(exif=exif)).pixels.size == (320, 240)


def test_a_large_photograph_is_kept_smaller() -> None:
    assert read(files.jpeg(4000, 3000)).pixels.size == (2560, 1920)
    assert read(files.png(300, 4000, mode="RGBA")).pixels.size == (192, 2560)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        files.jpeg(exif=files.exif(6), comment=b"Secret comment")
        + files.SCRIPT
        + files.archive([("Secret", b"Secret")]),
        files.png(exif=files.exif(), pnginfo=files.text_chunks()) + files.SCRIPT,
        files.encoded(files.gradient(), "WEBP", exif=files.exif(), xmp=b"<x:xmpmeta>Secret</x:xmpmeta>"),
        files.encoded(files.gradient(), "AVIF", exif=files.exif(), xmp=b"<x:xmpmeta>Secret</x:xmpmeta>"),
    ],
    ids=["jpeg", "png", "webp", "avif"],
)
def test_nothing_hidden_in_an_upload_reaches_the_store(
    content: bytes, store: Path, make_image: Callable[..., Image]
) -> None:
    assert b"Secret" in content

    make_image(content)

    stored = [path for path in store.rglob("*") if path.is_file()]
    assert len(stored) >= 5
    for path in stored:
        written = path.read_bytes()
        for trace in (b"Secret", b"script", b"<?php", b"Exif", b"xmpmeta", b"PK\x03\x04", b"ICC_PROFILE"):
            assert trace not in written
        with Pillow.open(path) as opened:
            assert not opened.getexif()
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(opened.info)


@pytest.mark.django_db
def test_renditions_are_never_larger_than_the_picture(make_image: Callable[..., Image]) -> None:
    image = make_image(files.jpeg(700, 700))

    made = sorted({(made.ratio, made.width, made.height) for made in image.renditions.all()})

    assert made == [("3x2", 480, 320), ("3x2", 700, 467), ("full", 480, 480), ("full", 700, 700)]
    assert image.renditions.count() == 12, "each as AVIF, as WebP and as JPEG"


@pytest.mark.django_db
def test_recorded_sizes_are_those_of_the_files(make_image: Callable[..., Image]) -> None:
    image = make_image(files.jpeg(1500, 900))

    assert {made.width for made in image.renditions.all()} == {480, 960, 1440}
    for made in image.renditions.all():
        with made.file.open("rb") as file, Pillow.open(file) as opened:
            assert opened.size == (made.width, made.height)
            assert (opened.format or "").lower() == made.format
        assert made.file.size == made.byte_size


@given(
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    x=st.floats(0, 1),
    y=st.floats(0, 1),
)
def test_a_crop_lies_inside_and_keeps_the_focal_point(width: int, height: int, x: float, y: float) -> None:
    left, top, right, bottom = pictures.crop_box((width, height), "3x2", (x, y))

    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left <= x * width <= right
    assert top <= y * height <= bottom
    assert right - left == width or bottom - top == height, "the largest box that fits"


@pytest.mark.django_db
@pytest.mark.parametrize(("x", "colour"), [(0.1, (255, 0, 0)), (0.9, (0, 0, 255))])
def test_the_card_shows_the_focal_point(
    x: float, colour: tuple[int, int, int], make_image: Callable[..., Image]
) -> None:
    panorama = Pillow.new("RGB", (1200, 300), (255, 0, 0))
    panorama.paste((0, 0, 255), (600, 0, 1200, 300))

    image = make_image(files.encoded(panorama, "PNG"), focal_point=(x, 0.5))

    made = image.renditions.get(ratio="3x2", width=450, format=Rendition.Format.JPEG)
    with made.file.open("rb") as file, Pillow.open(file) as opened:
        assert all(nearly(opened.getpixel(spot), colour, by=20) for spot in [(5, 5), (225, 150), (440, 290)])


@pytest.mark.django_db
def test_a_picture_that_is_in_the_library_already_is_named(make_image: Callable[..., Image]) -> None:
    first = make_image(files.jpeg(), title="The lake in May")

    with pytest.raises(ValidationError, match="The lake in May") as refused:
        make_image(files.jpeg(), title="Another name")

    assert refused.value.code == "duplicate"
    assert refused.value.params["existing"] == first


@pytest.mark.django_db
def test_a_picture_without_words_for_it_is_refused_at_each_language(author, store: Path) -> None:
    with pytest.raises(ValidationError) as refused:
        take_image(BytesIO(files.jpeg()), by=author, title="Lake", alt={"ky": "Көл"})

    assert set(refused.value.error_dict) == {"alt_ru", "alt_en"}
    assert not list(store.rglob("*.jpg")), "no file was written"


@pytest.mark.django_db
def test_a_failed_intake_leaves_no_files(
    make_image: Callable[..., Image], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Rendition.objects, "bulk_create", broken)
    with pytest.raises(OSError, match="disk full"):
        make_image()

    assert not Image.objects.exists()
    assert not [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_names_of_files_say_nothing(make_image: Callable[..., Image]) -> None:
    image = make_image(title="Secret summit")

    names = [image.original.name, *(made.file.name for made in image.renditions.all())]

    assert len(set(names)) == len(names)
    assert not any("ecret" in name or image.token in name for name in names)


@pytest.mark.django_db
def test_what_a_machine_without_avif_left_out_is_made_later(
    make_image: Callable[..., Image], monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pictures, "SERVED", ["webp", "jpeg"])
        image = make_image(files.jpeg(1200, 800))
    before = {(made.ratio, made.width, made.format, made.file.name) for made in image.renditions.all()}
    assert [source.type for source in image.picture().sources] == ["image/webp"]

    call_command("make_missing_renditions", stdout=StringIO())
    call_command("make_missing_renditions", stdout=(again := StringIO()))

    image = Image.objects.get()
    after = {(made.ratio, made.width, made.format, made.file.name) for made in image.renditions.all()}
    assert before < after
    assert sorted(width for _ratio, width, kind, _name in after - before) == [480, 480, 960, 960, 1200]
    assert image.picture().sources[0].type == "image/avif"
    assert again.getvalue().startswith("0 files")
