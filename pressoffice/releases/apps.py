from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import triggers


class ReleasesConfig(AppConfig):
    name = "pressoffice.releases"
    label = "releases"
    verbose_name = _("Releases")

    def ready(self) -> None:
        from . import receivers
        from .guards import GUARDS

        receivers.connect()
        triggers.keep(self, GUARDS)
