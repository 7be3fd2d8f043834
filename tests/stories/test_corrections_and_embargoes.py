"""A wrong figure is put right wherever it was read; a text is lent to a journalist and taken back."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.makers import body_about, make_edition, make_project, make_status
from tests.stories.desk import author, chief, editor, in_days, typed

pytestmark = pytest.mark.django_db

NOTE = "В прежней редакции длина дороги указана неверно."


def test_a_correction_is_seen_in_page_project_feed_data_and_all_languages(client: Client) -> None:
    writer, reader = author(), editor()
    project = make_project("road", at=timezone.now() - timedelta(days=90))
    first = make_edition(
        language="ru",
        title="О дороге",
        body=body_about(project, "250 км дороги"),
        at=timezone.now() - timedelta(days=60),
    )
    make_status(project, first.statement, stated_on="2026-08-22")
    translations = {
        language: make_edition(
            statement=first.statement, language=language, body=body, at=timezone.now() - timedelta(days=59)
        )
        for language, body in {"ky": "<p>250 км жол.</p>", "en": "<p>250 km of road.</p>"}.items()
    }

    # A new edition; the changed passage has to be confirmed, the words named.
    start = reverse("admin:articles_statement_start", args=[first.statement_id, "ru"])
    writer.client.post(start)
    draft = first.successors.get()
    writer.writes(draft, body=draft.body.replace("250", "280"))
    assert "Some project passages have changed" in writer.presses("submit", draft).text
    settled = [item.key for item in draft.passages_to_settle()]
    writer.writes(draft, change_note=NOTE, corrected="350 км -> 280 км", settled=settled)
    draft.refresh_from_db()
    differing = [each.key for each in draft.open_differences()]
    draft.accept_differences(differing, by=writer.user, reason="The translations follow.")
    assert "350 км" in writer.page(draft).text
    writer.presses("submit", draft)
    reader.presses("approve", draft)
    assert "do not stand in the edition before" in reader.presses("publish", draft).text

    reader.presses("send-back", draft, reason="It said 250.")
    writer.writes(draft, corrected="250 км -> 280 км", settled=settled)
    writer.presses("submit", draft)
    reader.presses("approve", draft)
    assert reader.presses("publish", draft).status_code == 302

    page = client.get(draft.get_absolute_url()).text
    for words in (NOTE, "<del>250 км</del>", "<ins>280 км</ins>", first.get_version_url()):
        assert words in page
    assert '"correction"' in page
    old = client.get(first.get_version_url()).text
    assert NOTE in old
    assert draft.get_absolute_url() in old
    assert "Исправлено" in client.get("/ru/projects/road/").text
    assert NOTE in client.get("/ru/statements/feed.rss").text
    assert NOTE in client.get("/ru/projects/road/feed.rss").text
    [data] = client.get("/ru/projects/road/data.json").json()["projects"]
    assert data["facts"]["statuses"][0]["source"]["corrected"] == {"ru": timezone.localdate().isoformat()}
    for edition in translations.values():
        translated = client.get(edition.get_absolute_url()).text
        assert NOTE in translated
        assert "<ins>280 км</ins>" in translated


def test_an_embargo_link_is_opened_after_it_was_revoked(client: Client) -> None:
    office, boss = editor(), chief()
    hour = in_days(2)
    text = make_edition(
        state="approved", language="ru", title="Тайна", body="<p>До поры.</p>", embargo_until=hour
    )
    page = reverse("admin:articles_edition_embargo", args=[text.pk])
    assert page in office.page(text).text
    form = str(office.client.get(page).context["form"].initial["form"])
    made = office.client.post(page, {"recipient": "Айгүл Асанова", "organisation": "АКИпресс", "form": form})
    told = re.search(
        r'value="http://?[^"]*?(/ru/embargo/[^"]*)"|value="(https://[^"]*/embargo/[^"]*)"', made.text
    )
    assert told
    link = urlsplit(told.group(1) or told.group(2)).path

    assert "До поры." in client.post(link).text
    revoked = text.embargo_links.get()
    boss.client.post(reverse("admin:articles_edition_revoke", args=[text.pk, revoked.pk]))

    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "До поры." not in answer.text
        assert "Тайна" not in answer.text
    listed = office.client.get(page).text
    assert "revoked" in listed
    assert revoked.openings.count() == 1

    # Neither publication nor a second link brings the old one back.
    office.presses("schedule", text, at=typed(hour))
    assert client.get(link).status_code == 410
