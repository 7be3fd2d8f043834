from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "pressoffice.accounts"
    label = "accounts"
    verbose_name = _("People with a log-in")

    def ready(self) -> None:
        from . import receivers

        receivers.connect()
