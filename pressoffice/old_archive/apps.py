from django.apps import AppConfig


class OldArchiveConfig(AppConfig):
    name = "pressoffice.old_archive"
    default_auto_field = "django.db.models.BigAutoField"
