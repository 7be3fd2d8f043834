"""With the password alone nothing is open: no page of the admin, nothing of the site that asks who it is."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from pressoffice.accounts.models import User
from tests.makers import make_app, make_edition, make_image, make_project, sign_in

VALUES = {
    "IntConverter": 1,
    "SlugConverter": "app",
    "UUIDConverter": "0b0e3f0e-5a2f-4d6e-9f5a-2f3b1c4d5e6f",
    "StringConverter": "1",
    "PathConverter": "1",
    "TokenConverter": "00000000000000000000000000000000",
}
# How far somebody has come, these ask for themselves: test_log_in.py.
ON_THE_WAY_IN = {
    "login",
    "log_in_code",
    "log_in_again",
    "log_in_done",
    "passkey_begin",
    "passkey_answer",
    "second_factor_add",
    "passkey_making",
    "passkey_made",
    "backup_codes",
}


def resolver_of_admin() -> URLResolver:
    return next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.namespace == "admin"
    )


def addresses() -> Iterator[tuple[str, str]]:
    """Name and address of every page of the admin, those registered outside of a model's admin included."""
    found = resolver_of_admin().reverse_dict
    for name in found:
        if isinstance(name, str):
            for possibilities, _pattern, _defaults, converters in found.getlist(name):
                for template, params in possibilities:
                    kinds = {key: type(converters[key]).__name__ for key in params if key in converters}
                    values = {key: VALUES[kind] for key, kind in kinds.items()}
                    yield name, "/admin/" + template % {"app_label": "articles", **values}


def test_the_list_of_pages_has_those_that_matter() -> None:
    names = {name for name, _address in addresses()}

    assert {"index", "jsi18n", "autocomplete", "articles_import", "ledger_import", "account"} <= names
    assert names >= ON_THE_WAY_IN
    assert len(names) > 100


@pytest.mark.parametrize("how", ["get", "post"])
def test_every_page_of_the_admin_refuses_half_a_log_in(how: str, editor: User) -> None:
    editor.is_superuser = True
    editor.save()
    make_app(editor)
    client = Client()
    client.force_login(editor)

    # A form that a person sent is kept until they are in: that answer is the log-in's own page.
    headers = {"sec-fetch-dest": "empty"}
    answers = {
        address: getattr(client, how)(address, headers=headers)
        for name, address in addresses()
        if name not in ON_THE_WAY_IN
    }

    login = reverse("admin:login")
    open_ones = {
        address
        for address, answer in answers.items()
        if not (answer.status_code == 302 and answer.headers["Location"].startswith((login, "/admin/?")))
    }
    assert open_ones <= {reverse("admin:logout")}
    assert len(answers) > 100


def test_with_both_factors_they_are_open(editor: User) -> None:
    """Or the test above would pass on a site that is shut."""
    client = Client()
    sign_in(client, editor)

    for name in ("index", "jsi18n", "account", "articles_import", "articles_statement_changelist"):
        assert client.get(reverse(f"admin:{name}")).status_code == 200


def test_drafts_previews_and_private_pictures_refuse_half_a_log_in(chief: User) -> None:
    project, edition, image = make_project(state="draft"), make_edition(state="draft"), make_image()
    rendition = image.renditions.first()
    asked = {
        "preview": edition.get_preview_url(),
        "project": project.get_absolute_url(),
        "picture": rendition.get_absolute_url() if hasattr(rendition, "get_absolute_url") else rendition.url,
    }
    half, whole = Client(), Client()
    make_app(chief)
    half.force_login(chief)
    sign_in(whole, chief)

    assert {name: half.get(address).status_code for name, address in asked.items()} == {
        "preview": 302,
        "project": 404,
        "picture": 404,
    }
    assert {name: whole.get(address).status_code for name, address in asked.items()} == {
        "preview": 200,
        "project": 200,
        "picture": 200,
    }


def test_secrets_of_others_are_no_page_of_the_admin(db: None) -> None:
    shown = {model._meta.label for model in admin.site._registry}

    assert not [label for label in shown if label.startswith(("otp_", "django_otp"))]


def test_what_a_half_way_person_wrote_is_kept_as_anybodys(editor: User) -> None:
    make_app(editor)
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(editor)

    answer = client.post(reverse("admin:projects_project_add"), {"name_en": "Typed for an hour"})

    assert "Nothing is lost" in answer.content.decode()
