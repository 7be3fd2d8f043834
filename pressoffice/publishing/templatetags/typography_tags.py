from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pressoffice.publishing import typography

register = template.Library()


@register.filter
def bound(text: str) -> SafeString:
    """Running text of the page: no line ends before a dash or between a number and its unit."""
    return _whole(typography.bound(str(text)))


@register.filter
def headline(text: str, language: str = "") -> SafeString:
    """The same, and the longest Kyrgyz words may part. `language`: of the words, if not the page's."""
    return _whole(typography.headline(str(text), language or get_language() or ""))


def _whole(text: str) -> SafeString:
    """Every second part is one that no line may end in."""
    parts = enumerate(typography.TIED.split(text))
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="nowrap">{}</span>', part) if at % 2 else part,) for at, part in parts),
    )
