"""Pages of the admin about logging in: addresses, and who may open them."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from . import account_pages, device_pages, log_in_pages

Page = Callable[..., HttpResponse]


def on_the_way_in(site: AdminSite) -> list[URLPattern]:
    """Open to people who are not in yet: each of these asks for itself how far somebody has come."""

    def at(address: str, page: Page, name: str) -> URLPattern:
        return path(address, never_cache(_of(site, page)), name=name)

    return [
        at("login/code/", log_in_pages.code, "log_in_code"),
        at("login/again/", log_in_pages.start_again, "log_in_again"),
        at("login/passkey/", log_in_pages.passkey_begin, "passkey_begin"),
        at("login/passkey/answer/", log_in_pages.passkey_answer, "passkey_answer"),
        at("second-factor/", device_pages.add, "second_factor_add"),
        at("second-factor/passkey/", device_pages.passkey_begin, "passkey_making"),
        at("second-factor/passkey/made/", device_pages.passkey_made, "passkey_made"),
        at("second-factor/backup-codes/", device_pages.backup_codes, "backup_codes"),
    ]


def account_pages_of(site: AdminSite) -> list[URLPattern]:
    def at(address: str, page: Page, name: str) -> URLPattern:
        return path(address, site.admin_view(_of(site, page)), name=name)

    return [
        at("account/", account_pages.account, "account"),
        at("account/confirm/", log_in_pages.confirm, "confirm"),
        at("account/<slug:kind>/<int:pk>/rename/", account_pages.rename, "device_rename"),
        at("account/<slug:kind>/<int:pk>/remove/", account_pages.remove, "device_remove"),
        at("account/sessions/<uuid:public_id>/end/", account_pages.end_session, "session_end"),
        at("account/sessions/end-others/", account_pages.end_other_sessions, "sessions_end"),
    ]


def _of(site: AdminSite, page: Page) -> Any:
    return update_wrapper(partial(page, site=site), page)
