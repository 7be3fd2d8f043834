from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TellingConfig(AppConfig):
    name = "pressoffice.telling"
    label = "telling"
    verbose_name = _("Telling the world")

    def ready(self) -> None:
        from . import receivers, websub  # noqa: F401 — its effect and follower register themselves

        receivers.connect()
