from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "pressoffice.ledger"
    label = "ledger"
    verbose_name = _("Ledger of projects")

    def ready(self) -> None:
        from articles import beside

        from . import receivers
        from .beside import OfficeMemory
        from .guards import install_guards

        receivers.connect()
        beside.remember_by(OfficeMemory())
        post_migrate.connect(install_guards, sender=self, dispatch_uid="ledger-guards")
