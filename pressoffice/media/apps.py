from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "pressoffice.media"
    label = "media"
    verbose_name = _("Pictures and documents")

    def ready(self) -> None:
        from . import receivers  # noqa: F401 — connects itself
