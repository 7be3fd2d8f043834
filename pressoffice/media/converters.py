"""What may stand in an address of a file. Anything else is not found before the database is asked."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class TokenConverter(StringConverter):
    regex = "[0-9a-f]{32}"


class WidthConverter:
    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class RatioConverter(StringConverter):
    regex = "full|3x2"


class ImageExtensionConverter(StringConverter):
    regex = "avif|webp|jpg"


class DocumentExtensionConverter(StringConverter):
    regex = "pdf|docx"


register_converter(TokenConverter, "media_token")
register_converter(WidthConverter, "media_width")
register_converter(RatioConverter, "media_ratio")
register_converter(ImageExtensionConverter, "media_image_extension")
register_converter(DocumentExtensionConverter, "media_document_extension")
