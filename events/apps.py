from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from pressoffice.media import uses
        from pressoffice.publishing import triggers
        from pressoffice.publishing.admin_steps import standing_in_words

        from . import media_uses
        from .guards import GUARDS

        uses.register("events", media_uses.public, media_uses.anywhere, told=standing_in_words)
        triggers.keep(self, GUARDS)
