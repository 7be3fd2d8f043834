from typing import Any

from django import template

from pressoffice.media.models import Image

register = template.Library()


@register.inclusion_tag("components/picture.html")
def picture(
    image: Image | None,
    ratio: str = "full",
    sizes: str = "100vw",
    loading: str = "lazy",
    css: str = "",
    alt: str | None = None,
    language: str = "",
) -> dict[str, Any]:
    """`loading="eager"` for the one large picture at the top of a page: it is then fetched first.

    `alt=""` where the words beside it say the same; `language` where they are not in the page's language.
    Draws nothing without an image.
    """
    drawn = image.picture(ratio, language) if image else None
    return {
        "picture": drawn,
        "alt": alt if alt is not None else (drawn.alt if drawn else ""),
        "sizes": sizes,
        "loading": loading,
        "css": css,
    }
