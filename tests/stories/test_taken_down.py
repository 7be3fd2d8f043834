"""What was public is taken down, put back, and never deleted."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Edition, Statement
from pressoffice.publishing.models import AuditEntry, Takedown
from projects.models import Project
from tests.makers import make_edition, make_project
from tests.stories.desk import chief, editor

pytestmark = pytest.mark.django_db


def test_withdraw_restore_withdraw(client: Client) -> None:
    office = editor()
    text = make_edition(language="en", title="On the border", body="<p>Words.</p>")
    page = text.get_absolute_url()

    office.presses("withdraw", text, reason="The figure is wrong.")
    assert "The figure is wrong." in client.get(page).text
    assert "Words." in client.get(page).text
    # The second click of an impatient person.
    assert office.presses("withdraw", text, reason="Again.").status_code == 200
    assert Takedown.objects.count() == 1

    office.presses("restore", text, reason="The figure was right.")
    assert "The figure was right." not in client.get(page).text
    assert "The figure is wrong." not in client.get(page).text

    office.presses("withdraw", text, reason="It was wrong after all.")
    shown = client.get(page).text
    assert "It was wrong after all." in shown
    assert "The figure is wrong." not in shown
    assert "Withdrawn" in client.get("/en/statements/feed.rss").text

    steps = [entry.step for entry in AuditEntry.objects.about(text).newest_first()[:3]]  # type: ignore[attr-defined]
    assert steps == ["withdraw", "restore", "withdraw"]
    timeline = office.client.get(reverse("admin:articles_statement_change", args=[text.statement_id])).text
    for reason in ("The figure is wrong.", "The figure was right.", "It was wrong after all."):
        assert reason in timeline


def test_an_old_preview_link_after_publication(client: Client) -> None:
    """Bookmarked by a colleague, mailed to somebody outside: before, after and when it is removed."""
    office, boss = editor(), chief()
    text = make_edition(state="approved", language="en", title="Tomorrow")
    link = text.get_preview_url()

    assert "Tomorrow" in office.client.get(link).text
    outside = client.get(link)
    assert outside.status_code == 302
    assert "/admin/login/" in outside["Location"]

    office.presses("publish", text)
    seen = office.client.get(link)
    assert seen.status_code == 200
    assert "no-store" in seen["Cache-Control"]
    assert "noindex" in seen["X-Robots-Tag"]
    # To outsiders the old link tells as little as before; the public page has its own address.
    assert client.get(link).status_code == 302
    assert client.get(text.get_absolute_url()).status_code == 200

    boss.presses("remove", text, reason="By mistake.")
    assert office.client.get(link).status_code == 404
    assert client.get(text.get_absolute_url()).status_code == 410


def test_a_bulk_deletion_is_refused(client: Client) -> None:
    boss = chief()
    boss.user.is_superuser = True
    boss.user.save()
    text, project = make_edition(language="en"), make_project("road")

    for page, keys in [
        ("articles_statement", Statement.objects.values_list("pk", flat=True)),
        ("projects_project", [project.pk]),
    ]:
        listed = reverse(f"admin:{page}_changelist")
        assert "delete_selected" not in boss.client.get(listed).text
        boss.client.post(listed, {"action": "delete_selected", "_selected_action": list(keys), "post": "yes"})
        assert boss.client.post(
            reverse(f"admin:{page}_delete", args=[list(keys)[0]]), {"post": "yes"}
        ).status_code in {
            403,
            404,
        }

    assert Edition.objects.filter(pk=text.pk).exists()
    assert Project.objects.filter(pk=project.pk).exists()
    assert client.get(text.get_absolute_url()).status_code == 200
