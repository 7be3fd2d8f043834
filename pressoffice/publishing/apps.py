from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "pressoffice.publishing"
    label = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from . import triggers
        from .guards import GUARDS
        from .sqlite import fold_every_alphabet

        connection_created.connect(fold_every_alphabet, dispatch_uid="publishing.sqlite")
        triggers.keep(self, GUARDS)
