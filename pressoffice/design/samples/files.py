"""A document, and a picture that is drawn."""

from typing import Any

from django.templatetags.static import static

from pressoffice.media.markup import Picture
from pressoffice.media.models import Document, Image

from .words import in_three, say


def document() -> Document:
    return Document(
        token="0" * 32,
        format=Document.Format.PDF,
        byte_size=248_000,
        **in_three("title", "Жол картасы", "Дорожная карта", "Roadmap"),
    )


class Photograph:
    """A picture of the library, drawn instead of taken."""

    width, height, byte_size = 1200, 800, 1_900
    credit = property(
        lambda self: say("Сүрөт: басма сөз кызматы", "Рисунок: пресс-служба", "Drawing: press office")
    )

    def get_terms_display(self) -> Any:
        return Image.Terms.PRESS.label

    def alt_in(self, language: str = "") -> str:
        return say("Тоолор жана көл", "Горы и озеро", "Mountains and a lake")

    def get_absolute_url(self) -> str:
        return static("img/design-sample.svg")

    def picture(self, ratio: str = "full", language: str = "") -> Picture:
        src = self.get_absolute_url()
        return Picture([], src, f"{src} {self.width}w", self.width, self.height, self.alt_in())


class With:
    """A record whose relation to a picture is answered here: Django lets no other object stand for one."""

    def __init__(self, record: Any, **more: Any) -> None:
        self.__dict__.update(more)
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)
