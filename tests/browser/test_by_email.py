"""Subscribing by e-mail, from the list to the letter and out again; axe on each page of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from pressoffice.alerts.models import Subscriber
from pressoffice.deliveries import worker
from tests.browser.test_accessibility import findings_in_both_schemes
from tests.makers import make_edition

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_a_list_to_its_letters_and_out_again(
    open_browser: Callable[..., Any], live_server: Any, settings: Any
) -> None:
    settings.PRESSOFFICE_ADDRESS = live_server.url
    make_edition(language="ky")
    page = open_browser(language="ky", bypass_csp=True).new_page()

    page.goto("/ky/statements/")
    page.get_by_role("link", name="Бул тизме электрондук почтага").click()
    page.locator("#id_email").evaluate("field => field.form.noValidate = true")
    page.fill("#id_email", "anna")
    page.click("form.letters button")
    error = page.get_by_role("alert")
    assert "name@example.org" in error.inner_text()
    assert page.input_value("#id_email") == "anna"
    assert page.locator("#id_email").get_attribute("aria-invalid") == "true"
    assert findings_in_both_schemes(page) == []

    page.fill("#id_email", "anna@reader.example")
    page.check("input[value=daily]")
    page.click("form.letters button")
    assert findings_in_both_schemes(page) == []
    while worker.turn():
        pass
    (link,) = set(re.findall(r"http\S+/confirm/\S+", str(mail.outbox[-1].body)))
    page.goto(link)
    assert findings_in_both_schemes(page) == []
    page.click("main form button")
    assert findings_in_both_schemes(page) == []
    assert Subscriber.objects.reached().count() == 1

    page.get_by_role("link", name="Жазылууларды башкаруу").click()
    assert page.locator("select[name^=frequency]").input_value() == "daily"
    page.select_option("select[name^=frequency]", "weekly")
    page.get_by_role("button", name="Сактоо").click()
    assert page.get_by_role("status").inner_text() == "Сакталды."
    assert page.locator("select[name^=frequency]").input_value() == "weekly"
    assert findings_in_both_schemes(page) == []

    page.get_by_role("link", name="Бардык жазылууларды токтотуу").click()
    assert findings_in_both_schemes(page) == []
    page.click("main form button")
    assert findings_in_both_schemes(page) == []
    assert not Subscriber.objects.reached().exists()
