"""Settings without which a file cannot say who publishes it."""

from django.conf import settings
from django.utils.translation import gettext as _


def missing_settings(*names: str) -> list[str]:
    """A sentence for each that is empty."""
    return [
        _("The setting %(setting)s is missing: whoever runs the site can add it.") % {"setting": name}
        for name in names
        if not getattr(settings, name)
    ]
