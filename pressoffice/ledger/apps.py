from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import triggers


class LedgerConfig(AppConfig):
    name = "pressoffice.ledger"
    label = "ledger"
    verbose_name = _("Ledger of projects")

    def ready(self) -> None:
        from . import receivers
        from .guards import GUARDS

        receivers.connect()
        triggers.keep(self, GUARDS)
