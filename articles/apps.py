from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Statements")

    def ready(self) -> None:
        from pressoffice.media import uses
        from pressoffice.publishing import triggers

        from . import media_uses
        from .guards import GUARDS

        uses.register(
            "articles",
            media_uses.public,
            media_uses.anywhere,
            changeable=media_uses.changeable,
            told=media_uses.told,
            approved=media_uses.approved,
            approver="articles.approve_edition",
        )
        triggers.keep(self, GUARDS)
