from django.conf import settings


def absolute(path: str) -> str:
    """`path` ("/en/…") under the site's configured address, never under a request's Host."""
    return f"{settings.PRESSOFFICE_ADDRESS}{path}"
