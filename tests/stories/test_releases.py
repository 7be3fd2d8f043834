"""Several languages, a project and an event at one moment: all or nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Edition
from events.models import Event
from pressoffice.publishing import moment
from pressoffice.releases.models import Release
from projects.models import Project
from tests.makers import body_about, make_edition, make_event, make_project, make_statement, make_status
from tests.stories.desk import chief, editor, in_days, typed

pytestmark = pytest.mark.django_db


def test_a_scheduled_release_with_one_member_failing_a_check(client: Client) -> None:
    office = editor()
    project, event = make_project("canal", state="draft"), make_event("opening", state="draft")
    statement = make_statement(original_language="ru", event=event, delivered_on=None)
    texts = [
        make_edition(
            state=state, statement=statement, language=language, title=title, body=body_about(project, words)
        )
        for state, language, title, words in [
            ("approved", "ru", "Канал открыт", "280 км"),
            ("approved", "ky", "Канал ачылды", "280 км"),
            ("submitted", "en", "The canal is open", "280 km"),
        ]
    ]
    make_status(project, statement, "closed", "2026-11-20")
    office.client.post(
        reverse("admin:releases_release_add"),
        {
            "name": "Canal",
            "texts": [text.pk for text in texts],
            "projects": [project.pk],
            "events": [event.pk],
        },
    )
    release = Release.objects.get()
    page = reverse("admin:releases_release_change", args=[release.pk])
    schedule = reverse("admin:releases_release_step", args=[release.pk, "schedule"])
    at = in_days(2)

    # One text is not approved: nothing is scheduled, and the page says which and why.
    refused = office.client.post(schedule, {"at": typed(at)})
    assert refused.status_code == 200
    assert "The canal is open" in refused.text
    assert "Only an approved edition can be published." in refused.text
    assert not Edition.objects.scheduled().exists()
    assert not Project.objects.scheduled().exists()
    assert not Event.objects.scheduled().exists()
    assert "1 fact of the ledger" in office.client.get(page).text

    # With the approval all of it is, at the same second.
    chief().presses("approve", texts[2])
    assert office.client.post(schedule, {"at": typed(at)}).status_code == 302
    assert {text.live_from for text in texts if not text.refresh_from_db()} == {at}
    with moment.fixed(at):
        assert "Канал открыт" in client.get("/ru/").text
        assert client.get("/en/projects/canal/").status_code == 200
        assert "Канал ачылды" in client.get("/ky/events/opening/").text
    assert client.get("/en/projects/canal/").status_code == 404

    # Colleagues look at the whole of it beforehand.
    seen = office.client.get("/ru/projects/canal/", {"as_of": at.isoformat()})
    assert "Канал открыт" in seen.text

    # Cancelled, nothing of it is left, and every part can go out later.
    office.client.post(reverse("admin:releases_release_step", args=[release.pk, "cancel-publication"]))
    with moment.fixed(at):
        assert client.get("/en/projects/canal/").status_code == 404
        assert "Канал открыт" not in client.get("/ru/").text
    assert office.client.post(schedule, {"at": typed(in_days(3))}).status_code == 302
