"""What each role may do. Permissions are data: the admin, the steps and the manual read this table."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

AUTHOR = "Author"
TRANSLATOR = "Translator"
EDITOR = "Editor"
CHIEF_EDITOR = "Chief editor"

LABELS = {
    AUTHOR: _("Author"),
    TRANSLATOR: _("Translator"),
    EDITOR: _("Editor"),
    CHIEF_EDITOR: _("Chief editor"),
}

_LEDGER = [
    "statuschange",
    "milestone",
    "milestonedate",
    "indicator",
    "measurement",
    "target",
    "commitment",
    "budgetline",
]
_READING = [
    f"{app}.view_{model}"
    for app, models in {
        "articles": ["statement", "edition", "passage", "embargolink"],
        "projects": ["project", "projectalias", "participation", "place", "agreement"],
        "events": ["event"],
        "directory": ["person", "office", "organisation", "country", "topic", "mediacontact"],
        "media": ["image", "document", "rendition"],
        "ledger": _LEDGER,
        "publishing": ["auditentry", "takedown"],
        "releases": ["release"],
        "alerts": ["subject"],
    }.items()
    for model in models
]
_TRANSLATING = ["articles.add_edition", "articles.change_edition", "articles.submit_edition"]
_WRITING = [
    *_TRANSLATING,
    "articles.add_statement",
    "articles.change_statement",
    "media.add_image",
    "media.change_image",
    "media.add_document",
    "media.change_document",
]
_KEEPING_RECORDS = [
    f"{app}.{action}_{model}"
    for app, models in {
        "projects": ["project", "agreement"],
        "events": ["event"],
        "releases": ["release"],
    }.items()
    for model in models
    for action in ["add", "change", "delete", "publish"]
] + [
    f"{app}.{action}_{model}"
    for app, models in {
        "projects": ["projectalias", "participation", "place"],
        "directory": ["person", "office", "organisation", "topic", "mediacontact"],
        "ledger": _LEDGER,
    }.items()
    for model in models
    for action in ["add", "change", "delete"]
]

PERMISSIONS: dict[str, list[str]] = {
    TRANSLATOR: [*_READING, *_TRANSLATING],
    AUTHOR: [*_READING, *_WRITING],
    EDITOR: [
        *_READING,
        *_WRITING,
        *_KEEPING_RECORDS,
        "articles.approve_edition",
        "articles.publish_edition",
        "articles.withdraw_edition",
        "articles.discard_edition",
        "articles.share_edition",
        "events.cancel_event",
        "directory.change_country",
        "media.delete_image",
        "media.delete_document",
    ],
}
PERMISSIONS[CHIEF_EDITOR] = [
    *PERMISSIONS[EDITOR],
    "articles.publish_urgently_edition",
    "articles.remove_edition",
    "projects.remove_project",
    "projects.remove_agreement",
    "events.remove_event",
    "deliveries.view_delivery",
    "deliveries.retry_delivery",
    "alerts.view_subscriber",
    "alerts.end_subscriber",
]


def _found(names: Iterable[str]) -> list[Permission]:
    wanted = set(names)
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    unknown = wanted - set(found)
    if unknown:
        raise LookupError(f"Roles name permissions that no model has: {', '.join(sorted(unknown))}.")
    return [found[name] for name in sorted(wanted)]


def grant_permissions(**kwargs: object) -> None:
    """Give every role exactly what the table says. Runs after each `migrate`, when all permissions exist."""
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(_found(names))
