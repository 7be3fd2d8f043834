"""From an uploaded file to pixels that are safe to keep, and from pixels to the files that are served.

Nothing of the upload itself is ever stored: what is kept is encoded anew from the pixels, which drops
EXIF, places, XMP, colour profiles and whatever was hidden behind the picture.
"""

import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import IO

import PIL.Image
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import ImageCms, ImageFile, features

logger = logging.getLogger(__name__)

Pixels = PIL.Image.Image

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
# Pillow looks at its own limit before it gives a decoder any memory.
PIL.Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# A progressive JPEG has about ten scans. Thousands of empty ones make a small file take minutes.
MAX_SCANS = 100
SHORTEST_SIDE = 100
LONGEST_SIDE = 2560

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF"]
# What readers get, in the order in which a page offers it. Not every Pillow can write AVIF.
SERVED = ["avif", "webp", "jpeg"] if features.check("avif") else ["webp", "jpeg"]
WIDTHS = {"full": [480, 960, 1440], "3x2": [480, 960]}
# Decision 7 has the figures: slower makes them hardly smaller.
AVIF_SPEED = 7
SRGB = ImageCms.createProfile("sRGB")
# The largest pictures take up to 650 MB while they are decoded: one at a time in each process.
_decoding = threading.Lock()
UPRIGHT = {
    2: PIL.Image.Transpose.FLIP_LEFT_RIGHT,
    3: PIL.Image.Transpose.ROTATE_180,
    4: PIL.Image.Transpose.FLIP_TOP_BOTTOM,
    5: PIL.Image.Transpose.TRANSPOSE,
    6: PIL.Image.Transpose.ROTATE_270,
    7: PIL.Image.Transpose.TRANSVERSE,
    8: PIL.Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Picture:
    """A picture that passed: upright, RGB, sRGB, opaque, at most LONGEST_SIDE, without any metadata."""

    pixels: Pixels
    checksum: str  # SHA-256 of the uploaded bytes
    source_format: str  # what was uploaded: "jpeg", "png", "webp" or "avif"

    @cached_property
    def kept(self) -> "Encoded":
        """The copy that later crops are cut from."""
        return encode(self.pixels, "jpeg", for_keeping=True)

    @cached_property
    def whole(self) -> "list[Encoded]":
        """The renditions that no focal point changes."""
        return list(renditions(self.pixels, "full", (0.5, 0.5)))


@dataclass(frozen=True)
class Encoded:
    width: int
    height: int
    format: str
    content: bytes

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read(file: IO[bytes]) -> Picture:
    """Raises ValidationError with a sentence for whoever uploaded the file."""
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    _refuse_by_size(content)
    try:
        # Opening reads the header only; nothing is decoded before the checks have passed.
        with PIL.Image.open(BytesIO(content), formats=FORMATS) as opened:
            _refuse_by_header(opened, content)
            source_format = "jpeg" if opened.format == "MPO" else str(opened.format).lower()
            if source_format == "png":
                opened.verify()  # the checksums of its chunks, which decoding does not look at
        with PIL.Image.open(BytesIO(content), formats=FORMATS) as opened, _decoding:
            pixels = _pixels(opened)
    except ValidationError:
        raise
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except PIL.UnidentifiedImageError as error:
        raise _not_a_picture(content) from error
    except Exception as error:
        # Broken files make the decoders raise whatever went wrong deep inside, from struct.error to KeyError.
        logger.info("A picture could not be decoded: %r", error)
        raise _damaged() from error
    return Picture(pixels, hashlib.sha256(content).hexdigest(), source_format)


def _refuse_by_size(content: bytes) -> None:
    if not content:
        raise ValidationError(_("This file is empty. Choose the picture again."), code="empty")
    if len(content) > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(limit)s. Save the picture smaller and upload it again.")
            % {"limit": filesizeformat(MAX_BYTES)},
            code="too_large",
        )


def _refuse_by_header(opened: ImageFile.ImageFile, content: bytes) -> None:
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < SHORTEST_SIDE:
        raise ValidationError(
            _("This picture is too small to be shown: each side needs at least %(limit)s pixels.")
            % {"limit": SHORTEST_SIDE},
            code="too_small",
        )
    # A phone's "multi picture" JPEG holds a preview beside the photograph; it does not move.
    if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
        raise ValidationError(
            _("This is a moving picture. Save one frame of it as JPEG or PNG and upload that."),
            code="animated",
        )
    if opened.format in {"JPEG", "MPO"} and content.count(b"\xff\xda") > MAX_SCANS:
        raise ValidationError(
            _("This JPEG is built in an unusual way. Open it, save it again as JPEG and upload that."),
            code="too_many_scans",
        )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has more than %(limit)s megapixels. Reduce it and upload it again.")
        % {"limit": MAX_PIXELS // 1_000_000},
        code="too_many_pixels",
    )


def _damaged() -> ValidationError:
    return ValidationError(
        _(
            "This picture is damaged or incomplete. "
            "Export it again from your picture program and upload that."
        ),
        code="damaged",
    )


def _not_a_picture(content: bytes) -> ValidationError:
    """Say what it is where we can tell, since the way out differs."""
    start = content[:4096].lower()
    brands = content[8:64] if content[4:8] == b"ftyp" else b""
    if content[:6] in {b"GIF87a", b"GIF89a"}:
        return ValidationError(
            _("GIF pictures are not accepted. Save the picture as PNG or JPEG and upload that."), code="gif"
        )
    if (
        start.startswith((b"\xff\xd8\xff", b"\x89png\r\n\x1a\n"))
        or b"avif" in brands
        or content[8:12] == b"WEBP"
    ):
        return _damaged()
    if any(brand in brands for brand in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")):
        return ValidationError(
            _(
                "This is an HEIC photograph, as some phones take them. "
                "Save or send it as JPEG and upload that."
            ),
            code="heic",
        )
    if start.startswith(b"%pdf-"):
        return ValidationError(
            _("This is a PDF document, not a picture. Upload it under “Documents”."), code="document"
        )
    if b"<svg" in start:
        return ValidationError(
            _("SVG drawings are not accepted because they can carry scripts. Export the drawing as PNG."),
            code="svg",
        )
    return ValidationError(
        _("This file is not a picture that can be used here. Upload a JPEG, PNG, WebP or AVIF file."),
        code="not_a_picture",
    )


def _pixels(opened: ImageFile.ImageFile) -> Pixels:
    orientation = _orientation(opened)
    profile = opened.info.get("icc_profile")
    target = _within(opened.size, LONGEST_SIDE)
    # A JPEG can be decoded at a half, a quarter or an eighth of its size: less memory, less time.
    opened.draft(None, target)
    opened.load()
    pixels = _opaque(opened)
    if pixels.size != target:
        pixels = pixels.resize(target, PIL.Image.Resampling.LANCZOS, reducing_gap=3.0)
    pixels = _to_srgb(pixels, profile)
    if orientation in UPRIGHT:
        pixels = pixels.transpose(UPRIGHT[orientation])
    # A fresh image: `info`, where Pillow keeps EXIF, XMP and text chunks, stays behind.
    fresh = PIL.Image.new("RGB", pixels.size)
    fresh.paste(pixels)
    return fresh


def _orientation(opened: ImageFile.ImageFile) -> int:
    try:
        return int(opened.getexif().get(0x0112, 1))
    except Exception as error:  # noqa: BLE001 — a foreign file inside the file; broken, it is no reason to refuse
        logger.info("EXIF could not be read: %r", error)
        return 1


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _opaque(opened: Pixels) -> Pixels:
    """The pixels in one of the modes L, RGB, CMYK."""
    if opened.mode in {"I", "F"} or opened.mode.startswith("I;16"):
        # Sixteen bits of grey: the upper eight are what a screen shows.
        return opened.convert("I").point(lambda value: value / 256).convert("L")
    if opened.has_transparency_data:
        # On white, in the light scheme and in the dark one: JPEG knows no transparency.
        see_through = opened if opened.mode == "RGBA" else opened.convert("RGBA")
        white = PIL.Image.new("RGB", opened.size, "white")
        white.paste(see_through, mask=see_through.getchannel("A"))
        return white
    return opened if opened.mode in {"L", "RGB", "CMYK"} else opened.convert("RGB")


def _to_srgb(pixels: Pixels, profile: bytes | None) -> Pixels:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(pixels, source, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
            # A broken profile, or one for other channels than the picture has: take the plain way.
            logger.info("A colour profile could not be used: %r", error)
        else:
            if converted is not None:
                return converted
    return pixels.convert("RGB")


def crop_box(size: tuple[int, int], ratio: str, focal: tuple[float, float]) -> tuple[int, int, int, int]:
    """The largest box of `ratio` ("3x2") inside `size`, its centre as near to `focal` (0..1) as it goes."""
    width, height = size
    if ratio == "full":
        return 0, 0, width, height
    across, down = (int(part) for part in ratio.split("x"))
    if width * down > height * across:
        box_width, box_height = max(1, round(height * across / down)), height
    else:
        box_width, box_height = width, max(1, round(width * down / across))
    left = min(max(round(focal[0] * width - box_width / 2), 0), width - box_width)
    top = min(max(round(focal[1] * height - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def renditions(pixels: Pixels, ratio: str, focal: tuple[float, float]) -> Iterator[Encoded]:
    """The files readers get, smallest first; never larger than the picture is."""
    left, top, right, bottom = crop_box(pixels.size, ratio, focal)
    wanted = WIDTHS[ratio]
    widths = [width for width in wanted if width <= right - left]
    if len(widths) < len(wanted):
        widths.append(right - left)
    for width in dict.fromkeys(widths):
        height = max(1, round((bottom - top) * width / (right - left)))
        smaller = pixels.resize(
            (width, height), PIL.Image.Resampling.LANCZOS, box=(left, top, right, bottom), reducing_gap=3.0
        )
        for file_format in SERVED:
            yield encode(smaller, file_format)


def encode(pixels: Pixels, file_format: str, *, for_keeping: bool = False) -> Encoded:
    """`for_keeping`: the copy that later crops are cut from, so nearly without loss."""
    out = BytesIO()
    if file_format == "avif":
        pixels.save(out, "AVIF", quality=60, speed=AVIF_SPEED)
    elif file_format == "webp":
        pixels.save(out, "WEBP", quality=80, method=4)
    elif for_keeping:
        pixels.save(out, "JPEG", quality=93, subsampling=0)
    else:
        pixels.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return Encoded(*pixels.size, file_format, out.getvalue())


def decode_kept(file: IO[bytes]) -> Pixels:
    """The pixels of a copy that `encode` made."""
    with PIL.Image.open(file, formats=["JPEG"]) as opened:
        return opened.convert("RGB")
