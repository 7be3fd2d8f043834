from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import triggers


class LedgerConfig(AppConfig):
    name = "pressoffice.ledger"
    label = "ledger"
    verbose_name = _("Ledger of projects")

    def ready(self) -> None:
        from articles import beside

        from . import receivers
        from .beside import OfficeMemory
        from .guards import GUARDS

        receivers.connect()
        beside.remember_by(OfficeMemory())
        triggers.keep(self, GUARDS)
