from django import template
from django.utils.translation import get_language

from pressoffice.publishing import typography

register = template.Library()


@register.filter
def bound(text: str) -> str:
    """Running text of the page: no line ends before a dash or between a number and its unit."""
    return typography.bound(str(text))


@register.filter
def headline(text: str, language: str = "") -> str:
    """The same, and the longest Kyrgyz words may part. `language`: of the words, if not the page's."""
    return typography.headline(str(text), language or get_language() or "")
