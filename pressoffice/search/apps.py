from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "pressoffice.search"
    label = "search"
    verbose_name = _("Search index")

    def ready(self) -> None:
        from . import receivers
        from .indexing import prepare

        receivers.connect()
        post_migrate.connect(prepare, sender=self, dispatch_uid="search.prepare")
