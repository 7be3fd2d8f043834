from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pressoffice.directory.models import to_dial

from .subscribe import everything_feed


def site(request: HttpRequest) -> dict[str, Any]:
    """What every template may say of the site itself. No query, no session."""
    return {
        "site": {
            "name": _("Press office"),
            "everything": everything_feed,
            "address": settings.PRESSOFFICE_ADDRESS,
            "has_alerts": settings.PRESSOFFICE_ALERTS,
            "is_demo": settings.PRESSOFFICE_MODE == "demo",
            "contact_email": settings.PRESSOFFICE_CONTACT_EMAIL,
            "contact_phone": settings.PRESSOFFICE_CONTACT_PHONE,
            "contact_phone_to_dial": to_dial(settings.PRESSOFFICE_CONTACT_PHONE),
        }
    }
