from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from pressoffice.accounts.models import User
from pressoffice.publishing.models import AuditEntry

Desk = Callable[[str], Client]


def address(of: User) -> str:
    return reverse("admin:accounts_user_change", args=[of.pk])


def data(of: User, **values: object) -> dict[str, object]:
    rights = {name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(of, name)}
    return {"username": of.username, **rights, **values}


def test_a_superuser_gives_roles_and_the_audit_says_so(desk_of: Desk, person: Callable[[str], User]) -> None:
    somebody, editor = person("nobody"), Group.objects.get(name="Editor")

    answer = desk_of("root").post(address(somebody), data(somebody, groups=[editor.pk]))

    assert answer.status_code == 302
    assert somebody.groups.get() == editor
    assert AuditEntry.objects.about(somebody).get().reason == "groups"


def test_nobody_below_gains_rights_whatever_permissions_they_were_given(
    desk_of: Desk, person: Callable[[str], User]
) -> None:
    chief = person("chief")
    chief.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["accounts", "auth"]))
    client = desk_of("chief")

    assert client.get(address(chief)).status_code == 403
    assert client.post(address(chief), data(chief, is_superuser="on")).status_code == 403
    assert client.get(reverse("admin:accounts_user_add")).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[chief.pk])).status_code == 403
    assert client.get(reverse("admin:auth_group_changelist")).status_code == 403
    chief.refresh_from_db()
    assert not chief.is_superuser


@pytest.mark.parametrize("right", ["is_active", "is_staff", "is_superuser"])
def test_an_administrator_is_not_shut_out_by_a_slip(
    right: str, desk_of: Desk, person: Callable[[str], User]
) -> None:
    root = person("root")
    sent = data(root)
    del sent[right]

    answer = desk_of("root").post(address(root), sent)

    root.refresh_from_db()
    assert getattr(root, right)
    assert "You cannot take this from yourself." in answer.content.decode()


def test_people_are_not_deleted(desk_of: Desk, person: Callable[[str], User]) -> None:
    somebody = person("nobody")

    answer = desk_of("root").post(reverse("admin:accounts_user_delete", args=[somebody.pk]), {"post": "yes"})

    assert answer.status_code == 403


def test_roles_are_named_in_the_language_of_the_person(desk_of: Desk, person: Callable[[str], User]) -> None:
    from django.utils.translation import override

    from pressoffice.accounts.roles import LABELS

    person("editor")
    client = desk_of("root")
    client.cookies["django_language"] = "ru"

    page = client.get(reverse("admin:accounts_user_changelist")).content.decode()

    with override("ru"):
        assert str(LABELS["Editor"]) in page


def test_whoever_is_added_may_log_in(desk_of: Desk, db: None) -> None:
    pass_phrase = "twelve or more letters"

    answer = desk_of("root").post(
        reverse("admin:accounts_user_add"),
        {
            "username": "new",
            "usable_password": "true",
            "password1": pass_phrase,
            "password2": pass_phrase,
        },
    )

    assert answer.status_code == 302
    assert User.objects.get(username="new").is_staff
