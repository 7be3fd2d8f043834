from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PressOfficeConfig(AppConfig):
    name = "pressoffice"
    verbose_name = _("Press office")

    def ready(self) -> None:
        from . import checks

        register(checks.no_demonstration, Tags.security, deploy=True)
        register(checks.mail_that_leaves, Tags.security, deploy=True)


class PressOfficeAdminConfig(AdminConfig):
    default_site = "pressoffice.admin_site.PressOfficeAdminSite"

    def ready(self) -> None:
        from pressoffice.accounts.roles import grant_permissions

        super().ready()
        # The last app with models: when it has migrated, the permissions of all others exist.
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="roles")
