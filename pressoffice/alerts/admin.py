from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.admin import BoundedSearch, NamedPages, ReadOnlyAdmin

from . import signing_up, subjects
from .models import Frequency, Subject, Subscriber, reached

FOLLOWED = Q(subscriptions__confirmed_at__isnull=False) & reached("subscriptions__subscriber")


@admin.register(Subject)
class SubjectAdmin(NamedPages, ReadOnlyAdmin):
    """What is followed, and by how many: never by whom."""

    list_display = ["title", "language", "number", "at_once", "daily", "weekly"]
    list_display_links = None
    list_filter = ["what", "language"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["what", "about", "language"]
    fields = ["title", "language", "number", "at_once", "daily", "weekly"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        counts = {
            f"of_{frequency}": Count("subscriptions", filter=FOLLOWED & Q(subscriptions__frequency=frequency))
            for frequency in Frequency.values
        }
        return (
            super().get_queryset(request).annotate(number=Count("subscriptions", filter=FOLLOWED), **counts)
        )

    @admin.display(description=_("what is followed"), ordering="about")
    def title(self, subject: Subject) -> str | SafeString:
        here = subjects.of(subject)
        if here is None:
            return gettext("Something that is not public any more")
        return format_html('<a href="{}">{}</a>', absolute(here.page), here.title)

    @admin.display(description=_("subscribers"), ordering="number")
    def number(self, subject: Any) -> int:
        return subject.number

    @admin.display(description=_("at once"))
    def at_once(self, subject: Any) -> int:
        return subject.of_at_once

    @admin.display(description=_("once a day"))
    def daily(self, subject: Any) -> int:
        return subject.of_daily

    @admin.display(description=_("once a week"))
    def weekly(self, subject: Any) -> int:
        return subject.of_weekly


class Standing(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"
    STATES = {
        "reached": (_("gets e-mails"), reached()),
        "unconfirmed": (_("not confirmed"), Q(confirmed_at=None)),
        "paused": (_("paused after bounces"), Q(paused_at__isnull=False, left_at=None)),
        "left": (_("has unsubscribed"), Q(left_at__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(code, label) for code, (label, _rule) in self.STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        found = self.STATES.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


@admin.register(Subscriber)
class SubscriberAdmin(NamedPages, BoundedSearch, ReadOnlyAdmin):
    """Addresses, for those few who may see them: to end what somebody asks for by telephone to end."""

    list_display = ["email", "language", "confirmed_at", "bounces", "bounced_at", "paused_at", "left_at"]
    list_display_links = None
    list_filter = [Standing, "language"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["email"]
    ordering = ["-pk"]
    actions = ["end_all"]
    fields = [
        *("email", "language", "created_at", "confirmed_at"),
        *("bounces", "bounced_at", "paused_at", "left_at"),
    ]

    def has_end_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("alerts.end_subscriber")

    @admin.action(description=_("Unsubscribe from everything"), permissions=["end"])
    def end_all(self, request: HttpRequest, queryset: QuerySet) -> None:
        found = list(queryset)
        for subscriber in found:
            signing_up.leave(subscriber.leave_key)
            self.log_change(request, subscriber, [{"changed": {"fields": [str(_("left at"))]}}])
        words = ngettext("%(count)s has been unsubscribed.", "%(count)s have been unsubscribed.", len(found))
        self.message_user(request, words % {"count": len(found)}, messages.SUCCESS)
