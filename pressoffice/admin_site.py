from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite, helpers
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

# Django brings no words of select2 in Kyrgyz: they stand beside its own, in static/.
SELECT2_TRANSLATIONS["ky"] = "ky"

# The menu as a press office thinks. What is not named here stands at the end: nothing is out of reach.
MENU: list[tuple[str, Any, list[str]]] = [
    ("statements", _("Statements"), ["articles.statement", "releases.release"]),
    ("projects", _("Joint projects"), ["projects.project", "projects.agreement"]),
    (
        "ledger",
        _("Ledger of projects"),
        [
            "ledger.statuschange",
            "ledger.commitment",
            "ledger.milestone",
            "ledger.indicator",
            "ledger.budgetline",
        ],
    ),
    ("events", _("Events"), ["events.event"]),
    (
        "directory",
        _("Directory"),
        [
            "directory.person",
            "directory.organisation",
            "directory.topic",
            "directory.country",
            "directory.mediacontact",
        ],
    ),
    ("library", _("Library"), ["media.image", "media.document"]),
    ("alerts", _("E-mail alerts"), ["alerts.subject", "alerts.subscriber"]),
    ("people", _("People with a log-in"), ["accounts.user", "auth.group"]),
    (
        "audit",
        _("Audit"),
        ["publishing.auditentry", "publishing.takedown", "deliveries.delivery", "accounts.loginentry"],
    ),
]
# Where the menu's word is not the model's.
CALLED = {"accounts.user": _("People"), "auth.group": _("Roles")}


def boolean_icon(value: bool | None) -> SafeString:
    words, picture = {True: (_("Yes"), "yes"), False: (_("No"), "no")}.get(value, (_("Unknown"), "unknown"))  # type: ignore[arg-type]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{picture}.svg"), words)


def link_for_reader(shown: helpers.AdminReadonlyField, remote_field: Any, remote: Any) -> str:
    """Django's own leads whoever may not look at the row to a refusal. `reader`: NamedPages sets it."""
    options = remote_field.model._meta
    reader = getattr(shown.form, "reader", None)
    if reader is None or not reader.has_perm(f"{options.app_label}.view_{options.model_name}"):
        return str(remote)
    return _django_link(shown, remote_field, remote)


_django_link = helpers.AdminReadonlyField.get_admin_url
helpers.AdminReadonlyField.get_admin_url = link_for_reader  # type: ignore[assignment, method-assign]

# Django's reads "True" and "False" aloud in every language, and has no place to say otherwise.
admin_list._boolean_icon = boolean_icon  # type: ignore[attr-defined]


class Choices(AutocompleteJsonView):
    """A title alone does not tell a text from its translation."""

    def get_queryset(self) -> Any:
        found = super().get_queryset()
        # Of the library: what a text may show.
        return found.offered() if hasattr(found, "offered") else found

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        more = getattr(obj, "told_apart_by", "")
        return {**result, "text": f"{result['text']} · {more}"} if more else result


class PressOfficeAdminSite(AdminSite):
    site_header = _("Press office")
    site_title = _("Press office")
    index_title = _("Desk")
    index_template = "admin/index.html"
    empty_value_display = "—"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Nothing that was ever public may go, and a list has no place to say which rows were.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        # Django's own link goes by /admin/r/, which leads to any row's address without asking for permission.
        super().register(model_or_iterable, admin_class, **options)
        for registered in self._registry.values():
            registered.view_on_site = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from articles.import_admin import import_statement
        from pressoffice.accounts.pages import account_pages_of, on_the_way_in
        from pressoffice.ledger.admin.pages import ledger_pages

        def importing(request: HttpRequest) -> HttpResponse:
            return import_statement(request, self)

        return [
            path("articles/import/", self.admin_view(importing), name="articles_import"),
            path("desk/<slug:key>/", self.admin_view(self.desk_pile), name="desk_pile"),
            path("ledger/", include(ledger_pages(self))),
            path("login/done/", never_cache(self.log_in_done), name="log_in_done"),
            *on_the_way_in(self),
            *account_pages_of(self),
            *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return Choices.as_view(admin_site=self)(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from pressoffice.publishing.languages import active
        from pressoffice.publishing.pages import OWN_NAMES

        return {
            **super().each_context(request),
            "passkey_host": settings.OTP_WEBAUTHN_RP_ID,
            "passkey_address": settings.OTP_WEBAUTHN_ALLOWED_ORIGINS[0] + reverse("admin:login"),
            "desk_languages": [(code, name, code == active()) for code, name in OWN_NAMES.items()],
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {
            f"{app['app_label']}.{model['model']._meta.model_name}": model
            for app in apps
            for model in app["models"]
        }
        for name, label in CALLED.items():
            if name in models:
                models[name]["name"] = label
        groups = [
            (key, label, [models.pop(name) for name in names if name in models]) for key, label, names in MENU
        ]
        groups.append(("more", _("More"), list(models.values())))
        return [
            {"app_label": key, "name": label, "app_url": "", "has_module_perms": True, "models": rows}
            for key, label, rows in groups
            if rows
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            leaving = request.path == reverse("admin:logout")
            from pressoffice import lost_session

            if lost_session.is_worth_keeping(request) and not leaving and not request.user.is_authenticated:
                return self._log_in_first(request)
            try:
                return guarded(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                # Keys of thirty digits and years before the first: Django asks the database all the same.
                raise BadRequest from error

        return update_wrapper(keeping, guarded)

    def _log_in_first(self, request: HttpRequest) -> HttpResponse:
        from pressoffice import lost_session

        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "form": self.login_form(request),
            "app_path": reverse("admin:login"),
            "next": request.path,
            "kept": lost_session.seal(request),
        }
        return TemplateResponse(request, "admin/login.html", context)

    @property
    def login_form(self) -> Any:  # type: ignore[override]
        from pressoffice.accounts.forms import LogInForm

        return LogInForm

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The first step. What comes after it, `pressoffice.accounts.door` says."""
        from pressoffice.accounts import after_log_in, door, sign_ins

        half_way = sign_ins.current(request)
        if request.method == "GET" and half_way is not None and not request.user.is_authenticated:
            return HttpResponseRedirect(reverse(door.next_step(half_way)))
        response = super().login(request, {**(extra_context or {}), "kept": request.POST.get("kept", "")})
        sign_in = sign_ins.current(request)
        if response.status_code != 302 or sign_in is None or sign_in is half_way:
            return response
        after_log_in.remember(request)
        return door.after_password(request, sign_in)

    def log_in_done(self, request: HttpRequest) -> HttpResponse:
        """The last step: to the page that was asked for, or to what was written before a session was lost."""
        from pressoffice import lost_session
        from pressoffice.accounts import after_log_in, door, sign_ins

        sign_in = sign_ins.current(request)
        if sign_in is None:
            return HttpResponseRedirect(reverse("admin:login"))
        if not request.user.is_authenticated:
            step = door.next_step(sign_in)
            if step != "admin:log_in_done":
                return HttpResponseRedirect(reverse(step))
            # The backup codes that were missing here were made in another window.
            sign_ins.let_in(request, sign_in)
        kept = lost_session.unseal(after_log_in.kept(request))
        if kept is not None:
            # Not forgotten yet: the page may be loaded anew before the text is sent.
            return lost_session.send_again(request, kept)
        address = after_log_in.address(request)
        after_log_in.forget(request)
        return HttpResponseRedirect(address)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """A new password ends every other session: Django no longer takes theirs, and their rows go, too."""
        from django.contrib.auth.views import PasswordChangeView

        from pressoffice.accounts import log, sign_ins, throttle
        from pressoffice.accounts.forms import OwnPasswordForm
        from pressoffice.accounts.log_in_pages import TOO_MANY
        from pressoffice.accounts.models import LogInEntry

        name = request.user.get_username()
        # The old password is asked for, so it can be guessed here as well.
        if request.method == "POST" and not throttle.may("password", name, request):
            messages.error(request, str(TOO_MANY))
            return HttpResponseRedirect(request.path)
        request.current_app = self.name  # type: ignore[attr-defined]
        response = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)
        if response.status_code == 302:
            throttle.succeeded("password", name, request)
            sign_ins.end_all(of=request.user, but=sign_ins.of_person(request))
            log.write_down(LogInEntry.What.PASSWORD_CHANGED, request.user, request)
        return response

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The menu is never further than a click: an app's own page is its first list."""
        for app in super().get_app_list(request, app_label):
            for model in app["models"]:
                if model["admin_url"]:
                    return HttpResponseRedirect(model["admin_url"])
        raise Http404

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from pressoffice import desk

        return super().index(request, {**desk.for_person(request.user, self), **(extra_context or {})})

    def desk_pile(self, request: HttpRequest, key: str) -> TemplateResponse:
        """All that lies on one pile of the desk, a page at a time."""
        from pressoffice import desk

        pile = next((pile for pile in desk.piles_of(request.user, self) if pile.key == key), None)
        if pile is None:
            raise Http404
        page = Paginator(pile.found, desk.PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.each_context(request),
            "title": pile.title,
            "pile": pile,
            "rows": pile.rows_of(page.object_list),
            "page": page,
        }
        request.current_app = self.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/desk_pile.html", context)
