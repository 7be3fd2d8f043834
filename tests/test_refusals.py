"""What is said to whoever is refused, outside of any form."""

import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pressoffice.accounts.models import User
from pressoffice.logs import RefusalsInOneLine
from tests.makers import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"), [("ky", "Бул даректе"), ("ru", "По этому адресу"), ("en", "There is no page")]
)
def test_a_wrong_address_at_the_desk_leads_back_to_the_desk(
    author: User, client: Client, language: str, words: str
) -> None:
    sign_in(client, author)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get("/admin/articles/edition/999999/change/")

    assert response.status_code == 404
    assert words in response.text
    assert f'href="{reverse("admin:index")}"' in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_a_page_that_is_not_for_this_role_says_so_at_the_desk(author: User, client: Client) -> None:
    sign_in(client, author)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    response = client.get(reverse("admin:accounts_user_changelist"))

    assert response.status_code == 403
    assert "ask your chief editor" in response.text
    assert f'href="{reverse("admin:index")}"' in response.text


def test_visitors_are_not_shown_the_desk(client: Client) -> None:
    response = client.get("/admin/nothing/", follow=True)

    assert reverse("admin:login") in response.redirect_chain[0][0]


def test_a_text_of_six_megabytes_is_refused_in_words_that_say_what_to_do(author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, author)
    client.get(reverse("admin:index"))

    response = client.post("/admin/articles/edition/1/change/", {"body": "a" * 6_000_000})

    assert response.status_code == 413
    for words in ("Жөнөтүлгөн маалымат өтө чоң", "слишком много данных", "too large"):
        assert words in response.text


@pytest.mark.parametrize(("level", "kept"), [(logging.WARNING, False), (logging.ERROR, True)])
def test_the_log_holds_the_stack_of_faults_and_one_line_of_refusals(level: int, kept: bool) -> None:
    try:
        raise ValueError
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", level, __file__, 1, "Not Found: /en/nothing/", (), told)

    assert RefusalsInOneLine().filter(record)

    assert (record.exc_info is not None) == kept
