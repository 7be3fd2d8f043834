from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "pressoffice.alerts"
    label = "alerts"
    verbose_name = _("E-mail alerts")

    def ready(self) -> None:
        from articles import consequences
        from pressoffice.publishing import admin_steps

        # They register themselves with the worker.
        from . import by_the_day, following, letters_about, sending, sweeping  # noqa: F401
        from .consequences import told_by_email, told_of_record

        consequences.also(told_by_email)
        admin_steps.also(told_of_record)
